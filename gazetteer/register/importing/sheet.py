"""A file as rows of a kind: which column is which field, cells cleaned and checked one by one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gazetteer.register.importing.cells import CELLS
from gazetteer.register.kinds import Kind
from geo.files.columns import guess_columns
from geo.files.table import Table
from geo.problems import BadFile, Finding

POSITION = {"lon": (), "lat": (), "geometry": ()}


@dataclass(slots=True)
class Sheet:
    """A file's table seen as a kind: fields by name, findings so far, indexes of refused rows."""

    kind: Kind
    table: Table
    mapping: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    constants: dict[str, str] = field(default_factory=dict)
    """What the user says of every row that says nothing itself."""

    def __len__(self) -> int:
        return len(self.table)

    def has(self, name: str) -> bool:
        """Whether the file has a column for the field."""
        return name in self.mapping or name in self.constants

    def cells(self, name: str) -> list[str]:
        """A field's cells as text without spaces around; empty where the file has none."""
        constant = self.constants.get(name, "")
        if name not in self.mapping:
            return [constant] * len(self)
        return [(_clean(cell) if cell else "") or constant for cell in self.table.columns[self.mapping[name]]]

    def values(self, name: str) -> list[Any]:
        """A field's cells as typed values; a cell that is none refuses its row."""
        spec = self.kind.field(name)
        read = CELLS[spec.cell]
        return [self._value(i, spec.title, cell, read) for i, cell in enumerate(self.cells(name))]

    def refuse(self, index: int, code: str, title: str, evidence: str, remedy: str) -> None:
        """Refuse one row, saying why and what to do."""
        self.refused.add(index)
        where = self.table.where(index, title)
        self.findings.append(Finding(code, "block", where, evidence, remedy, row=int(self.table.rows[index])))

    def warn(self, index: int, code: str, title: str, evidence: str, remedy: str) -> None:
        """Say something about one row without refusing it."""
        where = self.table.where(index, title)
        self.findings.append(Finding(code, "warn", where, evidence, remedy, row=int(self.table.rows[index])))

    def inform(self, index: int, code: str, title: str, evidence: str, remedy: str) -> None:
        """Tell how one row was taken, where nothing is wrong with it."""
        where = self.table.where(index, title)
        self.findings.append(
            Finding(code, "inform", where, evidence, remedy, row=int(self.table.rows[index]))
        )

    def ordered(self) -> list[Finding]:
        """The findings as a person goes through the file: of the whole first, then row by row."""
        return sorted(self.findings, key=lambda finding: finding.row or 0)

    def _value(self, index: int, title: str, cell: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(cell)
        except ValueError as error:
            self.refuse(index, "import.cell", title, str(error), "改正这一格后重新导入，或留空")
            return None


def sheet_of(kind: Kind, table: Table, given: Mapping[str, str], constants: Mapping[str, str]) -> Sheet:
    """Recognise the columns of a file.

    Args:
        kind: what the file is about.
        table: the file as read.
        given: field -> heading, where the guess is not right.
        constants: field -> value for the rows that have none; not for positions.

    Raises:
        BadInput: a required field has no column, or the file has no rows; the findings say what was seen.
    """
    wanted = {f.name: (f.title, *f.headers) for f in kind.fields} | (POSITION if kind.shape != "none" else {})
    fixed = {kind.field(name).name: _clean(value) for name, value in constants.items()}
    required = [f.name for f in kind.fields if f.required and f.name not in fixed]
    guess = guess_columns(table.headers, wanted, given=given, required=required)
    blocked = tuple(f for f in guess.findings if f.severity == "block")
    if blocked:
        raise BadFile(
            f"这个文件不像{kind.title}:{blocked[0].evidence}。", blocked[0].remedy, code="import.columns",
            findings=tuple(guess.findings),
        )  # fmt: skip
    if kind.one_of and not any(name in guess.mapping for name in kind.one_of):
        raise _unlike(kind, table)
    if len(table) == 0:
        raise BadFile("文件里没有数据行。", "检查文件是否选对、是否只有表头。", code="import.empty")
    sheet = Sheet(kind, table, guess.mapping, [*table.findings, *guess.findings], constants=fixed)
    index_of = {int(row): i for i, row in enumerate(table.rows)}
    for finding in table.findings:
        if finding.severity == "block" and finding.row in index_of:
            sheet.refused.add(index_of[finding.row])
    _require(sheet, required)
    _bound(sheet)
    return sheet


def _unlike(kind: Kind, table: Table) -> BadFile:
    """The refusal of a file in which no column holds what the kind is about, most often for want of a header."""
    seen = "、".join(f"“{header[:20]}”" for header in table.headers[:6])
    needed = "、".join(f"“{kind.field(name).title}”" for name in kind.one_of)
    return BadFile(
        f"看不出哪一列是{kind.title}：第一行写的是 {seen}，没有{needed}中的任何一列。",
        "如果文件没有表头，请在第一行写上列名；如果列名不同，请用 --map 字段=列名 指定。", code="import.columns",
    )  # fmt: skip


def _require(sheet: Sheet, required: list[str]) -> None:
    for name in required:
        title = sheet.kind.field(name).title
        for i, cell in enumerate(sheet.cells(name)):
            if not cell:
                sheet.refuse(i, "import.missing", title, f"“{title}”是空的", "补上后重新导入")


def _bound(sheet: Sheet) -> None:
    for field_ in sheet.kind.fields:
        if field_.most is None or not sheet.has(field_.name):
            continue
        for i, cell in enumerate(sheet.cells(field_.name)):
            if len(cell) > field_.most:
                evidence = f"“{cell[:20]}…”有 {len(cell)} 个字，超过上限 {field_.most} 个字"
                sheet.refuse(
                    i, "import.too-long", field_.title, evidence, "核对是否混入了别的文字，改正后重新导入"
                )


def _clean(cell: str) -> str:
    return cell if cell.isascii() and cell == cell.strip() else unicodedata.normalize("NFC", cell).strip()
