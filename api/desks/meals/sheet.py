"""One sheet of a township (乡镇助餐图): the map, the indicators, the points; one definition for screen, Word and PDF."""

from __future__ import annotations

import math
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
from tiles.paper import SCALES

_ROADS = text("""
    SELECT ST_AsBinary(geom) AS line FROM register.road_segment
    WHERE valid_to IS NULL AND geom && ST_Expand(ST_SetSRID(ST_MakeBox2D(ST_MakePoint(:w, :s), ST_MakePoint(:e, :n)), 4490), 0.003)
    ORDER BY id
""")
_COLOURS: Final = ("#0A7A4B", "#0B4F9E", "#9A6700")
_OUTLINE = text("SELECT ST_AsBinary(geom) AS shape FROM published.division_area WHERE code = :code")
_WIDTH_MM, _HEIGHT_MM = 160, 120
#: Of the height, what the map itself has; its foot has the rest.
_MAP_MM = 111
_M_PER_DEGREE = 111_320.0


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
    drawn = _drawn(db, town, held, here)
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


def _drawn(db: Session, town: str, held: Coverage, here: list[Point]) -> Sketch:
    """The map at the largest usual scale at which the township's people stand in it; what lies around fills the frame."""
    placed = [shapely.Point(p.lon, p.lat) for p in here if p.lon is not None]
    people = list(shapely.points(held.people.lonlat)) if len(held.people.lonlat) else []
    outline = [shapely.from_wkb(bytes(row.shape)) for row in db.execute(_OUTLINE, {"code": town})]
    window, scale = _window([*placed, *people])
    w, s, e, n = window.bounds if window is not None else (0.0, 0.0, 0.0, 0.0)
    lines = [shapely.from_wkb(bytes(r.line)) for r in db.execute(_ROADS, {"w": w, "s": s, "e": e, "n": n})]
    areas = [
        Layer(_cut([whole], window), label=f"{minutes} 分钟内", colour=colour, width_mm=0.2)
        for (minutes, whole), colour in zip(reach_bands(held), _COLOURS, strict=True)
    ]
    edge = Layer(
        _cut([shapely.boundary(area) for area in outline], window),
        label="镇街界",
        colour="#8A6A66",
        width_mm=0.35,
        dashed=True,
    )
    marks = Layer(placed, [p.name for p in here if p.lon is not None], "助餐点", "#B3261E", 1.3)
    # A frame of the ground's own colour: it holds the map's middle where the window's is.
    frame = Layer([window.exterior] if window is not None else [], colour="#F6F8FA", width_mm=0.1)
    layers = [
        frame,
        edge,
        *(area for area in reversed(areas) if area.shapes),
        Layer(_cut(lines, window), label="道路", colour="#8A94A0", width_mm=0.25),
        marks,
    ]
    return sketch(layers, width_mm=_WIDTH_MM, height_mm=_HEIGHT_MM, scale=scale)


def _window(shapes: list[shapely.Geometry]) -> tuple[shapely.Polygon | None, int | None]:
    """The ground that the picture shows, in degrees, and its scale; nothing where nothing is known."""
    if not shapes:
        return None, None
    w, s, e, n = (float(part) for part in shapely.total_bounds(shapes))
    lat = (s + n) / 2
    east_m = _M_PER_DEGREE * math.cos(math.radians(lat))
    need = max((e - w) * east_m / (_WIDTH_MM * 0.9), (n - s) * _M_PER_DEGREE / (_MAP_MM * 0.9), 5.0) * 1000
    scale = next((one for one in SCALES if one >= need), SCALES[-1])
    half = (_WIDTH_MM * scale / 2000 / east_m, _MAP_MM * scale / 2000 / _M_PER_DEGREE)
    lon = (w + e) / 2
    return shapely.box(lon - half[0], lat - half[1], lon + half[0], lat + half[1]), scale


def _cut(shapes: list[shapely.Geometry], window: shapely.Polygon | None) -> list[shapely.Geometry]:
    if window is None or not shapes:
        return []
    return [part for part in shapely.intersection(shapes, window) if not part.is_empty]


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
