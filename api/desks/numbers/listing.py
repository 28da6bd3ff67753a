"""The list of registrations (门牌登记清单): filtered, paged, exported; the applicant is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.desks.export import csv_of
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.numbers.parts import HOME, STATE_KINDS, STATES
from api.pages.dates import day
from api.pages.templates import page
from gazetteer.registration import store
from gazetteer.registration.model import KINDS
from gazetteer.registration.store import Registration
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

COLUMNS = (
    Column("code", "编号"), Column("kind", "类型"), Column("address", "地址"), Column("state", "状态"),
    Column("applied", "受理日期"), Column("decided", "办结日期"), Column("channel", "渠道"),
)  # fmt: skip
FILTERS = (
    Filter("kind", "类型", tuple((k, k) for k in KINDS)), Filter("state", "状态", STATES), Filter("q", "地址或编号"),
    Filter("since", "起", kind="date"), Filter("until", "止", kind="date"), Filter("decided", "办结年份"),
)  # fmt: skip
PAGE = 50


@router.get("")
def listed(request: Request) -> Response:
    """Every case, the newest first."""
    asked = asked_of(request, FILTERS, COLUMNS)
    with session() as db:
        found = _found(db, asked, asked.cursor, PAGE + 1)
    following = store.cursor_of(found[PAGE - 1]) if len(found) > PAGE else ""
    rows = [Row(r.code, f"{HOME}/{r.code}", _cells(r)) for r in found[:PAGE]]
    listing = Listing(asked, COLUMNS, rows, next_cursor=following, export=f"{HOME}/export",
                      empty=("还没有门牌登记", "窗口收件或网上申请后显示在这里。", f"{HOME}/new", "受理登记"))  # fmt: skip
    return page(request, "numbers/list.html", listing=listing)


@router.get("/export")
def export(request: Request) -> Response:
    """The same list as CSV, every row."""
    asked = asked_of(request, FILTERS, COLUMNS)
    return csv_of(COLUMNS, _every(asked), f"门牌登记-{date.today().isoformat()}")


def _every(asked: Asked) -> Iterator[dict[str, object]]:
    cursor = ""
    while True:
        with session() as db:
            found = _found(db, asked, cursor, 500)
        yield from (_cells(r) for r in found)
        if len(found) < 500:
            return
        cursor = store.cursor_of(found[-1])


def _found(db: Session, asked: Asked, cursor: str, limit: int) -> list[Registration]:
    return store.listed(
        db, kind=asked.value("kind"), state=asked.value("state"), q=asked.value("q"), since=_day(asked.value("since")),
        until=_day(asked.value("until")), decided=asked.value("decided"), cursor=cursor if _is_cursor(cursor) else "",
        limit=limit,
    )  # fmt: skip


def _is_cursor(cursor: str) -> bool:
    return _day(cursor.partition("~")[0]) is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _cells(r: Registration) -> dict[str, object]:
    return {
        "code": r.code, "kind": r.kind + ("（临时）" if r.temporary else ""),
        "address": Cell(r.standard_address or r.title, note="示例数据" if r.made_up else ""),
        "state": Cell(r.state_label, kind=STATE_KINDS[r.state]), "applied": day(r.applied_on),
        "decided": day(r.decided_on) if r.decided_on else "", "channel": r.channel,
    }  # fmt: skip
