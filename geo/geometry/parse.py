"""Geometry from the text people give: WKT (with or without SRID) or a GeoJSON geometry."""

from __future__ import annotations

import re
import warnings

import shapely

from geo.problems import BadInput

_SRID = re.compile(r"\s*SRID=\d+;", re.IGNORECASE)
_MOST_CHARS = 20_000_000


def parse(text: str) -> shapely.Geometry:
    """The geometry that a text describes, in two dimensions.

    Raises:
        BadInput: neither WKT nor GeoJSON, empty, or with coordinates that are no finite numbers.
    """
    if len(text) > _MOST_CHARS:
        raise BadInput("几何文字过长。", "请简化后重新导出。", code="geometry.too-large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shape = _read(text.strip())
    if shape is None or shape.is_empty:
        raise BadInput(
            f"“{text.strip()[:40]}”不是有效的几何。", "请使用 WKT（如 POINT(121.2 28.6)）或 GeoJSON 几何。",
            code="geometry.unreadable",
        )  # fmt: skip
    flat = shapely.force_2d(shape)
    if not all(map(_finite, shapely.get_coordinates(flat).ravel().tolist())):
        raise BadInput("几何里有不是数字的坐标。", "请改正后重新提供。", code="geometry.not-finite")
    return flat


def _read(text: str) -> shapely.Geometry | None:
    if text.startswith("{"):
        return shapely.from_geojson(text, on_invalid="ignore")
    return shapely.from_wkt(_SRID.sub("", text, count=1), on_invalid="ignore")


def _finite(value: float) -> bool:
    return abs(value) < float("inf")  # also False for NaN
