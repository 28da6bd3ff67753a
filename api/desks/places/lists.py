"""Lists of the register (登记清单): places, roads, addresses, each with filters in the address bar and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.desks.export import csv_of
from api.desks.lists import PAGE, Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.places.common import HANDLES, HOME, NAME_STATES, ROAD_CLASSES, Table, category_word, href
from api.desks.places.tabs import TITLES, tabs
from api.pages.templates import page
from gazetteer.naming.model import CATEGORIES
from gazetteer.register import desk
from geo.store.engine import session

router = APIRouter(include_in_schema=False)

_KINDS: Final = {"place": "类别", "road": "等级", "address": "依附"}
_EXTRA: Final = {"place": "罗马字母拼写", "road": "罗马字母拼写", "address": "名称"}
_STATE_KINDS: Final = {
    "现行": "sure",
    "拟命名": "likely",
    "未登记": "check",
    "更名": "none",
    "销名": "none",
    "注销": "none",
}


@router.get("/desk/places")
def places(request: Request) -> Response:
    """Place names."""
    return _list(request, "place")


@router.get("/desk/places/roads")
def roads(request: Request) -> Response:
    """Roads."""
    return _list(request, "road")


@router.get("/desk/places/addresses")
def addresses(request: Request) -> Response:
    """Addresses."""
    return _list(request, "address")


@router.get("/desk/places/export/{kind}")
def export(request: Request, kind: Table) -> Response:
    """The list of a kind with its filters as CSV."""
    asked = asked_of(request, _filters(kind, []), ())
    return csv_of(_columns(kind), _all(kind, asked), f"{TITLES[kind]}-{date.today()}")


def _list(request: Request, kind: Table) -> Response:
    with session() as db:
        asked = asked_of(request, _filters(kind, desk.towns(db)), _columns(kind))
        wanted = {name: asked.value(name) for name in ("q", "state", "kind", "town")}
        found, following = desk.page(db, kind, after=asked.cursor, most=PAGE, **wanted)
        total = desk.total(db, kind, **wanted)
    rows = [Row(r.code, href(kind, r.code), _cells(kind, r)) for r in found]
    listing = Listing(asked, _columns(kind), rows, total, following, export=f"{HOME}/export/{kind}",
                      empty=("登记册里还没有记录", "用命令 diming import 导入，或在命名申请里登记。", "", ""))  # fmt: skip
    return page(request, "places/list.html", listing=listing, title=TITLES[kind], kind=kind,
                tabs=tabs(kind))  # fmt: skip


def _filters(kind: Table, towns: list[tuple[str, str]]) -> tuple[Filter, ...]:
    kinds = {
        "place": tuple((c, category_word(c)) for c in CATEGORIES), "road": tuple((c, c) for c in ROAD_CLASSES),
        "address": tuple(HANDLES.items()),
    }[kind]  # fmt: skip
    states = ("现行", "注销") if kind == "address" else NAME_STATES
    return (Filter("q", "名称或编码"), Filter("kind", _KINDS[kind], kinds), Filter("town", "镇街", tuple(towns)),
            Filter("state", "状态", tuple((s, s) for s in states)))  # fmt: skip


def _columns(kind: Table) -> tuple[Column, ...]:
    return (Column("name", desk.WORDS[kind]), Column("class", _KINDS[kind]), Column("division", "所在区划"),
            Column("state", "状态"), Column("extra", _EXTRA[kind]), Column("code", "编码"))  # fmt: skip


def _cells(kind: Table, row: desk.Listed) -> dict[str, object]:
    word = category_word(row.kind) if kind == "place" else HANDLES.get(row.kind, row.kind)
    return {"name": row.name, "class": word, "division": row.division_name, "extra": row.extra, "code": row.code,
            "state": Cell(row.state, kind=_STATE_KINDS.get(row.state, ""), note="示例数据" if row.made_up else "")}  # fmt: skip


def _all(kind: Table, asked: Asked) -> Iterator[dict[str, object]]:
    cursor, more = "", True
    wanted = {name: asked.value(name) for name in ("q", "state", "kind", "town")}
    while more:
        with session() as db:
            found, cursor = _page(db, kind, cursor, wanted)
        yield from (_cells(kind, row) for row in found)
        more = bool(cursor)


def _page(db: Session, kind: Table, cursor: str, wanted: dict[str, str]) -> tuple[list[desk.Listed], str]:
    return desk.page(db, kind, after=cursor, most=1000, **wanted)
