"""What is done with an event: who took part, and the steps of its chain."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.desks.boundary.parts import HOME
from api.desks.done import done
from api.desks.officer import Officer, officer_of
from boundary import access, events
from boundary.events.words import TOLD
from geo.problems import BadInput, NotAllowed
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/events")
Token = Annotated[str, Form(max_length=200)]
Short = Annotated[str, Form(max_length=64)]


@router.post("/{code}/parties")
def party(
    request: Request, code: str, division: Short, part: Short, on_day: Short, person: Short = "",
    document: Annotated[str, Form(max_length=200)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Note how a side took part."""
    officer = officer_of(request, token)
    _own_side(officer, division, part)
    try:
        day = date.fromisoformat(on_day)
    except ValueError:
        raise BadInput("日期不是日期。", "请按 2026-05-12 填写。") from None
    with session() as db:
        access.check_line(db, officer, events.find(db, code).line)
        name_act(db, actor=officer.name, action="event.party", request_id=officer.request_id)
        events.take_part(db, code, division=division, part=part, on=day, person=person, document=document)
    return done(f"{HOME}/events/{code}", f"已登记{part}。")


def _own_side(officer: Officer, division: str, part: str) -> None:
    """A side's own account answers for its side alone: nobody witnesses his own repair in the other's name."""
    if (
        officer.division_code
        and part != TOLD
        and not division.startswith(access.prefix_of(officer.division_code))
    ):
        raise NotAllowed(f"{part}要由该方自己的账号登记", "请对方登记，或请上级科室按对方的书面材料登记")


@router.post("/{code}/act")
def do(
    request: Request, code: str, act: Annotated[str, Form(max_length=40)],
    note: Annotated[str, Form(max_length=2000)] = "", responsible: Short = "", token: Token = "",
) -> Response:  # fmt: skip
    """Take a step with the event."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_line(db, officer, events.find(db, code).line)
        name_act(db, actor=officer.name, action=f"event.{act}", request_id=officer.request_id)
        events.move(db, code, act, actor=officer.name, roles=officer.roles, on=date.today(), note=note,
                    responsible=responsible)  # fmt: skip
        now = events.find(db, code).state_label
    return done(f"{HOME}/events/{code}", f"现在是“{now}”。")
