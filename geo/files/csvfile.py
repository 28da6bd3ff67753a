"""Read CSV as Chinese offices write it: any of three encodings, comma, tab or semicolon, title rows, odd quotes."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from geo.files.encoding import decode
from geo.files.grid import table_from_rows
from geo.files.limits import Limits, check_file, check_size, too_long
from geo.files.table import Table
from geo.files.titles import header_index
from geo.problems import BadFile, TooMuch

_DELIMITERS = (",", "\t", ";", "|", "\uff0c")
_CHARS_PER_VERTEX = 50


def read_csv(path: Path | None, bounds: Limits, *, strip: bool = True) -> Table:
    """The table of a CSV file, or of standard input when ``path`` is None.

    Raises:
        BadInput: no text, unknown encoding, no header, no rows; an unclosed quote, with its row.
        TooMuch: over a limit.
    """
    if path is None:
        raw, name = sys.stdin.buffer.read(bounds.bytes + 1), "标准输入"
        check_size(name, len(raw), bounds.bytes)
    else:
        check_file(path, bounds)
        raw, name = path.read_bytes(), path.name
    return parse_csv(raw, name, bounds, strip=strip)


def parse_csv(raw: bytes, name: str, bounds: Limits, *, strip: bool = True) -> Table:
    """The table in the bytes of a CSV file; see ``read_csv``."""
    if raw and not raw.strip(b"\x00\r\n"):
        raise BadFile(
            f"文件“{name}”里没有文字，只有空字节（NUL）。",
            "文件已损坏，请重新导出后再导入。",
            code="file.damaged",
        )
    decoded = decode(raw, name)
    if not decoded.text.strip("\ufeff\r\n\t ,"):
        raise BadFile(f"文件“{name}”是空的。", "请检查导出是否完成，再重新上传。", code="file.empty")
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, row in _records(decoded.text, bounds):
        if row and (row[0] or any(row)):
            rows.append(row)
            numbers.append(number)
    if not rows:
        raise BadFile(f"文件“{name}”是空的。", "请检查导出是否完成，再重新上传。", code="file.empty")
    start = header_index(rows)
    table = table_from_rows(
        rows[start:], numbers[start:], "csv", bounds, header_row=numbers[start], strip=strip
    )
    table.encoding = decoded.encoding
    return table


def _records(text: str, bounds: Limits) -> Iterator[tuple[int, list[str]]]:
    """Numbered records. A quoted line break does not start a new one: a person sees it inside one row."""
    csv.field_size_limit(max(bounds.cell, bounds.vertices * _CHARS_PER_VERTEX))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number > bounds.rows + 100:
                raise TooMuch(
                    f"文件超过 {bounds.rows} 行。", "请拆成几个文件分别导入。", code="file.too-many-rows"
                )
            if len(row) > bounds.columns * 20:
                raise TooMuch(
                    f"第 {number} 行有 {len(row)} 列，超过上限 {bounds.columns} 列。", "请删去不需要的列。",
                    code="file.too-many-columns",
                )  # fmt: skip
            yield number, row
    except csv.Error as error:
        if "field larger" in str(error):
            raise too_long(number + 1, bounds) from None
        raise BadFile(
            f"第 {number + 1} 行无法按表格读取。",
            "请检查引号和换行，或用表格软件另存为 CSV(UTF-8)。",
            code="file.csv",
        ) from None


def _delimiter(text: str) -> str:
    """The separator that the first lines hold most of, outside quotes."""
    head = "\n".join(text.lstrip("\ufeff\r\n")[:20_000].splitlines()[:5])
    outside = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=lambda mark: (outside.count(mark), -_DELIMITERS.index(mark)))
