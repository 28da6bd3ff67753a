"""Write one table to a file of any of the formats; a failed export leaves nothing behind."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo.crs import system
from geo.files.outgoing import Outgoing
from geo.files.read import format_of
from geo.files.write_csv import write_csv
from geo.problems import BadInput, Unavailable

# Loaded by name when first used: the map libraries take a second, and the reading process needs none of them.
_WRITERS = {
    "csv": ("geo.files.write_csv", "write_csv"),
    "xlsx": ("geo.files.write_workbook", "write_workbook"),
    "geojson": ("geo.files.write_geojson", "write_geojson"),
    "gpkg": ("geo.files.write_vector", "write_geopackage"),
    "shp": ("geo.files.write_vector", "write_shapefile"),
}


def write_table(
    path: str | Path,
    columns: Mapping[str, Sequence[object]],
    *,
    geometry: NDArray[np.object_] | None = None,
    crs: str | int = "cgcs2000",
    notice: str | None = None,
    layer: str | None = None,
    encoding: str = "utf-8-sig",
) -> None:
    """Write columns, and geometry where the format can hold it, to the file whose ending tells the format.

    The file appears whole or not at all: it is written beside its place and then renamed. Text that a
    spreadsheet would run as a formula is written as text. A Shapefile is written as its parts, or as one zip
    when the path ends in ``.zip``. ``-`` writes CSV to standard output.

    Args:
        path: where to; an existing file is replaced.
        columns: header -> cells of equal count; None is an empty cell, numbers and booleans keep their type in
            formats that have types.
        geometry: shapely geometries, one a row. CSV and XLSX hold it as a WKT column ``geometry``.
        crs: the system the geometry is in; GeoJSON accepts only degrees (its standard means WGS 84).
        notice: a sentence that must travel with the data, such as 示例数据; where it goes depends on the
            format: an own last column 数据说明 in CSV, XLSX and Shapefile, the metadata of a GeoPackage and
            the member ``notice`` of a GeoJSON.
        layer: sheet or layer name.
        encoding: of CSV and Shapefile text: ``utf-8-sig`` (opens rightly in Excel), ``utf-8`` or ``gb18030``.

    Raises:
        BadInput: columns of different length, an unknown ending or encoding, a system the format cannot hold.
        Unavailable: the disk does not take it.
    """
    if encoding not in {"utf-8", "utf-8-sig", "gb18030"}:
        raise BadInput(
            f"不支持编码“{encoding}”。", "请用 utf-8、utf-8-sig 或 gb18030。", code="file.encoding"
        )
    counts = {len(cells) for cells in columns.values()} | ({len(geometry)} if geometry is not None else set())
    if len(counts) > 1:
        raise BadInput("各列的行数不一致。", "每一列都要有相同的行数。", code="file.columns")
    out = Outgoing(
        dict(columns), geometry, system(crs), notice, layer or "data", encoding, max(counts, default=0)
    )
    if str(path) == "-":
        write_csv(out, sys.stdout.buffer)
        return
    _write_whole(Path(path), format_of(path), out)


def _write_whole(path: Path, format_: str, out: Outgoing) -> None:
    if not path.parent.is_dir():
        raise BadInput(
            f"文件夹“{path.parent}”不存在。", "请先建立文件夹，或改用别的位置。", code="file.folder"
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".diming-write-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            module, function = _WRITERS[format_]
            getattr(import_module(module), function)(out, made)
            for part in sorted(Path(folder).iterdir()):
                _publish(part, path.parent / part.name)
    except OSError as error:
        raise Unavailable(
            f"写不了文件“{path.name}”（{error.strerror}）。",
            "请检查磁盘空间和文件夹的写入权限。",
            code="file.unwritable",
        ) from None


def _publish(part: Path, place: Path) -> None:
    """Put a finished file in its place in one step, with the rights that new files have here."""
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
    part.replace(place)
