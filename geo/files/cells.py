"""The same cleaning for the cells of every format, a whole column at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from geo.files.limits import Limits, too_long
from geo.files.table import Column
from geo.problems import Finding

_KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d{2}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_GEOMETRY = re.compile(
    r"\s*(SRID=\d+;)?\s*(POINT|LINESTRING|POLYGON|MULTI|GEOMETRYCOLLECTION|\{)", re.IGNORECASE
)
_FORMULA_STARTS = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_SHOWN = 20


def clean(cells: Sequence[str], *, strip: bool) -> Column:
    """Cells without outer spaces (unless they are to stay as given), the empty ones None."""
    if strip:
        return [cell.strip() or None for cell in cells]
    return [cell or None for cell in cells]


def unguard(cells: Column) -> Column:
    """Cells without the armour that spreadsheets need: ``="0012"`` is 0012, ``'=x`` is =x."""
    joined = "".join(filter(None, cells))  # one search over the column is many times quicker than one a cell
    if '="' not in joined and "'" not in joined:
        return cells
    return [_unguard(cell) if cell else cell for cell in cells]


def _unguard(cell: str) -> str | None:
    if cell.startswith(_FORMULA_STARTS):
        return cell[1:]
    kept = _KEPT_AS_TEXT.fullmatch(cell)
    return (kept[1] or None) if kept else cell


def doubts(name: str, cells: Column, rows: Sequence[int], bounds: Limits) -> list[Finding]:
    """What is wrong inside a column's text: null bytes, lost characters, codes turned to 3.31E+11.

    Raises:
        BadInput: a cell is longer than the limit and holds no geometry.
    """
    _check_length(cells, rows, bounds)
    joined = "\n".join(filter(None, cells))
    found: list[Finding] = []
    for code, severity, hit, what, remedy in _TESTS:
        if not hit(joined):
            continue
        for index, cell in enumerate(cells):
            if cell and hit(cell):
                found.append(
                    Finding(
                        code, severity, f"第 {rows[index]} 行 · {name}", what, remedy, row=int(rows[index])
                    )
                )
                if len(found) >= _SHOWN:
                    break
    return found


def without_nulls(cells: Column) -> Column:
    """Cells without null bytes, which no database text can hold."""
    if "\x00" not in "".join(filter(None, cells)):
        return cells
    return [cell.replace("\x00", "") or None if cell else cell for cell in cells]


def _check_length(cells: Column, rows: Sequence[int], bounds: Limits) -> None:
    if max(map(len, filter(None, cells)), default=0) <= bounds.cell:
        return
    for index, cell in enumerate(cells):
        if cell and len(cell) > bounds.cell and not _GEOMETRY.match(cell):
            raise too_long(int(rows[index]), bounds)


_TESTS: tuple[tuple[str, str, Callable[[str], bool], str, str], ...] = (
    ("cell.null", "block", lambda text: "\x00" in text, "含有空字节（NUL）", "请用表格软件重新输入这个单元格"),
    ("cell.lost", "warn", lambda text: "\ufffd" in text, "有字符在此前的转换中已丢失（显示为 �）", "请按原件补上"),
    ("cell.private", "warn", lambda text: bool(_PRIVATE.search(text)), "含有自造字（私用区字符）",
     "请改用通用规范汉字或国标扩展字符"),
    ("cell.scientific", "warn", lambda text: "E+" in text and bool(_SCIENTIFIC.search(text)),
     "数字被表格软件改成了科学计数法，后几位可能已丢失", "请把该列设为文本格式后重新填写"),
)  # fmt: skip
