"""Events (界线事件): the list, taking one in, its record."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks import clock_views
from api.desks.boundary.parts import (
    HOME,
    MARKER_LEGEND,
    collection,
    feature,
    line_feature,
    logged,
    marker_feature,
    seer,
)
from api.desks.done import done
from api.desks.drawn import drawn
from api.desks.lists import Cell, Column, Filter, Listing, Row, asked_of, one_page
from api.desks.officer import officer_of
from api.pages.dates import day
from api.pages.templates import page
from boundary import access, events, register
from boundary.events import KINDS, MACHINE, PARTS, BoundaryEvent, near_lines
from boundary.events.finding import NearLine
from boundary.events.handling import sides_of
from boundary.events.words import CONSTRUCTION
from boundary.parties import sides_of_line
from boundary.tolerances import tolerances
from geo.cases import states
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/events")
Token = Annotated[str, Form(max_length=200)]
Short = Annotated[str, Form(max_length=64)]
COLUMNS = (
    Column("title", "事件"), Column("found", "发现日期"), Column("by", "发现人"), Column("state", "办理"),
    Column("handled", "处理日期"),
)  # fmt: skip
FILTERS = (Filter("year", "年份"), Filter("kind", "种类", tuple((k, k) for k in KINDS)))
_CLOSED = frozenset({"filed", "archived"})


@router.get("")
def listed(request: Request) -> Response:
    """The events of the caller's lines."""
    asked = asked_of(request, FILTERS, COLUMNS)
    with session() as db:
        known = events.listed(db, access.lines_for(db, seer(request)))
    year, kind = asked.value("year"), asked.value("kind")
    shown = [e for e in known if (not year or str(e.found_on.year) == year) and (not kind or e.kind == kind)]
    rows, following = one_page([_row(e) for e in shown], asked)
    listing = Listing(asked, COLUMNS, rows, total=len(shown), next_cursor=following,
                      empty=("没有界线事件", "发现界桩损坏、河流改道、跨界建设等情况时登记。", f"{HOME}/events/new", "登记事件"))  # fmt: skip
    return page(request, "boundary/events.html", listing=listing, home=HOME)


@router.get("/new")
def form(request: Request, line: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The form that takes an event in; what is found here is found by the own county unless somebody says otherwise."""
    with session() as db:
        own = access.own_county(db, seer(request))
    return _form(request, {"line": line, "found_on": f"{date.today():%Y-%m-%d}", "found_side": own})


@router.post("")
def take_in(
    request: Request, line: Short, kind: Short, found_on: Short, marker: Short = "", found_by: Short = "",
    found_side: Short = "", description: Annotated[str, Form(max_length=2000)] = "", geom: Annotated[str, Form(max_length=200_000)] = "",
    token: Token = "",
) -> Response:  # fmt: skip
    """Register an event; construction is measured against every line (B6)."""
    officer = officer_of(request, token)
    given = {"line": line, "kind": kind, "found_on": found_on, "marker": marker, "found_by": found_by,
             "found_side": found_side, "description": description, "geom": geom}  # fmt: skip
    try:
        shape = drawn(geom, "polygon") if kind == CONSTRUCTION or geom.strip() else None
        with session() as db:
            access.check_line(db, officer, line)
            act(db, actor=officer.name, action="event.report", request_id=officer.request_id)
            code = events.report(db, line=line, kind=kind, found_on=_day(found_on), actor=officer.name,
                                 found_by=found_by or officer.shown, found_side=found_side, marker=marker or None,
                                 description=description, shape=shape)  # fmt: skip
            said = _concerned(near_lines(db, shape, tolerances())) if shape is not None else ""
    except BadInput as problem:
        return _form(request, given, {"": problem.sentence + problem.remedy}, status=422)
    return done(f"{HOME}/events/{code}", f"已登记。{said}")


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """One event: what happened, who took part, the step that follows."""
    with session() as db:
        event = events.find(db, code)
        access.check_line(db, seer(request), event.line)
        line = register.line(db, event.line)
        concerned = [m for m in register.markers(db, event.line) if m.code == event.marker]
        officer = logged(db, request, concerned, "界线事件")
        sides, took_part = sides_of(db, event), events.parties(db, code)
        near = near_lines(db, event.shape, tolerances()) if event.shape is not None else []
        clocks, past = clock_views.of_case(db, MACHINE, code), states.history(db, MACHINE, code)
        steps = states.acts(db, MACHINE, code, officer.roles)
    shapes = [line_feature(line), *(marker_feature(m) for m in concerned)]
    if event.shape is not None:
        shapes.append(feature(event.shape, "event", event.kind))
    return page(
        request, "boundary/event.html", event=event, sides=sides, parties=took_part, near=near, clocks=clocks, past=past,
        steps=[t for t in steps if t.act != "handle"], handles=[t for t in steps if t.act == "handle"],
        part_options=tuple((p, p) for p in PARTS), shape=collection(shapes), legend=MARKER_LEGEND, home=HOME,
        today=f"{date.today():%Y-%m-%d}", may_act=bool(officer.roles & {"officer", "reviewer", "inspector"}),
        kind="sure" if event.state in _CLOSED else "check", tolerances=tolerances(),
    )  # fmt: skip


def _form(
    request: Request, given: dict[str, str], errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    with session() as db:
        codes = access.lines_for(db, seer(request))
        known = register.lines(db, codes)
        markers = [
            (one.code, f"{one.line_names} {one.shown}")
            for line in known
            for one in register.markers(db, line.code)
        ]
        sides = {code: name for line in known for code, name in sides_of_line(db, line.code).items()}
    return page(
        request, "boundary/event_new.html", status=status, given=given, errors=errors or {}, home=HOME,
        lines=tuple((one.code, one.name) for one in known), kinds=tuple((k, k) for k in KINDS),
        markers=tuple(dict.fromkeys(markers)), sides=tuple(sides.items()), near_m=f"{tolerances().near_m:g}",
    )  # fmt: skip


def _row(e: BoundaryEvent) -> Row:
    return Row(e.code, f"{HOME}/events/{quote(e.code)}", {
        "title": Cell(e.title, note="示例数据" if e.made_up else ""), "found": day(e.found_on), "by": e.found_by,
        "state": Cell(e.state_label, kind="sure" if e.state in _CLOSED else "check"),
        "handled": day(e.handled_on) or "—",
    })  # fmt: skip


def _concerned(found: list[NearLine]) -> str:
    return "".join(f"{one.name}：{one.nearness.words()}，需要双方同意。" for one in found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("发现日期不是日期。", "请按 2026-05-12 填写。") from None
