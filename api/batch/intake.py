"""Read a posted file of addresses, CSV or JSON lines, into rows that come back to the letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import orjson

from api.commands.address_files import address_column
from geo.files import Table, limits
from geo.files.csvfile import parse_csv
from geo.problems import BadInput

Form = Literal["csv", "jsonl"]


@dataclass(frozen=True, slots=True)
class Intake:
    """A posted file.

    Attributes:
        form: what it was and what the result will be.
        headers: the columns of a CSV in their order.
        address_field: the column or key with the address.
        rows: each row as JSON: a list of cells, or the line as it came.
    """

    form: Form
    headers: list[str]
    address_field: str
    rows: list[str]


def read(body: bytes, content_type: str, field: str | None) -> Intake:
    """The rows of a body.

    Args:
        body: the whole file, its size already limited.
        content_type: decides the form; where it names neither, the first character does.
        field: the column or key with the address; None looks for a known name.

    Raises:
        BadInput: not readable, no row, no address field; a broken line is named.
    """
    return _read_lines(body, field) if _is_lines(body, content_type) else _read_csv(body, field)


def _is_lines(body: bytes, content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/csv":
        return False
    if "json" in kind:
        return True
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _read_csv(body: bytes, field: str | None) -> Intake:
    table = parse_csv(body, "正文", limits(), strip=False)
    column = _address_field(table, field)
    cells = zip(*table.columns.values(), strict=True)
    return Intake("csv", table.headers, column, [orjson.dumps(row).decode() for row in cells])


def _read_lines(body: bytes, field: str | None) -> Intake:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("JSON 行不是 UTF-8 编码。", "请用 UTF-8 保存后重试。", code="file.encoding") from error
    rows: list[str] = []
    first: dict[str, Any] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _object(line, number)
        first = first or found
        rows.append(line.strip())
    if not rows:
        raise BadInput("正文是空的。", '每行写一个 JSON 对象，例如 {"address":"…"}。', code="file.empty")
    return Intake("jsonl", [], _key(first, field), rows)


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadInput(
            f"第 {number} 行不是有效的 JSON。", "每行写一个 JSON 对象。", code="file.json"
        ) from error
    if not isinstance(found, dict):
        raise BadInput(f"第 {number} 行不是 JSON 对象。", "每行写一个 JSON 对象。", code="file.json")
    return found


def _key(first: dict[str, Any], field: str | None) -> str:
    return field or _address_field(Table({key: [] for key in first}, np.array([], np.int64), "jsonl"), None)


def _address_field(table: Table, field: str | None) -> str:
    """The column that the command line would take too."""
    try:
        return address_column(table, field)
    except BadInput as problem:
        listed = "、".join(table.headers[:30])
        raise BadInput(
            problem.sentence, f"请用参数 column 指明地址所在的列；现有的列：{listed}。", code="file.no-column"
        ) from problem


def address_of(form: str, row: str, place: int, field: str) -> str:
    """The address in a stored row; empty where the row has none."""
    given = orjson.loads(row)
    value = given[place] if form == "csv" else given.get(field)
    return value if isinstance(value, str) else "" if value is None else str(value)
