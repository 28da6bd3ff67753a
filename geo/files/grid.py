"""From rows of cells to a table: headers made unique, ragged rows found, empty rows passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from geo.files.cells import clean, doubts, unguard, without_nulls
from geo.files.limits import Limits, check_shape
from geo.files.table import Column, Table
from geo.problems import BadFile, Finding

Row = Sequence[str]
_SHOWN = 50


def table_from_rows(
    rows: Sequence[Row], numbers: list[int], format_: str, bounds: Limits, *, header_row: int, strip: bool
) -> Table:
    """A table whose first row is the header; all columns as wide as the header.

    Args:
        rows: header first, then the data rows without the empty ones.
        numbers: the row number of each of ``rows`` as a person counts it.
        header_row: number of the header row, for messages.

    Raises:
        BadInput: no header, or a header without data.
        TooMuch: too many columns or rows.
    """
    findings: list[Finding] = []
    headers = _headers(rows[0], findings, header_row)
    check_shape(len(headers), len(rows) - 1, bounds)
    if len(rows) < 2:
        raise BadFile("文件只有表头，没有数据。", "请检查导出是否完成。", code="file.no-rows")
    body, kept = _even(rows, numbers, len(headers), findings)
    columns = _columns(headers, body, kept, findings, bounds, strip=strip)
    return Table(columns, np.array(kept, dtype=np.int64), format_, findings=findings)


def _headers(cells: Row, findings: list[Finding], row: int) -> list[str]:
    """Names of the columns: unnamed ones are numbered, repeated ones get a number and are reported."""
    width = max((index for index, cell in enumerate(cells, 1) if cell.strip()), default=0)
    if not width:
        raise BadFile(f"第 {row} 行没有列名。", "请在第一行写上列名。", code="file.no-header")
    names = [
        " ".join(cell.replace("\x00", "").split())[:200] or f"第{index}列"
        for index, cell in enumerate(cells, 1)
    ]
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for name in names[: max(width, len(cells))]:
        seen[name] += 1
        fresh = name if seen[name] == 1 else f"{name}({seen[name]})"
        unique.append(fresh if fresh not in unique[-50:] else f"{name}[{len(unique) + 1}]")
    for name, count in seen.items():
        if count > 1:
            findings.append(
                Finding("columns.duplicate", "warn", f"第 {row} 行", f"列名“{name}”出现了 {count} 次",
                        f"后面的列改称“{name}（2）”等，请用 --map 指定要用哪一列", row=row)
            )  # fmt: skip
    return unique


def _even(
    rows: Sequence[Row], numbers: list[int], width: int, findings: list[Finding]
) -> tuple[list[Row], list[int]]:
    """Every data row at the header's width; rows that are shorter or longer get a finding each."""
    body: list[Row] = []
    ragged = 0
    for row, number in zip(rows[1:], numbers[1:], strict=True):
        if len(row) == width:
            body.append(row)
            continue
        ragged += 1
        if ragged <= _SHOWN:
            findings.append(_ragged(len(row), width, number, tail="".join(row[width:]).strip()))
        body.append([*row[:width], *[""] * (width - len(row))])
    if ragged > _SHOWN:
        findings.append(
            Finding(
                "row.ragged", "block", "", f"另有 {ragged - _SHOWN} 行的列数与表头不符", "请检查分隔符和引号"
            )
        )
    return body, numbers[1:]


def _ragged(count: int, width: int, row: int, *, tail: str) -> Finding:
    if count > width and not tail:
        return Finding("row.ragged", "inform", f"第 {row} 行", "行末有多余的空列", "已忽略", row=row)
    verb = "多于" if count > width else "少于"
    return Finding(
        "row.ragged", "block", f"第 {row} 行", f"有 {count} 列，{verb}表头的 {width} 列",
        "请检查这一行是否多了或少了逗号，文字里的逗号要用引号括住", row=row,
    )  # fmt: skip


def _columns(
    headers: list[str],
    body: list[Row],
    rows: list[int],
    findings: list[Finding],
    bounds: Limits,
    *,
    strip: bool,
) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name, cells in zip(headers, zip(*body, strict=True), strict=True):
        column = clean(cells, strip=strip)
        findings.extend(doubts(name, column, rows, bounds))
        columns[name] = unguard(without_nulls(column))
    return columns
