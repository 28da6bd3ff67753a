"""The queue of one batch: rows by state and difference, ticked or filtered ones decided at once."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import text

from api.desks.done import done
from api.desks.lists import Asked, Bulk, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import many, queue
from gazetteer.exchange.fields import FIELDS, TITLES
from geo.problems import BadInput, NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange")
HOME: Final = "/desk/exchange"
SIDES: Final = {"both": "两边都有", "national": "只在国家库", "local": "只在登记册"}
STATE_KINDS: Final = {"待核": "check", "一致": "sure", "需改": "likely", "已改": "sure", "存疑": "none"}
NARROWING: Final = ("side", "field", "q")
"""Filters that say which open rows are meant by 全部."""
_EVERY: Final = 1_000_000
_PAGE: Final = 100
_COLUMNS: Final = (Column("name", "名称"), Column("number", "序号"), Column("code", "地名代码"), Column("differing", "不同的字段"),
                   Column("by", "匹配"), Column("state", "状态"))  # fmt: skip
_FILTERS: Final = (
    Filter("state", "状态", tuple((s, s) for s in queue.STATES)), Filter("side", "范围", tuple(SIDES.items())),
    Filter("field", "不同的字段", tuple((f.name, f.title) for f in FIELDS if f.compared)), Filter("q", "名称或代码"),
)  # fmt: skip
Word = Annotated[str, Form(max_length=200)]


@router.get("/{batch}")
def listed(request: Request, batch: int) -> Response:
    """The queue of a batch."""
    asked = asked_of(request, _FILTERS, _COLUMNS)
    after = int(asked.cursor) if asked.cursor.isdigit() else 0
    wanted = {name: asked.value(name) for name in ("state", *NARROWING)}
    with session() as db:
        head = db.execute(
            text("SELECT * FROM register.exchange_batch WHERE id = :b"), {"b": batch}
        ).one_or_none()
        if head is None:
            raise NotFound(f"没有第 {batch} 批。", "返回清单。")
        found = queue.rows(db, batch, after=after, most=_PAGE + 1, **wanted)
        number = queue.counts(db, batch)
        shown = queue.count(db, batch, **wanted)
        waiting = (
            queue.count(db, batch, **wanted | {"state": "待核"}) if wanted["state"] in ("", "待核") else 0
        )
    narrowed = [(name, wanted[name]) for name in NARROWING if wanted[name]]
    within = f"?{urlencode(narrowed)}" if narrowed else ""
    rows = [Row(str(r.number), f"{HOME}/{batch}/{r.number}{within}", _cells(r)) for r in found[:_PAGE]]
    more = str(found[_PAGE - 1].number) if len(found) > _PAGE else ""
    listing = Listing(asked, _COLUMNS, rows, shown, more, bulk=_bulk(batch) if waiting else (),
                      empty=("这一批没有记录", "", "", ""))  # fmt: skip
    return page(request, "exchange/batch.html", listing=listing, batch=head, counts=number, waiting=waiting, ways=many.WAYS,
                narrowed=narrowed, tabs=_tabs(batch, asked, number))  # fmt: skip


@router.post("/{batch}/many/{way}")
def decide(
    request: Request, batch: int, way: str, keys: Annotated[list[int] | None, Form()] = None, every: Word = "",
    side: Word = "", field: Word = "", q: Word = "", sure: Word = "", token: Word = "",
) -> Response:  # fmt: skip
    """Decide the ticked rows in one way, or every open row that the filters show; taking over is asked once more."""
    officer = officer_of(request, token)
    narrowed = [(name, value) for name, value in (("side", side), ("field", field), ("q", q)) if value]
    back = f"{HOME}/{batch}?{urlencode([('state', '待核'), *narrowed])}"
    with session(timeout_s=0) as db:
        rows = queue.rows(db, batch, state="待核", side=side, field=field, q=q, most=_EVERY)
        if not every:
            ticked = set(keys or ())
            rows = [row for row in rows if row.number in ticked]
        if not rows:
            raise BadInput("没有选中待核的条目。", "先勾选，再成批办理。", code="bulk.empty")
        if way == "theirs" and not sure:
            return _asked_again(request, batch, rows, narrowed if every else None, back)
        act(db, actor=officer.name, action="exchange.decide", request_id=officer.request_id)
        count = many.decide(db, rows, way, actor=officer.name)
    left = f"，{len(rows) - count} 条含名称、代码或位置的差异，仍待核" if count < len(rows) else ""
    after = "，已列入更新包" if way == "ours" else ""
    return done(back, f"{count} 条{many.WAYS[way]}{after}{left}。")


def _asked_again(
    request: Request, batch: int, rows: list[queue.Row], narrowed: list[tuple[str, str]] | None, back: str
) -> Response:
    fit = many.takeable(rows)
    if not fit:
        raise BadInput("选中的条目都有名称、代码或位置的差异，不能采用国家库。", "名称、位置请在地名登记里办理，或以登记册为准。",
                       code="bulk.theirs")  # fmt: skip
    chosen = [("every", "1"), *narrowed] if narrowed is not None else [("keys", row.number) for row in fit]
    return page(request, "exchange/taking.html", batch=batch, fit=fit, left=len(rows) - len(fit), fields=many.told(fit),
                hidden=[("sure", "1"), *chosen], back=back)  # fmt: skip


def _bulk(batch: int) -> tuple[Bulk, ...]:
    return tuple(Bulk(word, f"{HOME}/{batch}/many/{way}") for way, word in many.WAYS.items())


def _tabs(batch: int, asked: Asked, number: dict[str, int]) -> list[tuple[str, str, bool, int]]:
    """Every state with its count, the filters left aside, so that the numbers are those of the batch."""
    tabs = [("全部", f"{HOME}/{batch}", not asked.value("state"), sum(number.values()))]
    return tabs + [(s, f"{HOME}/{batch}?state={s}", asked.value("state") == s, n) for s, n in number.items()]


def _cells(row: queue.Row) -> dict[str, object]:
    return {
        "number": row.number, "name": row.name, "code": row.place_code, "by": row.matched_by or SIDES[row.side],
        "differing": "、".join(TITLES[name] for name in row.differing) or "—",
        "state": Cell(row.state, kind=STATE_KINDS[row.state], note=row.note),
    }  # fmt: skip
