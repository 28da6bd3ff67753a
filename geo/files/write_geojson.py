"""GeoJSON out, after RFC 7946: degrees, longitude first, outer rings counterclockwise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import shapely

from geo.crs import convert
from geo.files.outgoing import Outgoing
from geo.problems import BadInput

_DECIMALS = 8  # a millimetre; more digits are noise
_STEP = 10_000


def write_geojson(out: Outgoing, path: Path) -> None:
    """Write a FeatureCollection; projected geometry is brought to degrees first.

    Raises:
        BadInput: the geometry is in an offset datum, which a GeoJSON reader would take for WGS 84.
    """
    names = list(out.columns)
    shapes = _degrees(out)
    with path.open("wb") as file:
        head = {"type": "FeatureCollection", **({"notice": out.notice} if out.notice else {})}
        file.write(orjson.dumps(head)[:-1] + b',"features":[\n')
        columns = [list(cells) for cells in out.columns.values()]  # type: ignore[call-overload]
        for start in range(0, out.count, _STEP):
            part = range(start, min(start + _STEP, out.count))
            lines = [_feature(names, [cells[index] for cells in columns], shapes[index]) for index in part]
            file.write((b",\n" if start else b"") + b",\n".join(lines))
        file.write(b"\n]}\n")


def _feature(names: list[str], values: list[object], shape: str | None) -> bytes:
    properties = {name: _plain(value) for name, value in zip(names, values, strict=True)}
    geometry = orjson.Fragment(shape) if shape is not None else None
    return orjson.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def _plain(value: object) -> object:
    if isinstance(value, float | np.floating) and not np.isfinite(value):
        return None
    if isinstance(value, np.generic):
        return value.item()
    return value if isinstance(value, str | int | float | bool | dict | list) or value is None else str(value)


def _degrees(out: Outgoing) -> list[str | None]:
    if out.geometry is None:
        return [None] * out.count
    if out.crs.name in {"gcj02", "bd09"}:
        raise BadInput(
            f"GeoJSON 按标准只能是 WGS 84 经纬度，不能用 {out.crs.title}。", "请用 --datum wgs84，或导出为 CSV。",
            code="file.geojson-datum",
        )  # fmt: skip
    shapes = out.geometry
    if out.crs.projected:
        name = out.crs.name
        shapes = shapely.transform(
            shapes, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1], name, "wgs84"))
        )
    turned = shapely.orient_polygons(shapely.force_2d(shapes))
    rounded = shapely.transform(turned, lambda xy: np.round(xy, _DECIMALS))
    texts = shapely.to_geojson(rounded)
    return [None if text is None else str(text) for text in texts]
