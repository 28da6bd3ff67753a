"""The position of a proposal from a map file (位置图形文件): GeoJSON, KML, GeoPackage, zipped Shapefile, any datum they state."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import convert, system
from geo.files import Table, read_table
from geo.problems import BadFile

Draw = Literal["point", "line", "polygon"]
_WORDS: Final = {"point": "点", "line": "线", "polygon": "面"}
_DEGREE: Final = 1e-7
"""About a centimetre: what a drawing keeps."""
_FINE: Final = 2e-6
"""About 0.2 m: vertices nearer to the line than that are left out."""
_MOST: Final = 3000
_PLANE: Final = 1000.0
"""Numbers beyond this are metres, not degrees."""


def shape_of(path: Path, draw: Draw) -> BaseGeometry:
    """The geometry of all features of a file as one, in CGCS2000 degrees: lines put together, areas united.

    Raises:
        BadInput: the file cannot be read, has nothing of the kind, lies outside China, is too fine, or gives plane
            coordinates without saying in which system.
    """
    table = read_table(path)
    shapes = (
        []
        if table.geometry is None
        else [one for one in table.geometry if one is not None and not one.is_empty]
    )
    if not shapes:
        raise BadFile("文件里没有图形。", "检查导出时是否选中了图形，或直接在地图上画。", code="shape.none")
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    whole = _one(_in_degrees(table, flat), draw)
    west, south, east, north = whole.bounds
    if not (west >= 73 and east <= 136 and south >= 3 and north <= 54):
        raise BadFile(
            "文件里的图形不在中国范围内。", "核对坐标系，以及是不是经度在前、纬度在后。", code="shape.away"
        )
    if shapely.get_num_coordinates(whole) > _MOST:
        raise BadFile(f"图形有 {shapely.get_num_coordinates(whole)} 个折点，太细。", f"简化到 {_MOST} 个以内再上传。",
                      code="shape.fine")  # fmt: skip
    return whole


def _in_degrees(table: Table, shapes: np.ndarray) -> list[BaseGeometry]:
    stated = table.crs
    large = bool(np.nanmax(np.abs(shapely.get_coordinates(shapes))) > _PLANE)
    if large and (stated is None or not stated.projected):
        raise BadFile(
            "文件里是平面坐标，没有说明坐标系。",
            "Shapefile 请把 .prj 一起打包，或先转成经纬度再导出。",
            code="shape.plane",
        )
    source = stated.name if stated else system("cgcs2000").name

    def turned(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(convert(xy[:, 0], xy[:, 1], source, "cgcs2000"))

    return list(shapely.set_precision(shapely.transform(shapes, turned), _DEGREE))


def _one(shapes: list[BaseGeometry], draw: Draw) -> BaseGeometry:
    """What was drawn as one geometry of the kind that is asked for; a closed line counts as an area."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    points = [part for part in parts if part.geom_type == "Point"]
    lines = [part for part in parts if part.geom_type == "LineString"]
    areas = [part for part in parts if part.geom_type == "Polygon"]
    if draw == "polygon" and not areas:
        areas = [shapely.Polygon(line) for line in lines if line.is_closed and len(line.coords) > 3]
    found = {"point": points or areas or lines, "line": lines, "polygon": areas}[draw]
    if not found:
        seen = "、".join(
            word for word, some in (("点", points), ("线", lines), ("面", parts and areas)) if some
        )
        raise BadFile(
            f"需要{_WORDS[draw]}，文件里只有{seen or '别的图形'}。",
            f"导出{_WORDS[draw]}图层，或直接在地图上画。",
            code="shape.kind",
        )
    joined = shapely.union_all(found)
    if lines and found is lines:
        joined = shapely.line_merge(joined)
    slim = shapely.simplify(joined, _FINE)
    return slim if slim.is_valid and not slim.is_empty else shapely.make_valid(joined)
