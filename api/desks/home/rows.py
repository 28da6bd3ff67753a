"""The rows behind a number (明细): every figure and every goal leads to exactly the rows it counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.export import csv_of
from api.desks.home import quality, report_figures
from api.desks.lists import PAGE, Cell, Column, Filter, Listing, Row, asked_of
from api.pages.templates import page
from boundary import figures as boundary_figures
from gazetteer.repair import figures as repair_figures
from geo.problems import NotFound
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False, prefix="/desk/statistics/rows")

COLUMNS: Final = (Column("title", "条目"), Column("note", "说明"), Column("key", "编号"))
_ALL: Final = 2**31 - 1
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@dataclass(frozen=True, slots=True)
class Source:
    """Which rows a number counts: SQL that gives key, title, note, href; ``:year`` where the number has one."""

    label: str
    sql: str
    rule: str
    yearly: bool


_TRADES: Final = (repair_figures.ROWS, boundary_figures.ROWS, report_figures.ROWS)
SOURCES: Final[Mapping[str, Source]] = {
    **{code: Source(label, sql, rule, ":year" in sql)
       for rows in _TRADES for code, (label, sql, rule) in rows.items()},
    **{goal.code: Source(f"未达到“{goal.label}”的条目", goal.lacking, "现行的登记，今天的状态。", False)
       for goal in quality.GOALS},
}  # fmt: skip


@router.get("/{code}")
def rows(request: Request, code: str, year: Year = None) -> Response:
    """The rows of one number, a page at a time."""
    source, year = _source(code), year or date.today().year
    asked = asked_of(request, (Filter("year", "年度"),) if source.yearly else ())
    with session() as db:
        found = _read(db, source, year, asked.cursor, PAGE + 1)
        total = _count(db, source, year)
    listed = [_row(row) for row in found[:PAGE]]
    following = found[PAGE - 1]["key"] if len(found) > PAGE else ""
    query = f"year={year}" if source.yearly else ""
    listing = Listing(asked, COLUMNS, listed, total=total, next_cursor=following,
                      empty=("没有条目", "这个数字是 0，没有明细。", "/desk/statistics", "回到年度数字"))  # fmt: skip
    return page(request, "home/rows.html", listing=listing, source=source, year=year,
                export=f"/desk/statistics/rows/{code}/export?{query}")  # fmt: skip


@router.get("/{code}/export")
def export(code: str, year: Year = None) -> Response:
    """The same rows, all of them, as CSV."""
    source, chosen = _source(code), year or date.today().year

    def every() -> Iterator[Mapping[str, object]]:
        with session(timeout_s=0) as db:
            yield from _read(db, source, chosen, "", _ALL)

    return csv_of(COLUMNS, every(), f"{source.label}-{chosen}" if source.yearly else source.label)


def _source(code: str) -> Source:
    if code not in SOURCES:
        raise NotFound("没有这个数字的明细。", "请从年度数字进入。", code="no-such-figure")
    return SOURCES[code]


def _read(db: Session, source: Source, year: int, after: str, count: int) -> list[dict[str, Any]]:
    sql = f"SELECT key, title, note, href FROM ({source.sql}) r WHERE key > :after ORDER BY key LIMIT :count"  # noqa: S608
    values = {"after": after, "count": count} | ({"year": year} if source.yearly else {})
    return [dict(row) for row in db.execute(text(sql), values).mappings()]


def _count(db: Session, source: Source, year: int) -> int:
    values = {"year": year} if source.yearly else {}
    return int(db.scalar(text(f"SELECT count(*) FROM ({source.sql}) r"), values) or 0)  # noqa: S608


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        row["key"],
        row["href"],
        {"title": Cell(row["title"] or "（空）"), "note": row["note"], "key": row["key"]},
    )
