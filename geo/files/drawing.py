"""Read a DXF drawing (制图文件), the form in which surveyors hand in lines and areas, through GDAL.

A drawing states no reference system. Its texts are in UTF-8 or GB18030 and its header often says something else, so the
encoding is told from the bytes, as for every other text file.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import pyogrio

from geo.files.encoding import decode
from geo.files.limits import Limits, check_file
from geo.files.table import LAYER, Table
from geo.files.vector import read_layer
from geo.problems import BadFile

_COLUMNS: Final = {"Layer": LAYER, "Text": "文字"}
_HEADER: Final = "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1021\n9\n$DWGCODEPAGE\n3\nUTF-8\n0\nENDSEC\n"
"""What GDAL needs to see before it follows the encoding it is told; old drawings come without."""


def read_dxf(
    path: Path, bounds: Limits, *, layer: str | None = None, strip: bool = True
) -> tuple[Table, None]:
    """The objects of a drawing with the columns 图层 and 文字; ``layer`` keeps one 图层.

    Raises:
        BadInput: a binary drawing, no drawing, damaged, no such layer.
    """
    check_file(path, bounds)
    raw = path.read_bytes()
    if raw.startswith(b"AutoCAD Binary DXF"):
        raise BadFile(
            f"“{path.name}”是二进制 DXF。",
            "请在制图软件里另存为文本格式（ASCII）的 DXF。",
            code="file.binary-dxf",
        )
    text = _text(raw, path.name)
    with tempfile.TemporaryDirectory(prefix="diming-dxf-") as folder:
        plain = Path(folder) / path.name
        plain.write_text(text if "$ACADVER" in text else _HEADER + text, "utf-8")
        pyogrio.set_gdal_config_options({"DXF_ENCODING": "UTF-8"})
        table, _ = read_layer(plain, "entities", bounds, format_="dxf", strip=strip)
    table.columns = {word: table.columns[name] for name, word in _COLUMNS.items() if name in table.columns}
    return (table if layer is None else _only(table, layer)), None


def _text(raw: bytes, name: str) -> str:
    try:
        text = decode(raw, name).text
    except BadFile:
        text = ""
    if "ENTITIES" not in text:
        raise BadFile(
            f"“{name}”不是 DXF 图，或已损坏。", "请在制图软件里另存为 DXF 后再上传。", code="file.damaged"
        )
    return text


def _only(table: Table, layer: str) -> Table:
    kept = [at for at, name in enumerate(table.column(LAYER)) if name == layer]
    if not kept:
        listed = "、".join(sorted({name for name in table.column(LAYER) if name})[:20])
        raise BadFile(f"图里没有图层“{layer}”。", f"有：{listed}。", code="file.no-layer")
    table.columns = {name: [cells[at] for at in kept] for name, cells in table.columns.items()}
    table.rows = table.rows[kept]
    table.geometry = None if table.geometry is None else table.geometry[kept]
    table.layer = layer
    return table
