"""GeoPackage and Shapefile out, through GDAL."""

from __future__ import annotations

import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from pyogrio.errors import DataSourceError, FeatureError, FieldError, GeometryError

from geo.files.fieldnames import short_names
from geo.files.outgoing import NOTICE_COLUMN, Outgoing, as_cell
from geo.problems import BadInput, Unavailable

_ERRORS = (DataSourceError, FeatureError, FieldError, GeometryError, ValueError)
_NOTICE = "说明"  # 数据说明 is two bytes too long for a Shapefile's field name
_MOST_TEXT = 254
_EPSG = {"wgs84": "EPSG:4326", "cgcs2000": "EPSG:4490"}
_FAMILY = {"Point": "Point", "MultiPoint": "MultiPoint", "LineString": "MultiLineString",
           "LinearRing": "MultiLineString", "MultiLineString": "MultiLineString", "Polygon": "MultiPolygon",
           "MultiPolygon": "MultiPolygon"}  # fmt: skip


def write_geopackage(out: Outgoing, path: Path) -> None:
    """Write one layer with its CRS; the notice stands in the layer's metadata.

    Raises:
        BadInput: the geometry is in GCJ-02 or BD-09, which no CRS code names.
    """
    cells = {name: list(values) for name, values in out.columns.items()}  # type: ignore[call-overload]
    notice = {"NOTICE": out.notice, "DESCRIPTION": out.notice} if out.notice else None
    _write(out, path, cells, driver="GPKG", layer=out.layer, layer_metadata=notice)


def write_shapefile(out: Outgoing, path: Path) -> None:
    """Write ``.shp`` with its parts, or all of them in one zip; field names are cut to ten characters.

    Raises:
        BadInput: rows with geometry of different kinds, which one Shapefile cannot hold.
    """
    encoding = "GB18030" if out.encoding == "gb18030" else "UTF-8"
    cells = {_NOTICE if name == NOTICE_COLUMN else name: v for name, v in out.cells(with_wkt=False).items()}
    _refuse_long_text(cells, encoding)
    named = dict(zip(short_names(list(cells), encoding), cells.values(), strict=True))
    if path.suffix.lower() != ".zip":
        _write(out, path, named, driver="ESRI Shapefile", encoding=encoding)
        return
    with tempfile.TemporaryDirectory(prefix="diming-shp-") as folder:
        _write(out, Path(folder) / f"{path.stem}.shp", named, driver="ESRI Shapefile", encoding=encoding)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)


def _refuse_long_text(cells: dict[str, list[object]], encoding: str) -> None:
    """GDAL would cut longer text in silence."""
    for name, values in cells.items():
        for row, value in enumerate(values, 1):
            if isinstance(value, str) and len(value) > _MOST_TEXT // 4:
                size = len(value.encode(encoding, "replace"))
                if size > _MOST_TEXT:
                    raise BadInput(
                        f"第 {row} 个要素的“{name}”有 {size} 字节，超过 Shapefile 的上限 {_MOST_TEXT} 字节。",
                        "请导出为 GeoPackage 或 GeoJSON。", code="file.text-too-long",
                    )  # fmt: skip


def _write(out: Outgoing, path: Path, cells: dict[str, list[object]], *, driver: str, **options: Any) -> None:
    geometry_type, wkb = _geometry(out, one_kind=driver == "ESRI Shapefile")
    fields = [_typed(values) for values in cells.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pyogrio.raw.write(
                str(path), geometry=wkb, field_data=[data for data, _ in fields], fields=np.array(list(cells)),
                field_mask=[mask for _, mask in fields], driver=driver, geometry_type=geometry_type,
                crs=_definition(out), promote_to_multi=geometry_type.startswith("Multi"), **options,
            )  # fmt: skip
        except _ERRORS as error:
            raise Unavailable(
                f"写不了“{path.name}”。",
                f"请检查磁盘空间，或导出为 CSV（原因：{str(error)[:80]}）。",
                code="file.unwritable",
            ) from None


def _definition(out: Outgoing) -> str:
    if out.crs.name in {"gcj02", "bd09"}:
        raise BadInput(
            f"{out.crs.title} 没有坐标系代码，不能写入这种格式。", "请用 --datum cgcs2000，或导出为 CSV。",
            code="file.datum",
        )  # fmt: skip
    return out.crs.definition or _EPSG[out.crs.name]


def _geometry(out: Outgoing, *, one_kind: bool) -> tuple[str, Any]:
    if out.geometry is None:
        shapes = np.full(out.count, None, dtype=object)
        return "Point" if one_kind else "Unknown", shapely.to_wkb(shapes)
    kinds = {_FAMILY.get(shape.geom_type, "Unknown") for shape in out.geometry if shape is not None}
    if len(kinds) > 1 or "Unknown" in kinds:
        if one_kind:
            raise BadInput(
                "Shapefile 不能同时存放点、线、面。",
                "请导出为 GeoPackage 或 GeoJSON。",
                code="file.mixed-geometry",
            )
        return "Unknown", shapely.to_wkb(out.geometry)
    return next(iter(kinds), "Point"), shapely.to_wkb(out.geometry)


def _typed(values: list[object]) -> tuple[Any, Any]:
    """Cells as an array GDAL can write, and which of them are empty; mixed columns become text."""
    empty = np.array([value is None for value in values], dtype=bool)
    filled = [value for value in values if value is not None]
    if filled and all(isinstance(value, bool | np.bool_) for value in filled):
        return np.array([bool(value) for value in values]), empty
    if filled and all(isinstance(value, int | np.integer) for value in filled):
        return np.array([0 if value is None else value for value in values], dtype=np.int64), empty
    if filled and all(isinstance(value, int | float | np.number) for value in filled):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64), empty
    texts = np.array([None if value is None else as_cell(value) for value in values], dtype=object)
    return texts, None
