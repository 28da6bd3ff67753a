"""What the audit found (排查结果): by kind, township and state, each with its evidence on the map."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from api.desks.lists import Bulk, Cell, Column, Filter, Listing, Row, asked_of
from api.pages.templates import page
from gazetteer.register import desk
from gazetteer.road_audit import KINDS, STATES, deciding, findings
from gazetteer.road_audit.findings import Found, Wanted
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/roads")

Code = Annotated[str, Path(max_length=64, pattern=r"^[\w.-]+$")]
_COLUMNS: Final = (Column("title", "对象"), Column("kind", "问题"), Column("town", "镇街"), Column("length", "长度（米）", kind="number"),
                   Column("state", "状态"), Column("found", "发现日期"))  # fmt: skip
_TONES: Final = {"unnamed_main": "marker", "unnamed_lane": "amber", "many_names": "plate", "apart": "sign", "near": "grey",
                 "sound": "grey", "unregistered": "grey"}  # fmt: skip
_STATE_KINDS: Final = {"待处理": "check", "已发起": "likely", "已解决": "sure", "不是问题": ""}
LEGEND: Final = [
    {"key": k, "label": w, "tone": _TONES[k], "shape": "line"}
    for k, w in KINDS.items()
    if _TONES[k] != "grey"
]
_MAP_MOST: Final = 500
BY: Final = {"found": "当年发现", "settled": "当年解决"}
"""Which rows a yearly figure counted."""


@router.get("")
def listed(request: Request) -> Response:
    """The list, grouped by township, with a map of what it shows."""
    with session() as db:
        filters = (Filter("kind", "问题", tuple(KINDS.items())), Filter("township", "镇街", tuple(desk.towns(db))),
                   Filter("state", "状态", tuple((s, s) for s in STATES)), Filter("q", "名称"),
                   Filter("by", "年度口径", tuple(BY.items()), kind="when-set"), Filter("year", "年度", kind="when-set"))  # fmt: skip
        asked = asked_of(request, filters, _COLUMNS)
        year = asked.value("year")
        wanted = Wanted(asked.value("kind"), asked.value("state"), asked.value("township"), asked.value("q"),
                        int(year) if year.isdigit() and len(year) == 4 else 0, asked.value("by"))  # fmt: skip
        found, following = findings.page(db, wanted, after=asked.cursor)
        total, towns, last = findings.total(db, wanted), findings.by_township(db), findings.last_run(db)
        shapes = findings.shapes(db, [row.code for row in found[:_MAP_MOST]])
        unnamed = len(findings.open_unnamed(db))
    rows = [Row(row.code, f"/desk/roads/{row.code}", _cells(row)) for row in found]
    listing = Listing(asked, _COLUMNS, rows, total, following, bulk=(Bulk("发起命名", "/desk/roads/start", primary=True),),
                      empty=("还没有排查结果", "点“排查全部道路”开始，几秒钟完成。", "", ""))  # fmt: skip
    return page(
        request,
        "roads/list.html",
        listing=listing,
        towns=towns,
        last=last,
        unnamed=unnamed,
        kinds=KINDS,
        shapes=shapes,
        legend=LEGEND,
    )


@router.get("/{code}")
def show(request: Request, code: Code) -> Response:
    """One finding."""
    with session() as db:
        found = findings.one(db, code)
        shape = findings.shapes(db, [code])
        used = deciding.usage(db, found) if found.roads else []
    return page(request, "roads/record.html", found=found, shape=shape, used=used, kinds=KINDS, legend=legend_of(found.kind),
                state_kind=_STATE_KINDS[found.state])  # fmt: skip


def legend_of(kind: str) -> list[dict[str, str]]:
    """The one line of the legend that the map of a finding needs."""
    return [{"key": kind, "label": KINDS[kind], "tone": _TONES[kind], "shape": "line"}]


def _cells(row: Found) -> dict[str, object]:
    return {
        "title": row.title, "kind": KINDS[row.kind], "town": row.town_name or "跨镇街",
        "length": round(row.length_m) if row.length_m else "", "found": row.found_on.isoformat(),
        "state": Cell(row.state, kind=_STATE_KINDS[row.state], note="示例数据" if row.made_up else ""),
    }  # fmt: skip
