"""The position of a proposal from a map file (位置图形文件): GeoJSON, KML, DXF, GeoPackage, zipped Shapefile, in any datum."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.files import read_table
from geo.files.degrees import demand_china, in_degrees
from geo.files.layers import drawing_bounds, keep_one_layer
from geo.problems import BadFile

Draw = Literal["point", "line", "polygon"]
_WORDS: Final = {"point": "点", "line": "线", "polygon": "面"}
_FINE: Final = 2e-6
"""About 0.2 m: vertices nearer to the line than that are left out."""
_MOST: Final = 3000


def shape_of(path: Path, draw: Draw, *, said: str = "", layer: str = "") -> BaseGeometry:
    """The geometry of all features of a file as one, in CGCS2000 degrees: lines put together, areas united.

    Args:
        path: the file.
        draw: the kind of geometry that is wanted.
        said: the reference system that the officer chose; it goes before what the file states. Empty: what the file
            states, and for degrees without a statement CGCS2000.
        layer: the one 图层 of a drawing.

    Raises:
        WhichLayer: a drawing leaves open which of its layers is meant.
        BadInput: the file cannot be read, has nothing of the kind, lies outside China, is too fine, or gives plane
            coordinates while nobody says in which system.
    """
    table = read_table(path, layer=layer or None, bounds=drawing_bounds())
    if table.format == "dxf" and not layer:
        keep_one_layer(
            table, lambda one: bool(_of_kind(_parts([one]), draw)), _WORDS[draw], "选出申请位置所在的图层。"
        )
    whole = _one(in_degrees(table, said), draw)
    demand_china(whole.bounds)
    if shapely.get_num_coordinates(whole) > _MOST:
        raise BadFile(f"图形有 {shapely.get_num_coordinates(whole)} 个折点，太细。", f"简化到 {_MOST} 个以内再上传。",
                      code="shape.fine")  # fmt: skip
    return whole


def _parts(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Single points, lines and areas, also those that stand in a collection (a block of a drawing)."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    return [one for part in parts for one in shapely.get_parts(part)]


def _of_kind(parts: list[BaseGeometry], draw: Draw) -> list[BaseGeometry]:
    """Those of the kind that is asked for; a closed line counts as an area."""
    kinds = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
    points, lines, areas = ([p for p in parts if p.geom_type == kind] for kind in kinds.values())
    if draw == "polygon" and not areas:
        areas = [shapely.Polygon(line) for line in lines if line.is_closed and len(line.coords) > 3]
    return {"point": points or areas or lines, "line": lines, "polygon": areas}[draw]


def _one(shapes: list[BaseGeometry], draw: Draw) -> BaseGeometry:
    """What was drawn as one geometry of the kind that is asked for."""
    parts = _parts(shapes)
    found = _of_kind(parts, draw)
    if not found:
        there = {part.geom_type for part in parts}
        words = (("Point", "点"), ("LineString", "线"), ("Polygon", "面"))
        seen = "、".join(word for kind, word in words if kind in there)
        raise BadFile(
            f"需要{_WORDS[draw]}，文件里只有{seen or '别的图形'}。",
            f"导出{_WORDS[draw]}图层，或直接在地图上画。",
            code="shape.kind",
        )
    joined = shapely.union_all(found)
    if draw == "line":
        joined = shapely.line_merge(joined)
    slim = shapely.simplify(joined, _FINE)
    return slim if slim.is_valid and not slim.is_empty else shapely.make_valid(joined)
