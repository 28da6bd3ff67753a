"""Where the doors of a street are, as a form brings it (各门的位置): coordinates, points clicked on the map, buildings."""

from __future__ import annotations

from typing import Any

import orjson
import shapely
from fastapi import UploadFile

from api.desks.numbers.forms import place_of
from gazetteer.numbering.ground import Ground
from gazetteer.numbering.street import entrances_of
from geo.files.limits import check_size
from geo.problems import BadInput, Problem

MOST_POINTS = 2000
MOST_BYTES = 8 * 2**20
Places = list[tuple[float, float]]


def doors_given(text: str, file: UploadFile | None, ground: Ground) -> Places:
    """Longitude and latitude of each door: from a GeoJSON file where one came, else from the field.

    Points are doors, each corner of a drawn line is a door, and a building's door is its place nearest to the road.

    Raises:
        BadInput: something cannot be read, with the line it stands on; or there are too many.
    """
    if file is not None and file.filename:
        found = _of_geojson(_content(file), ground)
    elif text.lstrip().startswith("{"):
        found = _of_geojson(text.encode(), ground)
    else:
        found = _of_lines(text)
    # A double click that ends a line may leave its last corner twice.
    found = list(dict.fromkeys(found))
    if len(found) > MOST_POINTS:
        raise BadInput(f"有{len(found)}个门，一次最多{MOST_POINTS}个。", "分段办理。", code="street.points")
    return found


def _content(file: UploadFile) -> bytes:
    content = file.file.read(MOST_BYTES + 1)
    check_size(file.filename or "", len(content), MOST_BYTES)
    return content


def _of_lines(text: str) -> Places:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                lon, lat = place_of(line)
            except Problem as problem:
                raise BadInput(
                    f"第{number}行：{problem.sentence}", "每行写一个“经度,纬度”。", code="street.points"
                ) from problem
            if lon is not None and lat is not None:
                found.append((lon, lat))
    return found


def _of_geojson(raw: bytes, ground: Ground) -> Places:
    found: Places = []
    for shape in _shapes(raw):
        if shape.geom_type == "Polygon":
            if not ground.pieces:
                raise BadInput(
                    f"{ground.name}没有道路线形，不能从房屋推算门。", "请给出门的位置。", code="street.line"
                )
            found += [(float(lon), float(lat)) for lon, lat in entrances_of(ground.line, [shape])]
        else:
            found += [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(shape)]
    if any(not (-180 <= lon <= 180 and -90 <= lat <= 90) for lon, lat in found):
        raise BadInput("坐标不是经纬度。", "先转为 CGCS2000 经纬度再上传。", code="street.points")
    return found


def _shapes(raw: bytes) -> list[shapely.Geometry]:
    try:
        told = orjson.loads(raw)
        whole = [shapely.from_geojson(orjson.dumps(one)) for one in _geometries(told)]
    except (ValueError, AttributeError, TypeError, shapely.errors.GEOSException) as wrong:
        raise BadInput(
            "文件不是 GeoJSON。", "上传门的点或房屋的面，坐标系 CGCS2000。", code="street.file"
        ) from wrong
    return [part for shape in whole for part in shapely.get_parts(shape) if not part.is_empty]


def _geometries(told: Any) -> list[Any]:
    """Geometries of a collection, a feature or a bare geometry."""
    if told.get("type") == "FeatureCollection":
        return [feature["geometry"] for feature in told["features"] if feature.get("geometry")]
    return [told["geometry"] if told.get("type") == "Feature" else told]
