"""Read GeoJSON (RFC 7946) feature by feature, so that a broken one is named instead of silently dropped."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from geo.files.cells import doubts, without_nulls
from geo.files.encoding import decode
from geo.files.limits import Limits, check_file, check_shape
from geo.files.rings import refuse_endless
from geo.files.shapes import sound_shapes
from geo.files.table import Column, Table
from geo.problems import BadFile, Finding

_TYPES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
}  # fmt: skip


def read_geojson(
    path: Path, bounds: Limits, *, layer: str | None = None, strip: bool = True
) -> tuple[Table, str | None]:
    """The features of a FeatureCollection, a Feature or a bare geometry, and the CRS an old file may name.

    Raises:
        BadInput: no JSON, nested beyond sense, no features, or a feature that is none (with its number).
    """
    check_file(path, bounds)
    refuse_endless(path, bounds)
    document = _parse(path)
    features = _features(document)
    check_shape(0, len(features), bounds)
    columns = _columns(features, bounds, strip=strip)
    rows = np.arange(1, len(features) + 1)
    findings = [
        finding for name, cells in columns.items() for finding in doubts(name, cells, rows.tolist(), bounds)
    ]
    geometry = _geometry(features, findings)
    geometry = sound_shapes(geometry, rows, findings, bounds)
    columns = {name: without_nulls(cells) for name, cells in columns.items()}
    table = Table(columns, rows, "geojson", geometry=geometry, encoding="utf-8", findings=findings)
    return table, _stated_crs(document)


def _parse(path: Path) -> Any:
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if "recursion" in str(error).lower():
            raise BadFile(
                f"“{path.name}”嵌套过深。", "请用地图软件重新导出 GeoJSON。", code="file.nesting"
            ) from None
        decode(raw, path.name)  # names the line if the bytes are no text at all
        raise BadFile(
            f"“{path.name}”第 {error.lineno} 行不是有效的 JSON。", "请用地图软件重新导出 GeoJSON(UTF-8)。",
            code="file.json",
        ) from None  # fmt: skip


def _features(document: Any) -> list[dict[str, Any]]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection":
        features = document.get("features")
    elif kind == "Feature":
        features = [document]
    elif kind in _TYPES:
        features = [{"type": "Feature", "properties": {}, "geometry": document}]
    else:
        features = None
    if not isinstance(features, list):
        raise BadFile(
            "文件不是 GeoJSON 要素集。",
            "最外层应为 FeatureCollection，要素放在 features 里。",
            code="file.geojson",
        )
    if not features:
        raise BadFile("文件里没有要素。", "请检查导出是否完成。", code="file.no-rows")
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise BadFile(
                f"第 {number} 个要素不是有效的 Feature。",
                "请用地图软件重新导出 GeoJSON。",
                code="file.geojson",
            )
    return features


def _columns(features: list[dict[str, Any]], bounds: Limits, *, strip: bool) -> dict[str, Column]:
    """Every property that any feature has; ``id`` of the feature itself stands in if no property is called so."""
    names: dict[str, None] = {}
    for feature in features:
        names.update(dict.fromkeys(feature.get("properties") or ()))
        if len(names) > bounds.columns:
            check_shape(len(names), 0, bounds)
    columns = {
        name: [_text((feature.get("properties") or {}).get(name), strip) for feature in features]
        for name in names
    }
    if "id" not in columns and any("id" in feature for feature in features):
        columns["id"] = [_text(feature.get("id"), strip) for feature in features]
    return columns


def _text(value: Any, strip: bool) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return (value.strip() if strip else value) or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return str(value)


def _geometry(features: list[dict[str, Any]], findings: list[Finding]) -> np.ndarray:
    texts = np.empty(len(features), dtype=object)
    for index, feature in enumerate(features):
        given = feature.get("geometry")
        texts[index] = orjson.dumps(given).decode() if given is not None else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shapes = shapely.from_geojson(texts, on_invalid="ignore")
    for missing in np.flatnonzero(shapely.is_missing(shapes)):
        if texts[missing] is not None:
            findings.append(_bad_geometry(int(missing) + 1))
    return np.asarray(shapes, dtype=object)


def _bad_geometry(number: int) -> Finding:
    return Finding(
        "geometry.unreadable", "block", f"第 {number} 个要素", "几何数据的类型或坐标不对", "请用地图软件修正后重新导出",
        row=number,
    )  # fmt: skip


def _stated_crs(document: Any) -> str | None:
    """The ``crs`` member of GeoJSON 2008; today's standard is WGS 84 always, and none is stated."""
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None
