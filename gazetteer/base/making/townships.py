"""Changes of townships (乡镇街道) 2014-2023, from the yearly lists of the ministry as tabulated by areacodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from gazetteer.base.rows import Change

_COLUMNS = ("原区划代码", "原名称", "变更原因", "现区划代码", "现名称", "批准文件")


def township_changes(source: Path) -> list[Change]:
    """One row for each old and new township that stand in one line (cells joined over lines are read out)."""
    book = CalamineWorkbook.from_path(str(source / "divisions" / "sub-county-diff.xlsx"))
    rows = [row for name in book.sheet_names for row in _sheet(book.get_sheet_by_name(name), int(name))]
    return sorted(set(rows), key=lambda r: (r.code, r.year, r.successor))


def _sheet(sheet: Any, year: int) -> Iterator[Change]:
    grid = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in range(top, min(bottom, len(grid) - 1) + 1):
            for column in range(left, right + 1):
                grid[row][column] = grid[top][left]
    head = next(i for i, row in enumerate(grid) if "原区划代码" in row)
    at = [grid[head].index(name) for name in _COLUMNS]
    for row in grid[head + 1 :]:
        old, old_name, reason, new, new_name, document = (_text(row[i]) for i in at)
        if (
            re.fullmatch(r"\d{9}", old)
            and old_name
            and (new or not new_name)
            and (old, old_name) != (new, new_name)
        ):
            heir = f"{new}000" if re.fullmatch(r"\d{9}", new) else ""
            yield Change(
                f"{old}000", old_name, 4, "", 0, year, heir, new_name if heir else "", document, reason
            )


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    return re.sub(r"\s+", "", str(cell)) if isinstance(cell, str) else ""
