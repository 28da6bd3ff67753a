"""XLSX out: codes stay text, numbers stay numbers, nothing is a formula or a link."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xlsxwriter

from geo.files.outgoing import Outgoing, as_cell
from geo.problems import BadInput, TooMuch

_MOST_ROWS = 1_048_575
_MOST_CELL = 32_767


def write_workbook(out: Outgoing, path: Path) -> None:
    """Write one sheet with a frozen header row.

    Raises:
        TooMuch: more rows than a sheet can hold.
    """
    if out.count > _MOST_ROWS:
        raise TooMuch(
            f"共 {out.count} 行，超过一张工作表的上限 {_MOST_ROWS} 行。", "请导出为 CSV 或 GeoPackage。",
            code="file.too-many-rows",
        )  # fmt: skip
    cells = out.cells(with_wkt=True)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(_sheet_name(out.layer))
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(cells):
            sheet.write_string(0, place, name, bold)
        for line, row in enumerate(zip(*cells.values(), strict=True), 1):
            for place, value in enumerate(row):
                _write_cell(sheet, line, place, value)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool | np.bool_):
        sheet.write_boolean(line, place, bool(value))
    elif isinstance(value, int | float | np.number):
        if np.isfinite(float(value)):
            sheet.write_number(line, place, value)
    elif text := as_cell(value):
        if len(text) > _MOST_CELL:
            raise BadInput(
                f"第 {line + 1} 行有一个单元格超过 {_MOST_CELL} 个字符，XLSX 存不下。", "请导出为 GeoPackage 或 CSV。",
                code="file.text-too-long",
            )  # fmt: skip
        sheet.write_string(line, place, text)


def _sheet_name(layer: str) -> str:
    return "".join(mark for mark in layer if mark not in "[]:*?/\\'")[:31] or "data"
