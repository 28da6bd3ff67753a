"""Read XLSX workbooks: the first sheet with data, codes and dates as a person sees them, two-row headers joined."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, XmlError, ZipError
from python_calamine import SheetVisibleEnum as Visible

from geo.files.grid import table_from_rows
from geo.files.limits import Limits, check_file
from geo.files.sheetwatch import SheetWatch
from geo.files.table import Table
from geo.files.titles import header_index
from geo.files.zips import check_zip
from geo.problems import BadFile, Finding, TooMuch

_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!")
_SHOWN = 20
_MOST_CELLS = 80_000_000
_Merged = list[tuple[tuple[int, int], tuple[int, int]]]


def read_workbook(
    path: Path, bounds: Limits, *, layer: str | None = None, strip: bool = True
) -> tuple[Table, None]:
    """The table of one sheet; without ``layer`` the first visible sheet that holds anything.

    Numbers come as text without a trailing ``.0``, dates as ``2024-05-01``, formulas as their saved result.

    Raises:
        BadInput: no workbook, damaged, with a password, no such sheet, nothing in it.
        TooMuch: a zip bomb, or over a limit.
    """
    check_file(path, bounds)
    _refuse_old_format(path)
    watch = SheetWatch()
    check_zip(path, bounds, watch)
    sheet = _open_sheet(path, layer)
    rows, numbers = _rows(sheet, bounds)
    if not rows:
        raise BadFile(
            f"工作表“{sheet.name}”是空的。", "请把数据放在第一张工作表，或指定工作表名。", code="file.empty"
        )
    start = header_index(rows)
    rows, numbers, header_row = _join_header(rows, numbers, start, _merged(sheet))
    table = table_from_rows(rows, numbers, "xlsx", bounds, header_row=header_row, strip=strip)
    table.layer = sheet.name
    table.findings += _cell_errors(table, watch, (sheet.start or (0, 0))[1])
    if watch.formulas:
        table.findings.append(
            Finding("cell.formula", "inform", "", f"表中有 {watch.formulas} 个公式", "已按保存时的结果读取")
        )
    return table, None


def _refuse_old_format(path: Path) -> None:
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile(
            f"“{path.name}”是旧版 Excel（.xls）或设了密码的工作簿。", "请取消密码，并另存为 .xlsx 后再导入。",
            code="file.old-excel",
        )  # fmt: skip


def _open_sheet(path: Path, layer: str | None) -> CalamineSheet:
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = [
            meta.name for meta in book.sheets_metadata if meta.visible == Visible.Visible
        ] or book.sheet_names
        if layer is not None and layer not in book.sheet_names:
            raise BadFile(
                f"没有名为“{layer}”的工作表。", f"工作表有：{'、'.join(names[:20])}。", code="file.no-layer"
            )
        wanted = [layer] if layer is not None else names
        sheets = [book.get_sheet_by_name(name) for name in wanted]
    except PasswordError:
        raise BadFile(
            f"“{path.name}”设有密码。", "请取消密码后重新保存，再导入。", code="file.password"
        ) from None
    except (CalamineError, XmlError, ZipError, ValueError, OSError):
        raise BadFile(
            f"“{path.name}”不是完整的 XLSX 工作簿。",
            "请用表格软件打开并重新保存为 .xlsx。",
            code="file.damaged",
        ) from None
    return next((sheet for sheet in sheets if sheet.height), sheets[0])


def _rows(sheet: CalamineSheet, bounds: Limits) -> tuple[list[list[str]], list[int]]:
    """The filled rows as text with their numbers; columns left of the first filled one are dropped."""
    # The library lays the sheet out as a full rectangle: one cell in the far corner makes it enormous.
    too_wide, too_high = sheet.width > bounds.columns, sheet.height > bounds.rows + 100
    if too_wide or too_high or sheet.width * sheet.height > _MOST_CELLS:
        raise TooMuch(
            f"工作表有 {sheet.height} 行 {sheet.width} 列，超过上限。",
            "请删去多余的行列。",
            code="file.too-many-columns",
        )
    first = (sheet.start or (0, 0))[0] + 1
    rows, numbers = [], []
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), first):
        cells = [cell if isinstance(cell, str) else as_text(cell) for cell in row]
        if any(cells):
            rows.append(cells)
            numbers.append(number)
    return rows, numbers


def as_text(value: Any) -> str:
    """A cell's value as a person reads it: 3.0 is 3, midnight is no time, an empty cell is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _merged(sheet: CalamineSheet) -> _Merged:
    return list(sheet.merged_cell_ranges or [])


def _join_header(
    rows: list[list[str]], numbers: list[int], start: int, merged: _Merged
) -> tuple[list[list[str]], list[int], int]:
    """Two header rows (坐标 over 经度 and 纬度) become one: 坐标/经度, 坐标/纬度.

    Only where the sheet merges cells across in the header row; the next row then holds the lower level.
    """
    header, line = rows[start], numbers[start] - 1
    spans = [
        (left, right) for (top, left), (bottom, right) in merged if top == bottom == line and right > left
    ]
    if not spans or start + 1 >= len(rows) or numbers[start + 1] != numbers[start] + 1:
        return rows[start:], numbers[start:], numbers[start]
    upper = list(header)
    for left, right in spans:
        for column in range(left, min(right + 1, len(upper))):
            upper[column] = upper[column] or header[left] if left < len(header) else ""
    joined = [
        f"{over}/{under}" if over and under and over != under else (over or under)
        for over, under in zip(upper, rows[start + 1], strict=True)
    ]
    return [joined, *rows[start + 2 :]], [numbers[start], *numbers[start + 2 :]], numbers[start]


def _cell_errors(table: Table, watch: SheetWatch, first_column: int) -> list[Finding]:
    """A finding for each error cell of this sheet; where the table holds a value, the error is another sheet's."""
    index_of = {int(row): index for index, row in enumerate(table.rows)}
    found = []
    for row, column in list(watch.errors):
        place = column - first_column
        if row not in index_of or not 0 <= place < len(table.headers):
            continue
        name = table.headers[place]
        if table.columns[name][index_of[row]] in (None, *_ERRORS):
            table.columns[name][index_of[row]] = None
            found.append(
                Finding("cell.formula-error", "block", table.where(index_of[row], name), "公式出错，没有结果",
                        "请改正公式，或粘贴为数值", row=row)
            )  # fmt: skip
    return found[:_SHOWN]
