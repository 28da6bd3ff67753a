"""Lines (界线): the overview by age of the last walk, and the record of one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

import shapely
from fastapi import APIRouter, Request, Response

from api.desks.boundary.parts import (
    HOME,
    LINE_LEGEND,
    MARKER_LEGEND,
    collection,
    feature,
    line_feature,
    logged,
    marker_feature,
    seer,
)
from api.desks.lists import Cell, Column, Listing, Row, asked_of, one_page
from api.pages.dates import day
from api.pages.templates import page
from boundary import access, events, register, rounds
from boundary.events import BoundaryEvent
from boundary.register import Line, Marker
from boundary.tolerances import tolerances
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

COLUMNS = (
    Column("name", "界线"), Column("sides", "相邻各方"), Column("markers", "界桩", kind="number"),
    Column("walked", "上次联检"), Column("due", "下次联检"), Column("events", "未办结事件", kind="number"),
)  # fmt: skip
_CLOSED = frozenset({"filed", "archived"})
_AGES = {"fresh": "sure", "ageing": "check", "due": "none", "never": "info"}


@router.get("")
def overview(request: Request) -> Response:
    """The lines that the caller may see, on a map coloured by age and in a list."""
    asked, today = asked_of(request, (), COLUMNS), date.today()
    with session() as db:
        codes = access.lines_for(db, seer(request))
        known = register.lines(db, codes)
        happened = [e for e in events.listed(db, codes) if e.state not in _CLOSED]
        markers = {m.code: m for one in codes for m in register.markers(db, one)}
        officer = logged(db, request, list(markers.values()), "界线总图")
    rows, following = one_page([_row(one, today) for one in known], asked)
    listing = Listing(asked, COLUMNS, rows, total=len(known), next_cursor=following,
                      empty=("还没有界线", "用 diming import boundaries 导入界线和界桩后显示在这里。", "", ""))  # fmt: skip
    shapes = [line_feature(one, one.age(today)) for one in known]
    shapes += [marker_feature(one) for one in markers.values()]
    courses = {one.code: one.course for one in known}
    shapes += [
        feature(_spot(e, markers, courses), "event", e.title, f"{HOME}/events/{e.code}", e.code)
        for e in happened
    ]
    return page(request, "boundary/lines.html", listing=listing, shape=collection(shapes), legend=LINE_LEGEND,
                home=HOME, may_import=bool(officer.roles & {"officer", "reviewer"}))  # fmt: skip


@router.get("/lines/{code}")
def record(request: Request, code: str) -> Response:
    """One line: its papers, markers, rounds and events, and what the office check says today."""
    with session() as db:
        access.check_line(db, seer(request), code)
        line, markers = register.line(db, code), register.markers(db, code)
        officer = logged(db, request, markers, "界线页")
        made, happened = rounds.listed(db, [code]), events.listed(db, [code])
        findings = rounds.office_check(db, code, on=date.today(), tolerances=tolerances())
    shapes = [line_feature(line), *(marker_feature(m) for m in markers)]
    shapes += [
        feature(e.shape, "event", e.kind, f"{HOME}/events/{e.code}", e.code) for e in happened if e.shape
    ]
    return page(
        request, "boundary/line.html", line=line, markers=markers, rounds=made, events=happened, findings=findings,
        shape=collection(shapes), legend=MARKER_LEGEND, home=HOME, today=date.today(),
        may_plan=bool(officer.roles & {"officer", "reviewer"}),
    )  # fmt: skip


def _spot(
    event: BoundaryEvent, markers: Mapping[str, Marker], courses: Mapping[str, shapely.Geometry | None]
) -> shapely.Geometry | None:
    """Where an event is shown: its area, else its marker, else the middle of its line."""
    if event.shape is not None:
        return event.shape.centroid
    if event.marker and event.marker in markers:
        return markers[event.marker].point
    course = courses.get(event.line)
    return course.interpolate(0.5, normalized=True) if course is not None else None


def _row(line: Line, today: date) -> Row:
    late = line.next_due is not None and line.next_due <= today.year
    return Row(line.code, f"{HOME}/lines/{quote(line.code)}", {
        "name": Cell(line.name, note="示例数据" if line.made_up else ""), "sides": line.sides,
        "markers": line.registered,
        "walked": Cell(day(line.walked_on) or "没有记录", kind=_AGES[line.age(today)]),
        "due": Cell(f"{line.next_due} 年", kind="check" if late else "sure") if line.next_due else "—",
        "events": line.open_events,
    })  # fmt: skip
