"""One sheet of a township (乡镇助餐图): the map, the indicators, the points; one definition for screen, Word and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.meals.coverage import Coverage, reach_bands
from gazetteer.service.meals.indicators import dead_zones, indicators
from gazetteer.service.meals.opening import days_words
from gazetteer.service.meals.points import STATES, Point, price_of
from gazetteer.service.meals.population import people_words
from gazetteer.service.rules import rules
from geo.documents import Block, Document, Heading, Note, Picture, Table
from geo.problems import NotFound
from geo.sketch import Layer, Sketch, sketch

_ROADS = text("""
    SELECT ST_AsBinary(geom) AS line FROM register.road_segment
    WHERE valid_to IS NULL AND geom && ST_Expand(ST_SetSRID(ST_MakeBox2D(ST_MakePoint(:w, :s), ST_MakePoint(:e, :n)), 4490), 0.003)
    ORDER BY id
""")
_COLOURS: Final = ("#0A7A4B", "#0B4F9E", "#9A6700")
_WIDTH_MM, _HEIGHT_MM = 160, 120


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawn map and the whole paper."""

    sketch: Sketch
    document: Document


def town_name(db: Session, town: str) -> str:
    """The township's name.

    Raises:
        NotFound: no township of this code.
    """
    found = db.scalar(
        text("SELECT name FROM register.division WHERE code = :code AND level = 4"), {"code": town}
    )
    if found is None:
        raise NotFound("没有这个镇街。", "从覆盖分析页选择镇街。")
    return str(found)


def sheet_of(db: Session, town: str, held: Coverage) -> Sheet:
    """The sheet of one township; ``held`` is the coverage of its people."""
    name = town_name(db, town)
    here = [p for p in held.points if p.town[:9] == town[:9]]
    drawn = sketch(_layers(db, held, here), width_mm=_WIDTH_MM, height_mm=_HEIGHT_MM)
    rows = [(i.label, i.words, i.formula) for i in indicators(db, held, within=town[:9])]
    zones = [
        (f"死角 {n}", f"{z.aged_60} 人", people_words(z.aged_80, rules().meals.k))
        for n, z in enumerate(dead_zones(held), start=1)
    ]
    blocks: list[Block] = [
        Picture(drawn.png(), _WIDTH_MM, f"{name}助餐点与 {held.minutes} 分钟步行范围", drawn.svg),
        Heading("一、指标"), Table(("指标", "数值", "算法"), rows, widths=(0.3, 0.16, 0.54)),
        Heading("二、助餐点"), Table(("名称", "类型", "状态", "供餐时间", "80 岁中餐", "电话"), [_row(p) for p in here],
                                widths=(0.25, 0.12, 0.09, 0.28, 0.12, 0.14)),
        Note(f"步行按登记道路、每秒 {rules().meals.speed_mps:g} 米计算；没有道路的按直线距离 × {rules().meals.detour:g}。"
             f"送餐单独统计，不计入步行覆盖。规则版本 {rules().version}。"),
    ]  # fmt: skip
    if zones:
        blocks[-1:-1] = [
            Heading("三、助餐死角"),
            Table(("位置", "60 岁以上", "80 岁以上"), zones, numbers=frozenset({1, 2})),
        ]
    made_up = held.people.made_up or any(p.made_up for p in here)
    document = Document(f"{name}老年助餐一张图", blocks, date=held.on_day, made_up=made_up, seal=False)
    return Sheet(drawn, document)


def _layers(db: Session, held: Coverage, here: list[Point]) -> list[Layer]:
    at = held.people.lonlat if len(held.people.lonlat) else None
    placed = [shapely.Point(p.lon, p.lat) for p in here if p.lon is not None]
    frame = (
        shapely.box(*shapely.total_bounds(shapely.points(at)))
        if at is not None
        else shapely.union_all(placed)
    )
    window = shapely.buffer(shapely.envelope(frame), 0.003)
    w, s, e, n = shapely.bounds(window) if not window.is_empty else (0, 0, 0, 0)
    lines = [shapely.from_wkb(bytes(r.line)) for r in db.execute(_ROADS, {"w": w, "s": s, "e": e, "n": n})]
    cut = [line for line in shapely.intersection(lines, window) if not line.is_empty] if lines else []
    areas = [
        Layer([area], label=f"{minutes} 分钟内", colour=colour, width_mm=0.2)
        for (minutes, whole), colour in zip(reach_bands(held), _COLOURS, strict=True)
        if not (area := shapely.intersection(whole, window)).is_empty
    ]
    marks = Layer(placed, [p.name for p in here if p.lon is not None], "助餐点", "#B3261E", 1.3)
    return [*reversed(areas), Layer(cut, label="道路", colour="#8A94A0", width_mm=0.25), marks]


def _row(p: Point) -> tuple[str, ...]:
    price = price_of(p, "中餐", 80)
    hours = "；".join(f"{h.meal} {h.opens:%H:%M}–{h.closes:%H:%M} {days_words(h.days)}" for h in p.hours)
    return (
        p.name,
        p.tier,
        STATES[p.state],
        hours,
        "未登记" if price is None else f"{price.normalize():f} 元",
        p.phone,
    )
