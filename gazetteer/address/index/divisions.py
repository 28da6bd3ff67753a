"""The divisions in the index: a tree in flat arrays, found by any of their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from gazetteer.address.index.strings import PoolBuilder
from gazetteer.address.model import DivisionRow

NONE = 2**32 - 1


def day(value: date | None) -> int:
    """A date as a number, 0 for none."""
    return value.toordinal() if value else 0


@dataclass(slots=True)
class DivisionTable:
    """Divisions while the index is built."""

    rows: list[DivisionRow] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    county: list[int] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)

    def lineage(self, number: int) -> list[int]:
        """A division and those above it."""
        found: list[int] = []
        while number != NONE and len(found) < 6:
            found.append(number)
            number = self.parent[number]
        return found

    def home(self, used: Iterable[int]) -> set[int]:
        """The divisions that people of this register mean by a short name: those with addresses, what is above them,
        and all of the same cities. 南京 in 南京西路 is no division where the register holds nothing of 南京.
        """
        above = {n for number in set(used) for n in self.lineage(number)}
        cities = {self.parent[n] for n in above if self.rows[n].level == 3} - {NONE} or above
        if not above:
            return set(range(len(self.rows)))
        return above | {n for n in range(len(self.rows)) if cities.intersection(self.lineage(n))}

    def mark(self) -> str:
        """One word for these divisions in this order: numbers that point to them hold for no others."""
        codes = "".join(f"{row.code}{row.level}{row.name}" for row in self.rows)
        return hashlib.blake2b(codes.encode("utf-8", "replace"), digest_size=8).hexdigest()

    def at(self, code: str) -> int:
        """The number of a division by code: that one, or the nearest known ancestor; NONE when unknown."""
        for size in (len(code), 9, 6, 4, 2):
            found = self.number.get(code[:size].ljust(12, "0"))
            if found is not None and size <= len(code):
                return found
        return NONE

    def county_of(self, number: int) -> int:
        """The county (level 3) that holds a division, or itself above that level."""
        return self.county[number] if number != NONE else NONE


def read_divisions(rows: Iterable[DivisionRow]) -> DivisionTable:
    """Take the divisions in, parents before children."""
    table = DivisionTable()
    for row in sorted(rows, key=lambda r: r.level):
        if row.code not in table.number:
            table.number[row.code] = len(table.rows)
            table.rows.append(row)
    table.parent = [_parent(table, r) for r in table.rows]
    for i, row in enumerate(table.rows):
        up = table.parent[i]
        table.county.append(i if row.level <= 3 or up == NONE else table.county[up])
    return table


def _parent(table: DivisionTable, row: DivisionRow) -> int:
    if row.parent in table.number:
        return table.number[row.parent]
    cut = {2: 2, 3: 4, 4: 6, 5: 9}.get(row.level, 0)
    return table.number.get(row.code[:cut].ljust(12, "0"), NONE) if cut else NONE


def division_sections(table: DivisionTable, pool: PoolBuilder) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of the divisions."""
    rows = table.rows
    return {
        "div.code": np.array([pool.add(r.code) for r in rows], "<u4"),
        "div.name": np.array([pool.add(r.name) for r in rows], "<u4"),
        "div.level": np.array([r.level for r in rows], "u1"),
        "div.parent": np.array(table.parent, "<u4"),
        "div.county": np.array(table.county, "<u4"),
        "div.lon": np.array([np.nan if r.lon is None else r.lon for r in rows], "<f8"),
        "div.lat": np.array([np.nan if r.lat is None else r.lat for r in rows], "<f8"),
        "div.from": np.array([day(r.valid_from) for r in rows], "<i4"),
        "div.to": np.array([day(r.valid_to) for r in rows], "<i4"),
    }
