"""One import under way: the session, the sheet, and the staging table ``incoming`` that its rows go through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.finder import DivisionFinder, Located, Unknown
from gazetteer.register.importing.positions import Positions
from gazetteer.register.importing.sheet import Sheet
from geo.problems import BadFile
from geo.store.acts import copy_rows

Progress = Callable[[str, int, int], None]
"""Told the step in Chinese, how many rows are done, how many there are."""


@dataclass(slots=True)
class Counts:
    """What an import did or would do to the register."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    handles_made: int = 0


@dataclass(slots=True)
class Load:
    """What every kind's import works with."""

    session: Session
    sheet: Sheet
    positions: Positions
    source: str
    finder: DivisionFinder
    progress: Progress = field(default=lambda step, done, total: None)
    index_of: dict[int, int] = field(default_factory=dict)

    def columns(self) -> dict[str, Sequence[Any]]:
        """The fields that every record has: period, sample flag, source, original datum, geometry."""
        sheet = self.sheet
        source = [cell or self.source for cell in sheet.cells("source")]
        crs = [cell or self.positions.datum for cell in sheet.cells("crs_source")]
        return {
            "valid_from": sheet.values("valid_from"),
            "valid_to": sheet.values("valid_to"),
            "made_up": sheet.values("made_up"),
            "source": source,
            "crs_source": crs,
            "geom": self.positions.ewkb,
        }

    def locate(self, index: int, prov: str, city: str, county: str, town: str, comm: str) -> Located | None:
        """The divisions of a row, or None after refusing it."""
        if not (county or city) and town:
            county = self._county_of(index, prov, town)
        try:
            return self.finder.locate(prov, city, county, town, comm)
        except Unknown as unknown:
            self._unknown(index, unknown)
            return None

    def located_at(self, index: int, code: str) -> Located | None:
        """The divisions of a code, or None after refusing the row."""
        try:
            return self.finder.at(code)
        except Unknown as unknown:
            self._unknown(index, unknown)
            return None

    def _county_of(self, index: int, prov: str, town: str) -> str:
        """Code of the county of a township that a row names alone, with a warning; empty where it may be several."""
        code, why = self.finder.county_of_town(prov, town)
        if code:
            self.sheet.warn(
                index, "import.county-guessed", "区县", f"没有写区县，{why}，按{self.finder.name_of(code)}收录",
                "如果不对，请补上区县列，或用 --set county=区县名 指定",
            )  # fmt: skip
        return code

    def _unknown(self, index: int, unknown: Unknown) -> None:
        titles = {"county": "区县", "town": "镇街", "comm": "村社区"}
        self.sheet.refuse(
            index, "import.division", titles[unknown.field], unknown.evidence,
            "改正名称，补上省市或区划代码，或先导入这个区划（diming import divisions）",
        )  # fmt: skip

    def stage(self, types: Mapping[str, str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Copy the rows that are still good into the temporary table ``incoming``; ``row`` is the file's own number."""
        declared = ", ".join(f"{name} {kind}" for name, kind in types.items())
        self.session.execute(text(f"CREATE TEMP TABLE incoming (row int, {declared}) ON COMMIT DROP"))
        numbers = [int(row) for row in self.sheet.table.rows]
        self.index_of = {row: i for i, row in enumerate(numbers)}
        copy_rows(self.session, "incoming", ["row", *types], self._good(numbers, [columns[n] for n in types]))
        self.session.execute(text("CREATE INDEX ON incoming (row)"))
        self.session.execute(text("ANALYZE incoming"))

    def refuse_where(self, code: str, title: str, query: str, remedy: str) -> None:
        """Refuse the rows that a query gives as (row, evidence), and take them out of ``incoming``."""
        found = self.session.execute(text(query)).all()
        for row, evidence in found:
            self.sheet.refuse(self.index_of[row], code, title, evidence, remedy)
        if found:
            self.session.execute(
                text("DELETE FROM incoming WHERE row = ANY(:rows)"), {"rows": [row for row, _ in found]}
            )

    def refuse_doubles(self, key: str, title: str) -> None:
        """Refuse every row whose key stands in an earlier row of the file already."""
        self.refuse_where(
            "import.double", title,
            f"SELECT row, format('与第 %s 行重复', first) FROM (SELECT row, min(row) OVER (PARTITION BY {key}) AS first "
            f"FROM incoming WHERE nullif(({key})::text, '') IS NOT NULL) d WHERE row > first ORDER BY row",
            "只留一行，或改正其中一行",
        )  # fmt: skip

    def _good(self, numbers: Sequence[int], columns: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
        refused = self.sheet.refused
        for i, row in enumerate(zip(numbers, *columns, strict=True)):
            if i not in refused:
                yield row


def stop_if_refused(load: Load, *, partial: bool) -> None:
    """All or nothing: raise when rows were refused, unless a part may be written.

    Raises:
        BadInput: rows were refused and ``partial`` is false, or no row is left.
    """
    refused = len(load.sheet.refused)
    if not refused or (partial and refused < len(load.sheet)):
        return
    findings = load.sheet.ordered()
    first = next((f.sentence() for f in findings if f.severity == "block"), "")
    raise BadFile(
        f"{len(load.sheet)} 行中有 {refused} 行有问题，整个文件没有入库。{first}",
        "改正后重新导入；或者加上 --partial，只入库没有问题的行。",
        code="import.refused",
        findings=tuple(findings),
    )
