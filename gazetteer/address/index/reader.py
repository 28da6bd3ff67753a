"""Reading the index: handles by key, doors by path, names by their pieces, neighbours along a road."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import isqrt
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from gazetteer.address.index.container import Container
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.doors import SCALE
from gazetteer.address.index.handles import KINDS
from gazetteer.address.index.strings import Pool
from gazetteer.address.matching.keys import key64
from gazetteer.address.matching.numbers import main_number

COLUMNS = (
    "handle.name", "handle.code", "handle.kind", "handle.made_up", "handle.div", "handle.lon", "handle.lat",
    "handle.start", "handle.end", "handle.high", "handle.middle",
    "door.main", "door.path", "door.handle", "door.div", "door.made_up", "door.lon", "door.lat", "door.name", "door.estate",
    "alias.of", "alias.target", "alias.text", "alias.kind", "alias.scope",
)  # fmt: skip
DATED = ("handle", "door", "alias")


class Numbers(Protocol):
    """A column: the value of each record by its number."""

    def __getitem__(self, number: int, /) -> int:
        """The value of one record."""


class Degrees(Protocol):
    """A column of longitudes or latitudes, NaN where none is known."""

    def __getitem__(self, number: int, /) -> float:
        """The value of one record."""


class Texts(Protocol):
    """Strings by their number."""

    def __getitem__(self, number: int, /) -> str:
        """One string."""

    def raw(self, number: int) -> bytes:
        """Its UTF-8."""


class Index:
    """An open index file. Cheap to open, safe to share between processes, never written to."""

    def __init__(self, container: Container) -> None:
        self.container, self.info = container, container.info
        view = container.view
        self._hash, self._target = view("key.hash"), view("key.target")
        self._astray = 4 * isqrt(len(self._hash)) + 1
        """How far a key may lie from where it would among evenly spread ones; nearly none lies farther."""
        self.pool: Texts = Pool(container, "pool")
        self.door_code: Texts = Pool(container, "door.code")
        self.div_name, self.div_code = view("div.name"), view("div.code")
        self.div_level, self.div_parent, self.div_county = (
            view("div.level"),
            view("div.parent"),
            view("div.county"),
        )
        self.div_lon, self.div_lat = view("div.lon"), view("div.lat")
        self._main = view("door.main")
        self.refused: dict[str, str] = {}
        """Counties that cannot be read, and why; always empty in an index of one file."""
        for name in COLUMNS:
            setattr(self, name.replace(".", "_"), view(name))
        self._periods: dict[str, tuple[Numbers, Numbers]] = {
            k: (view(f"{k}.from"), view(f"{k}.to")) for k in ("div", *DATED)
        }
        self.find = lru_cache(maxsize=50_000)(self._find)
        self.name_of = lru_cache(maxsize=20_000)(self._name_of)
        """The registered name of a handle."""

    handle_name: Numbers
    handle_code: Numbers
    handle_kind: Numbers
    handle_made_up: Numbers
    handle_div: Numbers
    handle_lon: Degrees
    handle_lat: Degrees
    handle_start: Numbers
    handle_end: Numbers
    handle_high: Numbers
    handle_middle: Numbers
    door_main: Numbers
    door_path: Numbers
    door_handle: Numbers
    door_div: Numbers
    door_made_up: Numbers
    door_lon: Numbers
    door_lat: Numbers
    door_name: Numbers
    door_estate: Numbers
    alias_of: Numbers
    alias_target: Numbers
    alias_text: Numbers
    alias_kind: Numbers
    alias_scope: Numbers

    @classmethod
    def open(cls, path: Path | str) -> Index:
        """Map an index: one file, or the head over those of many counties.

        Raises:
            NotFound: there is no such file.
            BadInput: it is not an index of this version, or it is cut short.
        """
        container = Container(Path(path))
        if "counties" not in container.info.meta:
            return Index(container)
        from gazetteer.address.index.counties import Counties  # a kind of this one

        return Counties(container)

    def _find(self, kind: str, text: str) -> tuple[int, ...]:
        """Everything that stands under a key."""
        wanted, hashes, count = key64(kind, text), self._hash, len(self._hash)
        # Hashes lie evenly: where one stands is nearly known, and few pages of a large file need be looked at.
        low = max(0, (wanted * count >> 64) - self._astray)
        high = min(count, low + 2 * self._astray)
        if low and hashes[low] >= wanted:
            low = 0
        if high < count and hashes[high] < wanted:
            high = count
        at = end = bisect_left(hashes, wanted, low, high)
        while end < count and hashes[end] == wanted:
            end += 1
        return tuple(self._target[at:end]) if end > at else ()

    def valid(self, table: str, number: int, on: date | None) -> bool:
        """Whether a row is in force on a day; without a day: whether it has not ended."""
        end = self._periods[table][1][number]
        if on is None:
            return not end
        start, day = self._periods[table][0][number], on.toordinal()
        return (not start or start <= day) and (not end or day < end)

    def period(self, table: str, number: int) -> tuple[date | None, date | None]:
        """First and last day of a row, None where open."""
        since, until = (column[number] for column in self._periods[table])
        return (date.fromordinal(since) if since else None), (date.fromordinal(until) if until else None)

    def doors_at(self, handle: int, main: int) -> list[int]:
        """All doors of a handle whose first number is this one, in the order of their paths."""
        numbers, end = self._main, self.handle_end[handle]
        at = bisect_left(numbers, main, self.handle_start[handle], end)
        last = at
        while last < end and numbers[last] == main:
            last += 1
        return list(range(at, last))

    def door_at(self, handle: int, path: str) -> Iterator[int]:
        """Doors of a handle with exactly this path."""
        main = main_number(path)
        wanted_plain = path == str(main)
        for door in self.doors_at(handle, main):
            number = self.door_path[door]
            if (number == 0) if wanted_plain else (number and self.pool[number] == path):
                yield door

    def path(self, door: int) -> str:
        """The path of a door: ``118``, ``400弄10``."""
        number = self.door_path[door]
        return self.pool[number] if number else str(self.door_main[door])

    def neighbours(self, handle: int, path: str) -> tuple[int | None, int | None]:
        """The registered doors in force just below and just above a number on a road."""
        start, end, main = self.handle_start[handle], self.handle_end[handle], main_number(path)
        below = above = bisect_left(self._main, main, start, end)
        while above < end and (self._main[above] == main or not self.valid("door", above, None)):
            above += 1
        while below > start and not self.valid("door", below - 1, None):
            below -= 1
        return (below - 1 if below > start else None), (above if above < end else None)

    def point(self, door: int) -> tuple[float, float]:
        """Longitude and latitude of a door, degrees CGCS2000."""
        return self.door_lon[door] / SCALE, self.door_lat[door] / SCALE

    def handle_point(self, handle: int) -> tuple[float, float] | None:
        """A point for a handle: its own, else the middle one of its doors."""
        lon, lat = self.handle_lon[handle], self.handle_lat[handle]
        if lon == lon:
            return lon, lat
        if self.handle_start[handle] < self.handle_end[handle]:
            return self.point(self.handle_middle[handle])
        return None

    def _name_of(self, handle: int) -> str:
        return self.pool[self.handle_name[handle]]

    def kind_of(self, handle: int) -> str:
        """road, natvil, estate or place."""
        return KINDS[self.handle_kind[handle]]

    def lineage(self, division: int) -> list[int]:
        """A division and those above it, the smallest first."""
        found: list[int] = []
        while division != NONE and len(found) < 6:
            found.append(division)
            division = self.div_parent[division]
        return found

    def handles(self) -> Iterator[int]:
        """The numbers of all handles."""
        return iter(range(self.info.counts["handles"]))

    def aliases_of_divisions(self) -> Iterator[int]:
        """The numbers of the other names of divisions."""
        of = self.container.array("alias.of")
        return iter(np.flatnonzero(of == 0).tolist())

    def divisions_in_use(self) -> list[int]:
        """The divisions that doors are registered in."""
        return [int(d) for d in np.unique(self.container.array("door.div")) if d != NONE]

    def points(self, start: int, end: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Longitudes and latitudes of doors that follow each other on one handle, degrees."""
        array = self.container.array
        return array("door.lon")[start:end] / SCALE, array("door.lat")[start:end] / SCALE

    def readable(self, number: int) -> bool:
        """Whether what a number points to can be read: always, but in a county whose file is damaged."""
        return True

    def damaged(self) -> dict[str, str]:
        """Counties whose files cannot be read, and why, after looking at every file."""
        return self.refused

    def within(self, division: int, ancestor: int) -> bool:
        """Whether a division is another or lies in it."""
        return ancestor in self.lineage(division)

    def memory(self) -> int:
        """Bytes of the mapped file, shared by all workers."""
        return int(np.int64(self.info.size_bytes))
