"""Where the doors of a street are, as a form brings it (各门的位置): coordinates, points clicked on the map, files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import shapely
from fastapi import UploadFile

from api.desks.numbers.forms import place_of
from gazetteer.numbering.doors_file import doors_of_file
from gazetteer.numbering.ground import Ground
from gazetteer.numbering.street import entrances_of
from geo.files.limits import check_size
from geo.problems import BadInput, Problem

MOST_POINTS = 2000
MOST_BYTES = 8 * 2**20
Places = list[tuple[float, float]]


def doors_given(
    text: str, file: UploadFile | None, ground: Ground, *, datum: str = "", layer: str = ""
) -> Places:
    """Longitude and latitude of each door: from a file where one came, else from the field.

    Points are doors, each corner of a line drawn on the map is a door, and a building's door is its place nearest to the
    road. ``datum`` and ``layer`` are what the officer said of the file.

    Raises:
        WhichLayer: a drawing leaves open which of its layers is meant.
        BadInput: something cannot be read, with the line it stands on; or there are too many.
    """
    if file is not None and file.filename:
        found = _of_file(file, ground, datum, layer)
    elif text.lstrip().startswith("{"):
        found = _of_shapes(_shapes(text.encode()), ground)
    else:
        found = _of_lines(text)
    # A double click that ends a line may leave its last corner twice.
    found = list(dict.fromkeys(found))
    if len(found) > MOST_POINTS:
        raise BadInput(f"有{len(found)}个门，一次最多{MOST_POINTS}个。", "分段办理。", code="street.points")
    return found


def _of_file(file: UploadFile, ground: Ground, datum: str, layer: str) -> Places:
    name = Path((file.filename or "").replace("\\", "/")).name
    content = file.file.read(MOST_BYTES + 1)
    check_size(name, len(content), MOST_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"doors{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return _of_shapes(doors_of_file(path, said=datum, layer=layer), ground)


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


def _of_shapes(shapes: Iterable[shapely.Geometry], ground: Ground) -> Places:
    found: Places = []
    for shape in shapes:
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
            "各门的位置不是 GeoJSON。", "每行写一个“经度,纬度”，或在地图上点。", code="street.points"
        ) from wrong
    return [part for shape in whole for part in shapely.get_parts(shape) if not part.is_empty]


def _geometries(told: Any) -> list[Any]:
    """Geometries of a collection, a feature or a bare geometry."""
    if told.get("type") == "FeatureCollection":
        return [feature["geometry"] for feature in told["features"] if feature.get("geometry")]
    return [told["geometry"] if told.get("type") == "Feature" else told]
