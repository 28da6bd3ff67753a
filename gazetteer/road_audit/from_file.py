"""A road network from a map file (GeoJSON, GeoPackage, Shapefile) as the audit reads it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from gazetteer.road_audit.model import Segment
from geo.files import Table, read_table
from geo.problems import BadInput

_NAMES: Final = ("道路名称", "路名", "街路巷名称", "名称", "name")
_CLASSES: Final = ("道路等级", "等级", "道路类型", "highway", "road_class")
_TOWNS: Final = ("区划代码", "division", "乡镇街道", "镇街", "township")
_APART: Final = re.compile(r"[;；/]")


def segments_of(path: Path | str) -> list[Segment]:
    """The lines of a file with their names and classes; a feature without a line is left out.

    A name may be a list (``['人民路', '解放路']`` or ``人民路;解放路``): then the line carries each of them.

    Raises:
        BadInput: the file has no lines, or no column with the road's class.
    """
    table = read_table(Path(path))
    name, town = _column(table, _NAMES), _column(table, _TOWNS)
    kind = _column(table, _CLASSES)
    if table.geometry is None or kind is None:
        raise BadInput(
            "文件里没有道路的线，或没有道路等级这一列。",
            f"等级的列名可以是：{'、'.join(_CLASSES)}。",
            code="audit.file",
        )
    empty = [None] * len(table)
    rows = zip(table.geometry, name or empty, kind, town or empty, strict=True)
    return [
        Segment(number, line, names_in(said or ""), "", (_listed(level or "") or [""])[0], place or "")
        for number, (line, said, level, place) in enumerate(rows, start=1)
        if line is not None and line.geom_type in ("LineString", "MultiLineString")
    ]


def names_in(text: str) -> tuple[str, ...]:
    """The names that one cell states, each once, in order."""
    return tuple(dict.fromkeys(n.strip() for n in _listed(text) if n.strip() and n.strip() != "nan"))


def _listed(text: str) -> list[str]:
    if text.startswith("[") and text.endswith("]"):
        try:
            return [str(part) for part in ast.literal_eval(text)]
        except (SyntaxError, ValueError):
            return [text]
    return _APART.split(text)


def _column(table: Table, names: tuple[str, ...]) -> list[str | None] | None:
    return next((table.columns[name] for name in names if name in table.columns), None)
