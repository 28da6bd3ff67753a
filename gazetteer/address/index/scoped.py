"""Other names that are kept with an area (别名适用范围): whether what they mean lies in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from gazetteer.address.index.divisions import DivisionTable
from gazetteer.address.index.doors import SCALE

_DIVISION, _HANDLE = 0, 1
"""What the column ``alias.of`` says of an alias of a division, of a road."""
Columns = Mapping[str, np.ndarray[Any, Any]]
Points = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]
_NOWHERE: np.ndarray[Any, Any] = np.zeros(0)


def in_their_areas(sections: Columns, divisions: DivisionTable, texts: Sequence[str]) -> list[bool]:
    """For every alias whether it may be offered by itself: it has no area, or its division or road reaches into it.

    Who completes a name asks for no place: an alias that counts only elsewhere would lead astray. What has no known
    place cannot contradict, and an alias of an address holds for that address.

    Args:
        sections: the columns of the file that is being built.
        divisions: those that its aliases may mean.
        texts: the texts that columns point to.
    """
    columns = (sections[f"alias.{name}"].tolist() for name in ("scope", "of", "target"))
    return [
        not texts[scope] or _meets(texts[scope], _places(sections, divisions, of, target))
        for scope, of, target in zip(*columns, strict=True)
    ]


def _meets(area: str, places: Points) -> bool:
    lons, lats = places
    return not len(lons) or bool(shapely.intersects_xy(shapely.from_wkb(area), lons, lats).any())


def _places(sections: Columns, divisions: DivisionTable, of: int, target: int) -> Points:
    """Where a division or a road lies: its own point and all of its doors; nothing where none is known."""
    if of == _DIVISION:
        row = divisions.rows[target]
        known = row.lon is not None and row.lat is not None
        return (np.array([row.lon]), np.array([row.lat])) if known else (_NOWHERE, _NOWHERE)
    if of != _HANDLE:
        return _NOWHERE, _NOWHERE
    doors = slice(sections["handle.start"][target], sections["handle.end"][target])
    lons, lats = (
        np.append(sections[f"door.{axis}"][doors] / SCALE, sections[f"handle.{axis}"][target])
        for axis in ("lon", "lat")
    )
    return lons[~np.isnan(lons)], lats[~np.isnan(lats)]
