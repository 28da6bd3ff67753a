"""Reports of the public (报错处理): the list, one report, accepting or refusing it with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.export import csv_of
from api.desks.home import report_rows
from api.desks.home.report_rows import REASONS, Report
from api.desks.lists import PAGE, Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import officer_of
from api.desks.persons import note_persons
from api.pages.dates import moment
from api.pages.templates import page
from api.reports import KINDS, STATES
from geo.problems import BadInput
from geo.store.acts import act
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False, prefix="/desk/reports")

COLUMNS: Final = (
    Column("number", "编号", sortable=True, kind="code"), Column("text", "说明"), Column("about", "所说地址"),
    Column("kind", "种类", kind="code"), Column("state", "处理"), Column("made_at", "提交时间", kind="date"),
)  # fmt: skip
FILTERS: Final = (
    Filter("state", "处理", tuple(STATES.items())), Filter("kind", "种类", tuple(KINDS.items())), Filter("q", "文字"),
)  # fmt: skip
_KIND: Final = {"new": "check", "accepted": "sure", "refused": ""}
_MOST: Final = 100_000


@router.get("")
def listed(request: Request) -> Response:
    """The newest first, those still open when nothing else is asked."""
    asked = asked_of(request, FILTERS, COLUMNS, sort="-number")
    after = int(asked.cursor) if asked.cursor.isdigit() else None
    with session() as db:
        found = report_rows.listed(db, _filter(asked), newest=asked.descending, after=after, count=PAGE + 1)
        total = report_rows.total(db, _filter(asked))
    listing = Listing(
        asked, COLUMNS, [Row(r.number, f"/desk/reports/{r.number}", _cells(r)) for r in found[:PAGE]], total=total,
        next_cursor=str(found[PAGE - 1].id) if len(found) > PAGE else "", export="/desk/reports/export",
        empty=("没有报错", "公众在查询页点“报错”后，会显示在这里。", "/", "看看查询页"),
    )  # fmt: skip
    return page(request, "home/reports.html", listing=listing)


@router.get("/export")
def export(request: Request) -> Response:
    """Every report of the filter as CSV, without how to reach the person."""
    asked = asked_of(request, FILTERS, COLUMNS, sort="-number")

    def every() -> Iterator[Mapping[str, object]]:
        with session(timeout_s=0) as db:
            for found in report_rows.listed(db, _filter(asked), newest=asked.descending, count=_MOST):
                yield _cells(found)

    return csv_of(COLUMNS, every(), "报错清单")


@router.get("/{number}")
def one(request: Request, number: str) -> Response:
    """One report, what it is about, and the decision."""
    with session() as db:
        found = report_rows.one(db, number)
        if found.contact:
            note_persons(db, request, "register.report", [found.number], door="报错页")
        mend = report_rows.correction(db, found)
    return _shown(request, found, mend=mend)


@router.post("/{number}")
def decide(
    request: Request,
    number: str,
    state: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=500)] = "",
    canned: Annotated[str, Form(max_length=500)] = "",
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Accept or refuse with a reason: a usual one, or in one's own words."""
    officer = officer_of(request, token)
    if state not in REASONS:
        raise BadInput("没有选择采纳还是不采纳。", "请用页面上的按钮。", code="bad-parameter")
    words = reason.strip() or (canned if canned in REASONS[state] else "")
    with session() as db:
        found = report_rows.one(db, number)
        if not words:
            return _shown(
                request, found, {f"reason-{state}": "请选择或写下理由。"}, report_rows.correction(db, found)
            )
        act(db, actor=officer.name, action="report.decide", request_id=officer.request_id)
        report_rows.decide(db, found, state, words, by=officer.name)
    return done(f"/desk/reports/{found.number}", f"{found.number} {STATES[state]}。")


def _shown(
    request: Request,
    found: Report,
    errors: Mapping[str, str] | None = None,
    mend: tuple[str, str] | None = None,
) -> Response:
    point = {"type": "Feature", "properties": {"id": "1", "label": "报错指出的位置"},
             "geometry": {"type": "Point", "coordinates": [found.lon, found.lat]}}  # fmt: skip
    return page(request, "home/report_one.html", status=422 if errors else 200, report=found, reasons=REASONS,
                kind=_KIND[found.state], errors=errors or {}, mend=mend, point=point if found.lon is not None else None)  # fmt: skip


def _filter(asked: Asked) -> report_rows.Wanted:
    return report_rows.Wanted(asked.value("state"), asked.value("kind"), asked.value("q"))


def _cells(report: Report) -> dict[str, object]:
    return {
        "number": report.number, "text": report.text[:120], "about": report.standard_address or report.question,
        "kind": report.kind_word, "state": Cell(report.state_word, kind=_KIND[report.state] or " ", note=report.reason),
        "made_at": moment(report.made_at),
    }  # fmt: skip
