"""Geometry that a form brings (表单里的几何): drawn on the map, pasted, or typed as coordinates."""

from __future__ import annotations

import re
from typing import Final, Literal

import shapely

from geo.geometry.check import check
from geo.geometry.parse import parse
from geo.problems import BadInput

Kind = Literal["point", "line", "polygon"]
_TYPES: Final[dict[Kind, tuple[str, str]]] = {
    "point": ("Point", "一个点"), "line": ("LineString", "一条线"), "polygon": ("Polygon", "一个范围"),
}  # fmt: skip
_PAIR = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d+(?:\.\d+)?)\s*$")


def drawn(text: str, kind: Kind) -> shapely.Geometry:
    """The geometry in a form's field, degrees CGCS2000: GeoJSON, WKT, or lines of ``longitude,latitude``.

    Raises:
        BadInput: nothing given, unreadable, another kind than asked, or not sound; with what to do.
    """
    word = _TYPES[kind][1]
    if not text.strip():
        raise BadInput(f"还没有画{word}。", "在地图上画，或按“经度,纬度”逐行填写。", code="geometry.missing")
    shape = _from_pairs(text, kind)
    if shape is None:
        shape = parse(text)
    if shape.geom_type != _TYPES[kind][0]:
        raise BadInput(f"这里需要{word}。", "请重新画，或换一个文件。", code="geometry.kind")
    found = check(shape)
    if found:
        raise BadInput(f"几何{found[0].evidence}。", f"{found[0].remedy}。", code=found[0].code)
    return _within(shape)


def _from_pairs(text: str, kind: Kind) -> shapely.Geometry | None:
    pairs = [_PAIR.match(line) for line in text.strip().splitlines() if line.strip()]
    if not all(pairs):
        return None
    points = [(float(m[1]), float(m[2])) for m in pairs if m]
    least = {"point": 1, "line": 2, "polygon": 3}[kind]
    if len(points) < least:
        raise BadInput(f"至少要 {least} 个点，现在有 {len(points)} 个。", "请补上。", code="geometry.points")
    if kind == "point":
        return shapely.Point(points[0])
    return shapely.LineString(points) if kind == "line" else shapely.Polygon(points)


def _within(shape: shapely.Geometry) -> shapely.Geometry:
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise BadInput("坐标不是经纬度。", "请先转为 CGCS2000 经纬度再填。", code="geometry.degrees")
    return shape
