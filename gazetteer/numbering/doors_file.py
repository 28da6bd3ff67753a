"""Where the doors of a street are, from a file (门或房屋的文件): a map file, a drawing, or a sheet with 经度 and 纬度."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.files import Table, guess_columns, read_table
from geo.files.degrees import demand_china, in_degrees
from geo.files.layers import drawing_bounds, keep_one_layer
from geo.problems import BadFile

_SINGLE = ("Point", "Polygon")


def doors_of_file(path: Path, *, said: str = "", layer: str = "") -> list[BaseGeometry]:
    """Points and areas of a file, one by one, in CGCS2000 degrees; a closed line is the outline of a house.

    Args:
        path: GeoJSON, KML, DXF, GeoPackage, a zipped Shapefile, or CSV and XLSX with a column each for 经度 and 纬度.
        said: the reference system that the officer chose; it goes before what the file states.
        layer: the one 图层 of a drawing, the one layer or sheet of a file that has several.

    Raises:
        WhichLayer: a drawing leaves open which of its layers is meant.
        BadInput: the file cannot be read, has neither points nor areas, lies outside China, or gives plane coordinates
            while nobody says in which system.
    """
    table = read_table(path, layer=layer or None, bounds=drawing_bounds())
    if table.geometry is None:
        _points_of_columns(table)
    if table.format == "dxf" and not layer:
        keep_one_layer(table, lambda one: bool(_doors([one])), "点或面", "选出门或房屋所在的图层。")
    found = _doors(in_degrees(table, said))
    if not found:
        raise BadFile(
            "文件里没有门的点，也没有房屋的面。", "导出点图层或面图层，或直接在地图上点。", code="shape.kind"
        )
    demand_china(shapely.GeometryCollection(found).bounds)
    return found


def _points_of_columns(table: Table) -> None:
    """Give a sheet of coordinates its points; rows without both numbers stay without."""
    columns = guess_columns(table.headers, ("lon", "lat")).mapping
    if set(columns) != {"lon", "lat"}:
        raise BadFile(
            "表里没有经度和纬度两列。", "补上“经度”“纬度”两列，或改用地图文件。", code="street.columns"
        )
    (lon, wrong), (lat, wrong_too) = table.numbers(columns["lon"]), table.numbers(columns["lat"])
    if wrong or wrong_too:
        raise BadFile((wrong + wrong_too)[0].sentence(), "改正后再上传。", code="cell.number")
    shapes = np.full(len(table), None, dtype=object)
    whole = np.isfinite(lon) & np.isfinite(lat)
    shapes[whole] = shapely.points(lon[whole], lat[whole])
    table.geometry = shapes


def _doors(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Points and areas, also those that stand in a collection; closed lines where there are no areas."""
    parts = [one for shape in shapes for part in shapely.get_parts(shape) for one in shapely.get_parts(part)]
    found = [one for one in parts if one.geom_type in _SINGLE and not one.is_empty]
    closed = [one for one in parts if one.geom_type == "LineString" and one.is_closed and len(one.coords) > 3]
    return found or [shapely.Polygon(one) for one in closed]
