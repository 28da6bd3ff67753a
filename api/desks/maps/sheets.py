"""The four maps to take away: which there are, what each shows, and from what the caller may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from api import surroundings
from boundary.access import Seer, lines_for
from boundary.rounds.mapped import MappedMarker, newest_rounds
from gazetteer.road_audit import KINDS, findings
from geo.problems import NotFound
from geo.settings import settings
from tiles import published, takeaway
from tiles.takeaway import Sheet, Theme, Thing

_VENDOR: Final = Path(__file__).resolve().parents[2] / "static" / "vendor"
_OPEN = text(
    "SELECT code FROM register.road_finding WHERE state = '待处理' AND kind = ANY (:kinds) ORDER BY code"
)
_LINES = text(
    "SELECT name, ST_AsBinary(geom) AS shape FROM published.boundary_line WHERE geom IS NOT NULL ORDER BY code"
)
_FOUND: Final = {
    "unnamed_main": "#B3261E",
    "unnamed_lane": "#855800",
    "many_names": "#0B4F9E",
    "apart": "#0A7A4B",
}


@dataclass(frozen=True, slots=True)
class TakeAway:
    """One map: its title, what it is for, the themes it draws for a caller, its source."""

    title: str
    purpose: str
    themes: Callable[[Session, Seer], list[Theme]]
    source: str
    explain: Callable[[Session, Seer], str]
    internal: bool


def sheet(db: Session, name: str, caller: Seer) -> tuple[str, str]:
    """The title and the text of the HTML file of one map, as the caller may see it.

    Raises:
        NotFound: no map of this name.
    """
    one = one_of(name)
    around = surroundings.of_data()
    notices = (
        "示例数据，不代表真实地点。" if around.made_up else "",
        "内部资料，不得公开。" if one.internal else f"{around.review_number}。",
    )
    drawn = Sheet(
        f"{around.district}{one.title}", one.themes(db, caller), published.roads(db), one.source,
        f"{date.today():%Y年%-m月%-d日}", notices, one.explain(db, caller), published.towns(db),
    )  # fmt: skip
    return drawn.title, takeaway.html(drawn, _parts())


def one_of(name: str) -> TakeAway:
    """The map of this name.

    Raises:
        NotFound: there is none.
    """
    if name not in MAPS:
        raise NotFound(f"没有名为“{name}”的地图。", f"可以带走的地图：{'、'.join(MAPS)}。")
    return MAPS[name]


def _parts() -> takeaway.Parts:
    return takeaway.Parts(
        (_VENDOR / "leaflet.js").read_text(encoding="utf-8"),
        (_VENDOR / "leaflet.css").read_text(encoding="utf-8"),
    )


def _round_themes(db: Session, caller: Seer) -> list[Theme]:
    own = lines_for(db, caller)
    rows = newest_rounds(db, own)
    lines = [
        Thing(shapely.from_wkb(bytes(r.shape)), r.name, {"说明": "线形取整"}) for r in db.execute(_LINES)
    ]
    return [
        Theme("界线", "#8A6A66", lines),
        Theme("未检查的界桩", "#B3261E", _markers(rows, done=False), outline=True),
        Theme("已检查的界桩", "#0A7A4B", _markers(rows, done=True)),
    ]


def _markers(rows: Iterable[MappedMarker], *, done: bool) -> list[Thing]:
    return [
        Thing(
            row.shape, row.label,
            {"次序": row.place, "计划日期": row.planned_on or "", "检查结果": row.state or "尚未检查"},
        )
        for row in rows if bool(row.state) is done
    ]  # fmt: skip


def _round_note(db: Session, caller: Seer) -> str:
    if lines_for(db, caller):
        return "本辖区界线的界桩为登记位置，请妥善保管本文件。"
    return f"界桩位置取整到 {settings().rough_grid_m:g} 米。"


def _audit_themes(db: Session, caller: Seer) -> list[Theme]:
    shapes = findings.shapes(db, list(db.scalars(_OPEN, {"kinds": list(_FOUND)})))["features"]
    by_kind: dict[str, list[Thing]] = {kind: [] for kind in _FOUND}
    for feature in shapes:
        told = feature["properties"]
        if told["class"] in by_kind:
            thing = Thing(
                shapely.geometry.shape(feature["geometry"]),
                told["label"],
                {"问题": KINDS[told["class"]], "编号": told["id"]},
            )
            by_kind[told["class"]].append(thing)
    return [Theme(KINDS[kind], colour, by_kind[kind]) for kind, colour in _FOUND.items()]


def _no_note(db: Session, caller: Seer) -> str:
    return ""


#: Name in the address -> map.
MAPS: Final[dict[str, TakeAway]] = {
    "meals": TakeAway(
        "老年助餐点分布图", "助餐点按状态分色，点开看供餐时间、价格和电话。",
        lambda db, caller: published.meal_themes(db), "民政局助餐点登记", _no_note, internal=False),
    "cemeteries": TakeAway(
        "公墓布局图", "公墓范围、空余穴位、价格和审批情况。",
        lambda db, caller: published.cemetery_themes(db), "民政局公墓台账", _no_note, internal=False),
    "inspection": TakeAway(
        "界线联检任务图", "各轮联检要走的界桩和已有的检查结果；本辖区以外的界桩位置取整。",
        _round_themes, "界线界桩登记、联检记录", _round_note, internal=True),
    "naming": TakeAway(
        "道路名称排查图", "未命名道路、一路多名、一名多路的位置。",
        _audit_themes, "道路登记和最近一次排查", _no_note, internal=True),
}  # fmt: skip
