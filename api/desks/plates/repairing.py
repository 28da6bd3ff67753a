"""Repair orders (维修工单): the pressing ones first, each with its clock and its next step."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks import clock_views
from api.desks.done import done
from api.desks.lists import Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import officer_of, reader_of
from api.desks.plates.parts import HOME, Token, tabs
from api.pages.templates import page
from gazetteer.plates import records, repairs
from gazetteer.plates.repairs import Repair
from geo.cases import attachments
from geo.cases.clocks import of_subject
from geo.cases.states import acts, history
from geo.problems import BadInput
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/repairs")

COLUMNS = (Column("address", "地址"), Column("code", "工单"), Column("cause", "问题"), Column("state", "状态"),
           Column("due", "时限"), Column("reporter", "报告人"))  # fmt: skip
FILTERS = (
    Filter(
        "state",
        "状态",
        (("open", "待处理"), ("working", "处理中"), ("done", "已办结"), ("refused", "不属实")),
    ),
)
_KINDS = {"open": "check", "working": "likely", "done": "sure", "refused": "state"}


@router.get("")
def listed(
    request: Request,
    year: Annotated[int, Query(ge=0, le=3000)] = 0,
    kept: Annotated[int, Query(ge=0, le=1)] = 0,
) -> Response:
    """Orders; ``year`` and ``kept`` are how the year's figures lead to their rows."""
    asked = asked_of(request, FILTERS, COLUMNS)
    state = asked.value("state")
    states = [state] if state else [] if year else ["open", "working"]
    with session() as db:
        found = [
            one for one in repairs.listed(db, states=states, limit=5000) if _counts(one, year, bool(kept))
        ]
        rows = [Row(one.code, f"{HOME}/repairs/{one.code}", _cells(one)) for one in found]
    listing = Listing(
        asked,
        COLUMNS,
        rows,
        total=len(rows),
        empty=("没有待处理的维修工单", "有人报修后显示在这里。", "", ""),
    )
    return page(request, "plates/repairs.html", listing=listing, tabs=tabs("/repairs"))


@router.get("/{code}")
def one(request: Request, code: str) -> Response:
    """One order with its plate, photos and clock."""
    officer = reader_of(request)
    with session() as db:
        order = repairs.get(db, code)
        context: dict[str, Any] = {
            "plate": records.get(db, order.plate), "files": attachments.of(db, "plate", order.plate),
            "clocks": clock_views.views(db, of_subject(db, repairs.MACHINE, code)),
            "events": history(db, repairs.MACHINE, code), "steps": acts(db, repairs.MACHINE, code, officer.roles),
        }  # fmt: skip
    return page(request, "plates/repair.html", order=order, kind=_KINDS[order.state], **context)


@router.post("/{code}/act")
def do(
    request: Request,
    code: str,
    step: Annotated[str, Form(alias="act", max_length=20)],
    note: Annotated[str, Form(max_length=2000)] = "",
    token: Token = "",
) -> Response:
    """Take it on (mend on the spot, or order a new plate), close it, or refuse it."""
    officer = officer_of(request, token)
    who: dict[str, Any] = {"actor": officer.name, "roles": officer.roles, "note": note}
    with session() as db:
        name_act(db, actor=officer.name, action=f"plate-repair.{step}", request_id=officer.request_id)
        if step in {"take", "replace"}:
            made = repairs.take(db, code, replace=step == "replace", **who)
            said = f"已派单，新门牌 {made} 待制作。" if made else "已派单，现场修复。"
        elif step == "finish":
            repairs.finish(db, code, **who)
            said = "已办结。"
        elif step == "refuse":
            repairs.refuse(db, code, **who)
            said = "已记为不属实。"
        else:
            raise BadInput("没有这种操作。", "请用页面上的按钮。", code="plate.act")
    return done(f"{HOME}/repairs/{code}", said)


def _counts(one: Repair, year: int, kept: bool) -> bool:
    if year and one.reported_at.astimezone().year != year:
        return False
    return not kept or bool(one.stopped_on and one.due_on and one.stopped_on <= one.due_on)


def _cells(one: Repair) -> dict[str, object]:
    return {
        "address": one.standard_address, "code": one.code, "cause": one.cause_words,
        "state": Cell(one.state_label, kind=_KINDS[one.state]), "due": _due(one), "reporter": one.reporter,
    }  # fmt: skip


def _due(one: Repair) -> object:
    if one.due_on is None:
        return "—"
    if one.stopped_on is not None:
        late = (one.stopped_on - one.due_on).days
        return Cell("按时办结", kind="sure") if late <= 0 else Cell(f"超期 {late} 天办结", kind="check")
    left = (one.due_on - date.today()).days
    if left < 0:
        return Cell(f"已超期 {-left} 天", kind="none")
    return Cell("今天到期" if left == 0 else f"还剩 {left} 天", kind="check" if left <= 3 else "likely")
