"""Read one table from a file of any of the formats, told by the file's ending."""

from __future__ import annotations

from pathlib import Path

from geo.files.apart import read_apart
from geo.files.csvfile import read_csv
from geo.files.limits import Limits, check_file, limits
from geo.files.table import Table
from geo.problems import BadInput

_FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".geojson": "geojson",
    ".json": "geojson", ".gpkg": "gpkg", ".shp": "shp", ".zip": "shp", ".kml": "kml", ".dxf": "dxf",
}  # fmt: skip

_SAVE_AS = {".xls": ".xls 请另存为 .xlsx。", ".dwg": ".dwg 请在制图软件里另存为 .dxf。"}


def format_of(path: str | Path) -> str:
    """The format that a file's ending stands for; ``-`` is CSV.

    Raises:
        BadInput: the ending is none of ours.
    """
    if str(path) == "-":
        return "csv"
    ending = Path(path).suffix.lower()
    if ending not in _FORMATS:
        hint = _SAVE_AS.get(ending, "")
        raise BadInput(
            f"不支持扩展名“{ending or '（无）'}”。",
            f"{hint}可用的格式：.csv、.xlsx、.geojson、.gpkg、.kml、.dxf、.shp（或装有一个 Shapefile 的 .zip）。",
            code="file.format",
        )
    return _FORMATS[ending]


def read_table(
    path: str | Path, *, layer: str | None = None, strip: bool = True, bounds: Limits | None = None
) -> Table:
    """The table in a file, with row numbers, encoding, geometry and everything noticed.

    Workbooks and map files are parsed in a process of their own under a memory and a time limit; CSV is read here and
    is the quickest format for a file of hundreds of thousands of rows.

    Args:
        path: the file; its ending tells the format. ``-`` reads CSV from standard input.
        layer: sheet of a workbook, layer of a GeoPackage, 图层 of a drawing, where there are several.
        strip: take outer spaces off the cells; False keeps every cell exactly as given.
        bounds: other limits than those of the settings.

    Raises:
        BadInput: the file cannot be used; says which row where there is one.
        TooMuch: over a limit.
    """
    bounds = bounds or limits()
    format_ = format_of(path)
    if format_ == "csv":
        return read_csv(None if str(path) == "-" else Path(path), bounds, strip=strip)
    check_file(Path(path), bounds)
    return read_apart(Path(path), format_, bounds, {"layer": layer, "strip": strip})
