"""What carries house numbers, in flat arrays: roads, natural villages, estates, named places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gazetteer.address.index.divisions import NONE, DivisionTable, day
from gazetteer.address.index.strings import PoolBuilder
from gazetteer.address.model import HandleRow

KINDS = ("road", "natvil", "estate", "place")


@dataclass(slots=True)
class HandleTable:
    """Handles while the index is built; doors whose handle is known by name only add their own."""

    divisions: DivisionTable
    rows: list[HandleRow] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    _by_name: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, row: HandleRow) -> int:
        """Take one handle in and say its number."""
        place = len(self.rows)
        self.rows.append(row)
        if row.code:
            self.number[row.code] = place
        self._by_name.setdefault((row.name, self.county(row)), place)
        return place

    def county(self, row: HandleRow) -> int:
        """The county that a handle lies in."""
        return self.divisions.county_of(self.divisions.at(row.division))

    def of_door(self, code: str, name: str, division: str, county: int) -> int:
        """The handle of a door: by code, else by name within the county, else a new one."""
        found = self.number.get(code) if code else None
        if found is None and not name:
            return NONE
        if found is None:
            found = self._by_name.get((name, county))
        if found is None:
            found = self.add(HandleRow(code, "road", name, division, None, None))
        return found


def read_handles(rows: Iterable[HandleRow], divisions: DivisionTable) -> HandleTable:
    """Take the register's handles in."""
    table = HandleTable(divisions)
    for row in rows:
        if row.name and row.code not in table.number:
            table.add(row)
    return table


def handle_sections(table: HandleTable, pool: PoolBuilder) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of the handles, without what is derived from their doors."""
    rows, at = table.rows, table.divisions.at
    division = [at(r.division) for r in rows]
    return {
        # R12~20200501 is an earlier version of R12: only the doors of that time need to tell them apart.
        "handle.code": np.array([pool.add(r.code.partition("~")[0]) for r in rows], "<u4"),
        "handle.name": np.array([pool.add(r.name) for r in rows], "<u4"),
        "handle.kind": np.array([KINDS.index(r.kind) for r in rows], "u1"),
        "handle.div": np.array(division, "<u4"),
        "handle.county": np.array([table.divisions.county_of(d) for d in division], "<u4"),
        "handle.lon": np.array([np.nan if r.lon is None else r.lon for r in rows], "<f8"),
        "handle.lat": np.array([np.nan if r.lat is None else r.lat for r in rows], "<f8"),
        "handle.made_up": np.array([r.made_up for r in rows], "u1"),
        "handle.from": np.array([day(r.valid_from) for r in rows], "<i4"),
        "handle.to": np.array([day(r.valid_to) for r in rows], "<i4"),
    }
