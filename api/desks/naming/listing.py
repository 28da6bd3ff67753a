"""The list of proposals (命名申请): filters in the address bar, the most urgent first, export, decisions by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.clock_views import ClockView, views
from api.desks.export import csv_of
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.naming.reach import own_town
from api.desks.naming.words import state_kind
from api.desks.officer import reader_of
from api.pages.templates import page
from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal import store
from gazetteer.proposal.model import MACHINE, STATES, Kept
from geo.cases import clocks
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")

COLUMNS = (Column("name", "名称"), Column("kind", "类别"), Column("town", "镇街"), Column("state", "状态"),
           Column("due", "时限"), Column("code", "编号"))  # fmt: skip
_OPEN = "open"


@router.get("")
def listed(request: Request) -> Response:
    """Proposals that still run, unless the address bar asks otherwise."""
    with session() as db:
        asked, wanted = _asked(request, db)
        at = int(asked.cursor) if asked.cursor.isdigit() else 1
        found = store.listed(db, wanted, at=at)
        total = store.count(db, wanted)
        rows = [_row(row, limits) for row, limits in _with_limits(db, found)]
        counts = store.counts(db, wanted)
    more = str(at + 1) if at * store.PAGE < total else ""
    listing = Listing(
        asked, COLUMNS, rows, total, more, export="/desk/naming/export",
        empty=("还没有地名申请", "窗口收件、网上申请和道路排查发起的申请显示在这里。", "/desk/naming/new", "新建申请"),
    )  # fmt: skip
    return page(request, "naming/list.html", listing=listing, tabs=_tabs(asked, counts))


@router.get("/export")
def export(request: Request) -> Response:
    """The same list as CSV, every row."""
    with session() as db:
        _, wanted = _asked(request, db)
        found = _with_limits(db, store.listed(db, wanted, size=100_000))
    rows = [_row(row, limits).cells for row, limits in found]
    return csv_of(COLUMNS, rows, f"命名申请-{date.today().isoformat()}")


@router.get("/decisions")
def decisions(
    request: Request,
    kind: Annotated[str, Query(max_length=20)] = "opinion",
    year: Annotated[int | None, Query(ge=2000, le=2200)] = None,
) -> Response:
    """Opinions or approvals of a year, each with the names that it speaks of."""
    chosen = year or date.today().year
    column = "approval" if kind == "approval" else "opinion"
    with session() as db:
        rows = db.execute(
            text(f"""SELECT d.code, d.number, d.decided_on, d.body, min(p.code) AS first, count(*) AS names,
                       string_agg(p.name, '、' ORDER BY p.code) AS listed
                     FROM register.naming_decision d JOIN register.proposal p ON p.{column} = d.code
                     WHERE d.kind = :kind AND extract(year FROM d.decided_on) = :year
                     GROUP BY d.code ORDER BY d.decided_on DESC, d.number DESC"""),  # noqa: S608
            {"kind": column, "year": chosen},
        ).all()  # fmt: skip
    return page(request, "naming/decisions.html", rows=rows, kind=column, year=chosen)


def _tabs(asked: Asked, counts: dict[str, int]) -> list[tuple[str, str, bool, int | None]]:
    """A tab for every state in which something stands."""
    chosen = asked.value("state")
    tabs: list[tuple[str, str, bool, int | None]] = [
        ("在办", asked.link(state=""), chosen in ("", _OPEN), None)
    ]
    return tabs + [
        (word, asked.link(state=state), chosen == state, counts[state])
        for state, word in STATES.items()
        if counts.get(state)
    ]


def _asked(request: Request, db: Session) -> tuple[Asked, store.Filter]:
    towns = store.towns(db, store.county_of(db))
    filters = (
        Filter("state", "状态", (("open", "在办"), ("all", "全部（含办结）"), *STATES.items())),
        Filter("category", "类别", tuple(CATEGORIES.items())),
        Filter("town", "镇街", tuple(towns)),
        Filter("due", "时限", (("late", "已超期"), ("week", "七天内到期"))),
        Filter("channel", "来源", (("窗口", "窗口"), ("网上", "网上"), ("排查", "道路排查"))),
        Filter("q", "名称或编号"),
        Filter("counted", "年度口径", tuple(store.COUNTED.items()), kind="when-set"),
        Filter("year", "年度", kind="when-set"),
    )
    asked = asked_of(request, filters, COLUMNS)
    state, due = asked.value("state") or _OPEN, asked.value("due")
    last = date.today() + (timedelta(-1) if due == "late" else timedelta(7))
    year = asked.value("year")
    counted = asked.value("counted") if year.isdigit() and len(year) == 4 else ""
    return asked, store.Filter(
        state=state if state in STATES else "", open="1" if state == _OPEN else "", category=asked.value("category"),
        town=own_town(reader_of(request)) or asked.value("town"), channel=asked.value("channel"), q=asked.value("q"),
        due=last.isoformat() if due else "", counted=counted, year=int(year) if counted else 0,
    )  # fmt: skip


def _with_limits(db: Session, found: Sequence[Kept]) -> list[tuple[Kept, list[ClockView]]]:
    """Each proposal with the clock that ends first."""
    running: dict[str, clocks.Clock] = {}
    for clock in clocks.open_clocks(db, [MACHINE]):
        running.setdefault(clock.subject, clock)
    return [(row, views(db, [running[row.code]]) if row.code in running else []) for row in found]


def _row(row: Kept, limits: list[ClockView]) -> Row:
    cells: dict[str, object] = {
        "name": Cell(row.title, note=row.draft.act + (f"，原{row.draft.old_name}" if row.draft.old_name else "")),
        "kind": CATEGORIES[row.draft.category], "town": row.town,
        "state": Cell(row.state_label, kind=state_kind(row.state)), "due": limits[0] if limits else None, "code": row.code,
    }  # fmt: skip
    return Row(row.code, f"/desk/naming/{row.code}", cells)
