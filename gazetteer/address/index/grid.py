"""Doors in cells of a grid, so that the nearest is found by looking at a few neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from gazetteer.address.index.doors import SCALE

Arrays = dict[str, np.ndarray[Any, Any]]
CELL = SCALE // 1000
"""A cell is 0.001 degrees: some 100 metres, a few doors in a street."""


def cells(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The cell of each point given in whole 1e-7 degrees; neighbours in longitude have neighbouring numbers."""
    column = np.floor_divide(lon.astype("<i8"), CELL) + (1 << 20)
    row = np.floor_divide(lat.astype("<i8"), CELL) + (1 << 20)
    return (row << 22) | column  # type: ignore[no-any-return]


def grid_sections(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any]) -> Arrays:
    """Door numbers sorted by cell, and where each occupied cell begins."""
    cell = cells(lon, lat)
    order = np.argsort(cell, kind="stable").astype("<u4")
    occupied, first = np.unique(cell[order], return_index=True)
    return {"grid.cell": occupied, "grid.at": np.append(first, len(order)).astype("<u4"), "grid.door": order}
