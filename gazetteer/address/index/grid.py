"""Doors in cells of a grid, so that the nearest is found by looking at a few neighbours."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gazetteer.address.index.doors import SCALE

Arrays = dict[str, np.ndarray[Any, Any]]
COARSEST = SCALE // 1000
"""A cell is at most 0.001 degrees: some 100 metres, a few doors in a street."""
FINEST = SCALE // 16_000
"""And at least 7 metres: finer than doors stand apart."""
WANTED = 3.0
"""Doors that a cell holds, seen from its doors: where they stand closer, the cells are made smaller."""
_BITS = 25
_HALF = 1 << (_BITS - 1)


def cells(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], cell: int) -> np.ndarray[Any, Any]:
    """The cell of each point given in whole 1e-7 degrees; neighbours in longitude have neighbouring numbers.

    Args:
        cell: side of a cell in 1e-7 degrees.
    """
    column = np.floor_divide(lon.astype("<i8"), cell) + _HALF
    row = np.floor_divide(lat.astype("<i8"), cell) + _HALF
    return (row << _BITS) | column  # type: ignore[no-any-return]


def row_step() -> int:
    """What lies between a cell's number and the one north of it."""
    return 1 << _BITS


def side_of(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any]) -> int:
    """The side of a cell for these doors: smaller where they stand close, so that a look takes equally long."""
    if not len(lon):
        return COARSEST
    _, count = np.unique(cells(lon, lat, COARSEST), return_counts=True)
    # The mean over the doors and not over the cells: questions come from where doors are.
    crowd = float((count.astype(float) ** 2).sum() / count.sum())
    return max(FINEST, min(COARSEST, round(COARSEST / math.sqrt(max(1.0, crowd / WANTED)))))


def grid_sections(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any]) -> Arrays:
    """The side of a cell, door numbers sorted by cell, and where each occupied cell begins."""
    side = side_of(lon, lat)
    cell = cells(lon, lat, side)
    order = np.argsort(cell, kind="stable").astype("<u4")
    occupied, first = np.unique(cell[order], return_index=True)
    return {
        "grid.side": np.array([side], "<i8"),
        "grid.cell": occupied,
        "grid.at": np.append(first, len(order)).astype("<u4"),
        "grid.door": order,
    }
