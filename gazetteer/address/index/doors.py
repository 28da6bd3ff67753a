"""Doors in flat arrays, sorted by handle and number: the doors of one road are one slice."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gazetteer.address.index.divisions import day
from gazetteer.address.index.handles import HandleTable
from gazetteer.address.index.strings import PoolBuilder, bytes_sections
from gazetteer.address.matching.numbers import canonical, main_number
from gazetteer.address.model import DoorRow

SCALE = 10_000_000
"""Coordinates of doors are whole 1e-7 degrees: one centimetre, half the room of a float."""

Arrays = dict[str, np.ndarray[Any, Any]]


def _ints() -> array[int]:
    return array("q")


@dataclass(slots=True)
class DoorTable:
    """Doors while the index is built, a column an array."""

    handle: array[int] = field(default_factory=_ints)
    main: array[int] = field(default_factory=_ints)
    path: array[int] = field(default_factory=_ints)
    div: array[int] = field(default_factory=_ints)
    name: array[int] = field(default_factory=_ints)
    estate: array[int] = field(default_factory=_ints)
    made_up: array[int] = field(default_factory=_ints)
    valid_from: array[int] = field(default_factory=_ints)
    valid_to: array[int] = field(default_factory=_ints)
    lon: array[float] = field(default_factory=lambda: array("d"))
    lat: array[float] = field(default_factory=lambda: array("d"))
    codes: list[bytes] = field(default_factory=list)


def read_doors(rows: Iterable[DoorRow], handles: HandleTable, pool: PoolBuilder) -> DoorTable:
    """Take the doors in; a door of an unknown handle makes one by its name."""
    table, divisions = DoorTable(), handles.divisions
    for row in rows:
        div = divisions.at(row.division)
        path = canonical(row.number)
        main = main_number(path)
        table.handle.append(
            handles.of_door(row.handle, row.handle_name, row.division, divisions.county_of(div))
        )
        table.main.append(main)
        table.path.append(0 if path == str(main) else pool.add(path))
        table.div.append(div)
        table.name.append(pool.add(row.name))
        table.estate.append(pool.add(row.estate))
        table.made_up.append(row.made_up)
        table.valid_from.append(day(row.valid_from))
        table.valid_to.append(day(row.valid_to))
        table.lon.append(row.lon)
        table.lat.append(row.lat)
        table.codes.append(row.code.encode())
    return table


def door_sections(table: DoorTable) -> Arrays:
    """The columns of the doors in the order of handle, first number, whole path."""
    columns = {
        "handle": _column(table.handle, "<u4"),
        "main": _column(table.main, "<u4"),
        "path": _column(table.path, "<u4"),
        "div": _column(table.div, "<u4"),
        "name": _column(table.name, "<u4"),
        "estate": _column(table.estate, "<u4"),
        "made_up": _column(table.made_up, "u1"),
        "from": _column(table.valid_from, "<i4"),
        "to": _column(table.valid_to, "<i4"),
        "lon": _degrees(table.lon),
        "lat": _degrees(table.lat),
    }
    order = np.lexsort((columns["path"], columns["main"], columns["handle"]))
    out = {f"door.{name}": column[order] for name, column in columns.items()}
    return out | bytes_sections("door.code", [table.codes[i] for i in order])


def _column(values: array[int], dtype: str) -> np.ndarray[Any, Any]:
    return np.frombuffer(values, "<i8").astype(dtype) if len(values) else np.zeros(0, dtype)


def _degrees(values: array[float]) -> np.ndarray[Any, Any]:
    if not len(values):
        return np.zeros(0, "<i4")
    return np.round(np.frombuffer(values, "<f8") * SCALE).astype("<i4")


def slices(doors: Arrays, count: int) -> Arrays:
    """For every handle: where its doors begin and end, its smallest and largest number, the middle of its doors."""
    handle, main = doors["door.handle"], doors["door.main"]
    numbers = np.arange(count, dtype=np.uint32)
    start = np.searchsorted(handle, numbers, "left").astype("<u4")
    end = np.searchsorted(handle, numbers, "right").astype("<u4")
    has = end > start
    low, high = np.zeros(count, "<u4"), np.zeros(count, "<u4")
    low[has], high[has] = main[start[has]], main[end[has] - 1]
    middle = np.minimum((start.astype("<u8") + end) // 2, max(len(handle) - 1, 0))
    return {
        "handle.start": start, "handle.end": end, "handle.low": low, "handle.high": high,
        "handle.middle": middle.astype("<u4"),
    }  # fmt: skip
