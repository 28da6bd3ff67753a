"""What the published views hold, as things to draw and as one GeoPackage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from tiles.takeaway import Theme, Thing

_MEALS: Final = (
    ("open", "营业", "#0A7A4B", False),
    ("paused", "暂停", "#855800", True),
    ("closed", "停办", "#55606D", True),
)
_ROADS = text("SELECT ST_AsBinary(geom) AS shape FROM published.road_segment WHERE geom IS NOT NULL")
_MEAL_POINTS = text("""
SELECT code, name, tier, state, address_text, phone, hours, lunch_60, lunch_80, per_day, made_up, ST_AsBinary(geom) AS shape
FROM published.meal_point WHERE geom IS NOT NULL ORDER BY code
""")
_CEMETERIES = text("""
SELECT code, name, category, address_text, phone, total, free, price_from, approval, made_up, ST_AsBinary(geom) AS shape
FROM published.cemetery WHERE geom IS NOT NULL ORDER BY code
""")
_AREAS = text(
    "SELECT code, name, category, ST_AsBinary(geom) AS shape FROM published.cemetery_area ORDER BY code"
)
_TOWNS = text("""
SELECT name, ST_AsBinary(ST_SimplifyPreserveTopology(geom, 0.0002)) AS shape FROM published.division_area
WHERE level = 4 AND code LIKE (SELECT left(division, 6) FROM published.address LIMIT 1) || '%' ORDER BY code
""")
#: Layer of the GeoPackage -> published view.
VIEWS: Final = {
    "行政区划": "division_area", "道路": "road", "门牌": "address", "地名": "place", "助餐点": "meal_point",
    "公墓": "cemetery", "公墓范围": "cemetery_area", "界线": "boundary_line", "界桩（取整位置）": "boundary_marker",
}  # fmt: skip


def roads(db: Session) -> list[shapely.Geometry]:
    """The road network as pale ground for a map."""
    return [shapely.from_wkb(bytes(row.shape)) for row in db.execute(_ROADS)]


def towns(db: Session) -> list[Thing]:
    """Areas of the district's townships, as ground with names."""
    return [Thing(_shape(row), row.name) for row in db.execute(_TOWNS)]


def meal_themes(db: Session) -> list[Theme]:
    """Meal points (助餐点) by state."""
    rows = db.execute(_MEAL_POINTS).all()
    return [
        Theme(label, colour, [_meal(row) for row in rows if row.state == state], outline)
        for state, label, colour, outline in reversed(_MEALS)
    ]


def cemetery_themes(db: Session) -> list[Theme]:
    """Cemeteries (公墓): outlines, then those with free places and those without."""
    rows = db.execute(_CEMETERIES).all()
    areas = [Thing(_shape(row), row.name, {"类别": row.category}) for row in db.execute(_AREAS)]
    return [
        Theme("公墓范围", "#6E8577", areas),
        Theme("没有空余穴位", "#55606D", [_cemetery(row) for row in rows if not row.free], outline=True),
        Theme("有空余穴位", "#4E7A63", [_cemetery(row) for row in rows if row.free]),
    ]


def write_package(
    db: Session, file: Path, said: str = "", progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, int]:
    """Every published layer into one GeoPackage (CGCS2000), for any GIS; gives rows by layer.

    Positions of boundary markers are as rounded as everywhere in public.

    Args:
        db: the unit of work.
        file: where to.
        said: what must stand on a map of it (source, 审图号, 示例数据), kept as the layers' description.
        progress: told (done, total) layers.
    """
    unfinished = file.with_name(file.name + ".part.gpkg")
    unfinished.unlink(missing_ok=True)
    try:
        written = {}
        for done, (layer, view) in enumerate(VIEWS.items(), 1):
            written[layer] = _write(db, view, layer, unfinished, said)
            progress(done, len(VIEWS))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return {layer: rows for layer, rows in written.items() if rows}


def _write(db: Session, view: str, layer: str, file: Path, said: str) -> int:
    frame: Any = geopandas.read_postgis(
        f"SELECT * FROM published.{view} WHERE geom IS NOT NULL",  # noqa: S608 - our own names
        db.connection(), geom_col="geom", crs="EPSG:4490",
    )  # fmt: skip
    if not frame.empty:
        frame.to_file(file, layer=layer, driver="GPKG", engine="pyogrio", layer_options={"DESCRIPTION": said})
    return len(frame)


def _meal(row: Any) -> Thing:
    facts = {
        "类型": row.tier, "供餐": row.hours, "60 岁中餐": _yuan(row.lunch_60), "80 岁中餐": _yuan(row.lunch_80),
        "每日供餐能力": f"{row.per_day} 份" if row.per_day else "", "地址": row.address_text, "电话": row.phone,
        "说明": "示例数据" if row.made_up else "",
    }  # fmt: skip
    return Thing(_shape(row), row.name, facts)


def _cemetery(row: Any) -> Thing:
    facts = {
        "类别": row.category, "穴位": f"{row.total}，空余 {row.free}" if row.total else "未登记",
        "最低价格": _yuan(row.price_from), "民政审批": row.approval, "地址": row.address_text, "电话": row.phone,
        "说明": "示例数据" if row.made_up else "",
    }  # fmt: skip
    return Thing(_shape(row), row.name, facts)


def _shape(row: Any) -> shapely.Geometry:
    return shapely.from_wkb(bytes(row.shape))


def _yuan(price: Any) -> str:
    return "" if price is None else f"{float(price):g} 元"
