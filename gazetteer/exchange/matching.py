"""Match a national export with the register: by code, by name, by former name, by place; each record at most once."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz
from scipy.spatial import cKDTree

from gazetteer.exchange.fields import COMPARED
from gazetteer.exchange.records import Ours

NEAR_M: Final = 150.0
"""How far apart two positions of one thing may lie; a setting of the project."""
LIKE: Final = 50.0
"""Least likeness of two names at one place, of 100."""
_SAME_M: Final = 30.0
"""Positions closer than this count as equal: surveys of one place differ by that much."""
_EAST, _NORTH = 111_320.0, 110_850.0

Theirs = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A record of either side with its counterpart, how it was found, and the fields that differ."""

    theirs: Theirs | None
    ours: Ours | None
    matched_by: str
    differing: tuple[str, ...] = ()

    @property
    def side(self) -> str:
        """``both``, ``national`` or ``local``."""
        return "local" if self.theirs is None else "national" if self.ours is None else "both"


def match(theirs: Sequence[Theirs], ours: Sequence[Ours]) -> list[Pair]:
    """Every record of both sides once: the national ones in their order, then what only the register has."""
    left = dict(enumerate(theirs))
    found: dict[int, tuple[Ours, str]] = {}
    free = {record.code: record for record in ours}
    for word, step in (("代码", _by_code), ("名称", _by_name), ("曾用名", _by_old_name), ("位置", _by_place)):
        for at, record in step(left, list(free.values())):
            if at in left and record.code in free:
                found[at] = (record, word)
                del left[at], free[record.code]
    pairs = [
        Pair(row, found[at][0], found[at][1], differences(row, found[at][0]))
        if at in found
        else Pair(row, None, "")
        for at, row in enumerate(theirs)
    ]
    return [*pairs, *(Pair(None, record, "") for record in ours if record.code in free)]


def differences(theirs: Theirs, ours: Ours) -> tuple[str, ...]:
    """Fields in which the two say different things; a field that the export does not have is not compared."""
    return tuple(
        name for name in COMPARED
        if name in theirs and not _equal(name, theirs[name] or "", ours.fields.get(name, ""))
    )  # fmt: skip


def _equal(name: str, one: str, other: str) -> bool:
    if name == "gdm":
        a, b = point_of(one), point_of(other)
        return one == other or (a is not None and b is not None and _metres(a, b) <= _SAME_M)
    if name == "old_name":
        return set(filter(None, one.split("、"))) == set(filter(None, other.split("、")))
    return one.strip() == other.strip()


def _by_code(left: Mapping[int, Theirs], free: list[Ours]) -> Iterable[tuple[int, Ours]]:
    known = {r.fields["place_code"]: r for r in free if r.fields["place_code"]}
    return [(at, known[row["place_code"]]) for at, row in left.items() if row.get("place_code") in known]


def _by_name(left: Mapping[int, Theirs], free: list[Ours]) -> Iterable[tuple[int, Ours]]:
    """Equal names: the only one of its class in the county, or of several the nearest."""
    named: dict[tuple[str, str], list[Ours]] = defaultdict(list)
    for record in free:
        named[record.fields["standard_name"], record.fields["area_code"]].append(record)
    return [
        (at, best) for at, row in left.items()
        if (best := _nearest(row, named.get((row.get("standard_name", ""), row.get("area_code", "")), []))) is not None
    ]  # fmt: skip


def _nearest(row: Theirs, choices: list[Ours]) -> Ours | None:
    same = [c for c in choices if c.fields["place_type_code"] == row.get("place_type_code")] or choices
    here = point_of(row.get("gdm", ""))
    if len(same) == 1 or here is None:
        return same[0] if len(same) == 1 else None
    placed = [
        (_metres(here, (c.lon, c.lat)), c.code, c) for c in same if c.lon is not None and c.lat is not None
    ]
    return min(placed)[2] if placed and min(placed)[0] <= NEAR_M * 10 else None


def _by_old_name(left: Mapping[int, Theirs], free: list[Ours]) -> Iterable[tuple[int, Ours]]:
    old: dict[str, list[Ours]] = defaultdict(list)
    for record in free:
        for name in filter(None, record.fields["old_name"].split("、")):
            old[name].append(record)
    return [
        (at, choices[0])
        for at, row in left.items()
        if len(choices := old.get(row.get("standard_name", ""), [])) == 1
    ]


def _by_place(left: Mapping[int, Theirs], free: list[Ours]) -> Iterable[tuple[int, Ours]]:
    """Same class, near each other, and names that are alike: the closest pairs first."""
    placed = [r for r in free if r.lon is not None and r.lat is not None]
    rows = [(at, row, p) for at, row in left.items() if (p := point_of(row.get("gdm", ""))) is not None]
    if not placed or not rows:
        return []
    scale = (_EAST * math.cos(math.radians(rows[0][2][1])), _NORTH)
    tree = cKDTree(np.array([(r.lon, r.lat) for r in placed]) * scale)
    near = tree.query_ball_point(np.array([p for _, _, p in rows]) * scale, NEAR_M)
    pairs = [
        (-fuzz.ratio(row.get("standard_name", ""), placed[k].fields["standard_name"]), at, placed[k])
        for (at, row, _), found in zip(rows, near, strict=True)
        for k in found
        if placed[k].fields["place_type_code"] == row.get("place_type_code")
    ]
    return [(at, record) for like, at, record in sorted(pairs, key=lambda p: (p[0], p[1])) if -like >= LIKE]


def point_of(gdm: str) -> tuple[float, float] | None:
    """A coordinate pair of a GeoJSON geometry: the point, or the middle vertex of anything longer."""
    try:
        at = json.loads(gdm)["coordinates"]
        while isinstance(at[0], list):
            at = at[len(at) // 2]
        return float(at[0]), float(at[1])
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _metres(a: tuple[float, float], b: tuple[float | None, float | None]) -> float:
    if b[0] is None or b[1] is None:
        return math.inf
    return math.hypot((a[0] - b[0]) * _EAST * math.cos(math.radians(a[1])), (a[1] - b[1]) * _NORTH)
