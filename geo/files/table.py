"""What a file becomes on reading: columns of text, geometry, and everything that was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geo.crs import System
from geo.problems import BadInput, Finding

Column = list[str | None]
LAYER = "图层"
"""The column of a drawing that tells on which of its layers an object lies."""


@dataclass(slots=True)
class Table:
    """One table of a file (表), column by column, so that hundreds of thousands of rows stay quick.

    Attributes:
        columns: header -> cells in the order of the file; empty cells are None. Headers are unique.
        rows: the number of each row as a person counts it in the file: the header is row 1 of a CSV or of a
            sheet (title rows count too); features of a map file are numbered from 1.
        geometry: shapely geometry of each row (None where it has none or a broken one), or None for plain tables.
        crs: the reference system that the file itself states, None if it states none.
        encoding: encoding found, for text files and Shapefiles.
        format: ``csv``, ``xlsx``, ``geojson``, ``gpkg``, ``kml``, ``shp``, ``dxf``.
        findings: what was noticed; ``block`` findings with a row mean that row must not be used.
        layer: sheet or layer name, if the format has them.
    """

    columns: dict[str, Column]
    rows: NDArray[np.int64]
    format: str
    geometry: NDArray[np.object_] | None = None
    crs: System | None = None
    encoding: str | None = None
    findings: list[Finding] = field(default_factory=list)
    layer: str | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def headers(self) -> list[str]:
        """The column names in the file's order."""
        return list(self.columns)

    def column(self, name: str) -> Column:
        """One column's cells.

        Raises:
            BadInput: the file has no such column; the message lists those it has.
        """
        if name not in self.columns:
            listed = "、".join(self.headers[:30])
            raise BadInput(f"文件里没有“{name}”这一列。", f"文件的列有：{listed}。", code="file.no-column")
        return self.columns[name]

    def where(self, index: int, name: str = "") -> str:
        """How a person finds a cell: 第 37 行 · 门牌号."""
        unit = "行" if self.format in {"csv", "xlsx"} else "个要素"
        place = f"第 {int(self.rows[index])} {unit}"
        return f"{place} · {name}" if name else place

    def numbers(self, name: str) -> tuple[NDArray[np.float64], list[Finding]]:
        """A column as floats; empty cells become NaN, cells that are no finite number NaN and a finding each."""
        cells = self.column(name)
        try:
            values = np.array([np.nan if cell is None else float(cell) for cell in cells], dtype=np.float64)
        except ValueError:
            values = np.array([_number(cell) for cell in cells], dtype=np.float64)
        bad = [index for index in np.flatnonzero(~np.isfinite(values)) if cells[index] is not None]
        values[bad] = np.nan
        return values, [self._not_a_number(int(index), name) for index in bad]

    def _not_a_number(self, index: int, name: str) -> Finding:
        seen = str(self.columns[name][index])[:40]
        return Finding(
            "cell.number", "block", self.where(index, name), f"“{seen}”不是有效的数字", "请改为数字或留空",
            row=int(self.rows[index]),
        )  # fmt: skip


def _number(cell: str | None) -> float:
    try:
        return np.nan if cell is None else float(cell)
    except ValueError:
        return np.nan
