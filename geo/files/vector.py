"""Read GeoPackage, KML and Shapefile (also zipped) through GDAL."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from geo.files.cells import doubts, without_nulls
from geo.files.limits import Limits, check_file, check_shape
from geo.files.shapefile import text_encoding, unpack_shapefile
from geo.files.shapes import sound_shapes
from geo.files.table import Column, Table
from geo.files.workbook import as_text
from geo.problems import BadFile, Finding

_GDAL_ERRORS = (
    DataSourceError,
    DataLayerError,
    FeatureError,
    FieldError,
    GeometryError,
    UnicodeDecodeError,
    ValueError,
)


def read_geopackage(
    path: Path, bounds: Limits, *, layer: str | None = None, strip: bool = True
) -> tuple[Table, str | None]:
    """One layer of a GeoPackage with its CRS as text; ``layer`` is needed where there are several.

    Raises:
        BadInput: no GeoPackage, damaged, no or several layers.
    """
    check_file(path, bounds)
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3\x00"):
            raise _damaged(path.name)
    return read_layer(path, _pick_layer(path, layer), bounds, format_="gpkg", strip=strip)


def read_shapefile(
    path: Path, bounds: Limits, *, layer: str | None = None, strip: bool = True
) -> tuple[Table, str | None]:
    """A Shapefile, given by its ``.shp`` or by a zip that holds one; Chinese attributes in UTF-8 or GB18030.

    Raises:
        BadInput: a part is missing, damaged, or several Shapefiles in one zip.
        TooMuch: a zip bomb, or over a limit.
    """
    check_file(path, bounds)
    with tempfile.TemporaryDirectory(prefix="diming-shp-") as folder:
        shp = unpack_shapefile(path, Path(folder), bounds) if path.suffix.lower() == ".zip" else path
        encoding, findings = text_encoding(shp)
        table, crs = read_layer(shp, None, bounds, encoding=encoding, format_="shp", strip=strip)
    table.encoding = encoding
    table.findings += findings
    return table, crs


def read_kml(
    path: Path, bounds: Limits, *, layer: str | None = None, strip: bool = True
) -> tuple[Table, str | None]:
    """One layer of a KML file, as map apps save what was drawn; ``layer`` is needed where there are several.

    Raises:
        BadInput: no KML, damaged, no or several layers.
    """
    check_file(path, bounds)
    with path.open("rb") as file:
        if b"<kml" not in file.read(4096):
            raise _damaged(path.name)
    return read_layer(path, _pick_layer(path, layer), bounds, format_="kml", strip=strip)


def _pick_layer(path: Path, layer: str | None) -> str:
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
    except _GDAL_ERRORS:
        raise _damaged(path.name) from None
    if layer is None and len(names) == 1:
        return names[0]
    if layer not in names:
        listed = "、".join(names[:20]) or "没有"
        raise BadFile(f"“{path.name}”里的图层有：{listed}。", "请指定要读取的图层名。", code="file.no-layer")
    return str(layer)


def read_layer(
    path: Path, layer: str | None, bounds: Limits, *, format_: str, strip: bool, encoding: str | None = None
) -> tuple[Table, str | None]:
    """One layer of a file of GDAL's with its CRS as text.

    Raises:
        BadInput: damaged, or without features.
        TooMuch: over a limit.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            info = pyogrio.read_info(path, layer=layer)
            check_shape(len(info["fields"]), max(int(info["features"]), 0), bounds)
            meta, _, wkb, data = pyogrio.raw.read(
                path, layer=layer, encoding=encoding, force_2d=True, datetime_as_string=True,
                max_features=bounds.rows + 1,
            )  # fmt: skip
        except _GDAL_ERRORS:
            raise _damaged(path.name) from None
    count = len(wkb) if wkb is not None else len(data[0]) if data else 0
    check_shape(0, count, bounds)
    if not count:
        raise BadFile(f"“{path.name}”里没有要素。", "请检查导出是否完成。", code="file.no-rows")
    return _table(meta, wkb, data, count, bounds, format_, layer, strip=strip), meta.get("crs")


def _table(
    meta: dict[str, Any], wkb: Any, data: list[Any], count: int, bounds: Limits, format_: str, layer: str | None, *,
    strip: bool,
) -> Table:  # fmt: skip
    rows = np.arange(1, count + 1)
    columns = {str(name): _column(cells, strip) for name, cells in zip(meta["fields"], data, strict=True)}
    findings = [
        finding for name, cells in columns.items() for finding in doubts(name, cells, rows.tolist(), bounds)
    ]
    columns = {name: without_nulls(cells) for name, cells in columns.items()}
    geometry = _shapes(wkb, rows, findings, bounds) if wkb is not None else None
    return Table(columns, rows, format_, geometry=geometry, findings=findings, layer=layer)


def _shapes(wkb: Any, rows: np.ndarray, findings: list[Finding], bounds: Limits) -> np.ndarray:
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    for index in np.flatnonzero(shapely.is_missing(shapes)):
        if wkb[index] is not None:
            row = int(rows[index])
            findings.append(
                Finding(
                    "geometry.unreadable",
                    "block",
                    f"第 {row} 个要素",
                    "几何数据已损坏",
                    "请修正后重新导出",
                    row=row,
                )
            )
    return sound_shapes(np.asarray(shapes, dtype=object), rows, findings, bounds)


def _column(cells: Any, strip: bool) -> Column:
    """Values as text; the numbers that GDAL widened to floats because of empty cells lose their ``.0`` again."""
    if cells.dtype == object:
        texts = [cell if isinstance(cell, str) else _odd_text(cell) for cell in cells]
    elif cells.dtype.kind == "f":
        texts = ["" if np.isnan(cell) else as_text(float(cell)) for cell in cells]
    else:
        texts = [as_text(cell) for cell in cells.tolist()]
    if strip:
        return [text.strip() or None for text in texts]
    return [text or None for text in texts]


def _odd_text(cell: Any) -> str:
    return cell.hex() if isinstance(cell, bytes) else as_text(cell)


def _damaged(name: str) -> BadFile:
    return BadFile(
        f"“{name}”已损坏，或不是该扩展名所说的格式。", "请用地图软件重新导出。", code="file.damaged"
    )
