"""Plan a round (联检计划): begin it, order its tasks, say what was found along its sections."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.boundary.parts import HOME, seer
from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from boundary import access, register, rounds
from boundary.parties import sides_of_line
from boundary.rounds.planning import REASONS
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=HOME)
Token = Annotated[str, Form(max_length=200)]
Short = Annotated[str, Form(max_length=60)]


@router.get("/plan")
def form(request: Request, line: Annotated[str, Query(max_length=64)]) -> Response:
    """The form that begins a round."""
    with session() as db:
        access.check_line(db, seer(request), line)
        known, sides, made = register.line(db, line), sides_of_line(db, line), rounds.listed(db, [line])
    turn = made[0].partner if made else ""
    return page(
        request, "boundary/plan.html", line=known, sides=tuple(sides.items()), turn=turn, home=HOME,
        year=known.next_due or date.today().year, reasons=tuple((r, r) for r in REASONS), last=made[0] if made else None,
    )  # fmt: skip


@router.post("/plan")
def begin(
    request: Request, line: Short, year: Annotated[int, Form(ge=1990, le=2200)], lead: Short = "",
    reason: Short = REASONS[0], token: Token = "",
) -> Response:  # fmt: skip
    """Begin a round of a line."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_line(db, officer, line)
        act(db, actor=officer.name, action="round.plan", request_id=officer.request_id)
        made = rounds.plan(
            db, line, year, actor=officer.name, on=date.today(), lead=lead,
            reason=reason if reason in REASONS else REASONS[0],
        )  # fmt: skip
    return done(f"{HOME}/rounds/{quote(made.code)}", f"已列入计划，由{made.lead_name}牵头。")


@router.post("/rounds/{code}/tasks")
def order(
    request: Request, code: str, markers: Annotated[str, Form(max_length=20_000)],
    planned_on: Annotated[str, Form(max_length=10)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Set the order of the walk: one marker's code a line; who is left out is taken off this round."""
    officer = officer_of(request, token)
    wanted = list(dict.fromkeys(part.strip() for part in markers.splitlines() if part.strip()))
    with session() as db:
        made = rounds.find(db, code)
        access.check_line(db, officer, made.line)
        if made.state not in ("planned", "checked"):
            raise BadInput("外业开始后不能再改任务", "先完成本轮，或在补充联检里安排")
        known = {one.code for one in register.markers(db, made.line)}
        if strange := [one for one in wanted if one not in known]:
            raise BadInput(f"{'、'.join(strange[:5])} 不是这条界线的界桩", "每行写一个界桩代码")
        act(db, actor=officer.name, action="round.tasks", request_id=officer.request_id)
        rounds.set_tasks(db, code, wanted, planned_on=date.fromisoformat(planned_on) if planned_on else None)
    return done(f"{HOME}/rounds/{quote(code)}", f"已安排 {len(wanted)} 颗界桩。")


@router.post("/rounds/{code}/sections")
def section(
    request: Request, code: str, place: Annotated[int, Form(ge=1, le=999)], follows: Short = "",
    changed: Annotated[str, Form(max_length=2)] = "", finding: Annotated[str, Form(max_length=2000)] = "",
    inspected_on: Annotated[str, Form(max_length=10)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """What was found between a marker and the next."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_line(db, officer, rounds.find(db, code).line)
        tasks = rounds.todo(db, code)
        if place >= len(tasks):
            raise BadInput(f"没有第 {place} 段", f"本轮 {len(tasks)} 颗界桩，共 {max(0, len(tasks) - 1)} 段")
        act(db, actor=officer.name, action="round.section", request_id=officer.request_id)
        rounds.record_section(db, rounds.Section(
            code, place, tasks[place - 1].marker, tasks[place].marker, follows, bool(changed), finding,
            date.fromisoformat(inspected_on) if inspected_on else None,
        ))  # fmt: skip
    return done(f"{HOME}/rounds/{quote(code)}", f"已记录第 {place} 段。")
