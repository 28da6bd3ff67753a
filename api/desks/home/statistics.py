"""Annual figures by trade (年度数字) and the annual report (年度报告), on the page, as Word and as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from api import surroundings
from api.desks.home import annual
from api.pages.templates import page
from geo.documents import Document, pdf, word
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False, prefix="/desk/statistics")

FIRST_YEAR = 2020
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("")
def figures(request: Request, year: Year = None) -> Response:
    """Every trade's figures of a year; each number leads to its rows."""
    chosen, found = _of_year(year)
    return page(request, "home/statistics.html", trades=found, year=chosen, years=_years(chosen),
                version=annual.rules_version(found), as_of=_as_of(chosen))  # fmt: skip


@router.get("/report")
def report(request: Request, year: Year = None) -> Response:
    """The paragraph as it will be printed, every number a link to its rows."""
    chosen, found = _of_year(year)
    return page(request, "home/report.html", trades=[t for t in found if t.told], every=found, year=chosen,
                years=_years(chosen), version=annual.rules_version(found), as_of=_as_of(chosen), number=annual.number,
                opening=annual.opening(_district(), chosen, _as_of(chosen)))  # fmt: skip


@router.get("/report.docx")
def as_word(year: Year = None) -> Response:
    """The report to go on editing."""
    chosen, paper = _paper(year)
    return _file(word(paper), WORD, f"{chosen}年区划地名工作情况.docx")


@router.get("/report.pdf")
def as_pdf(year: Year = None) -> Response:
    """The report to print."""
    chosen, paper = _paper(year)
    return _file(pdf(paper), "application/pdf", f"{chosen}年区划地名工作情况.pdf")


def _paper(year: int | None) -> tuple[int, Document]:
    chosen, found = _of_year(year)
    made_up = surroundings.of_data().made_up
    return chosen, annual.document(
        found, district=_district(), year=chosen, as_of=_as_of(chosen), made_up=made_up
    )


def _of_year(year: int | None) -> tuple[int, Sequence[annual.Trade]]:
    chosen = year or date.today().year
    with session() as db:
        return chosen, annual.trades(db, chosen)


def _district() -> str:
    return surroundings.of_data().district or "本区"


def _as_of(year: int) -> date:
    return min(date.today(), date(year, 12, 31))


def _years(chosen: int) -> list[int]:
    return sorted({chosen, *range(FIRST_YEAR, date.today().year + 1)}, reverse=True)


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "no-store",
    }
    return Response(content, media_type=kind, headers=headers)
