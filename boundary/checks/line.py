"""B3 and B4: whether markers lie on their line, and in the order of their serials along it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import shapely

from geo.geometry import Chainage, chainage, length_m


def place_on(line: shapely.Geometry, point: shapely.Point) -> Chainage:
    """Where a marker stands beside a line (CGCS2000); several pieces are counted one after the other.

    Pieces that meet are joined first, so that a line drawn in sections runs through.
    """
    pieces = list(shapely.get_parts(shapely.line_merge(line) if line.geom_type != "LineString" else line))
    starts = [0.0, *accumulate(length_m(piece) for piece in pieces)]
    found = [chainage(piece, point) for piece in pieces]
    nearest = min(range(len(pieces)), key=lambda i: found[i].off_m)
    at = found[nearest]
    return Chainage(starts[nearest] + at.along_m, at.off_m, at.side, at.foot)


def outside_order(serials: Sequence[int], along: Sequence[float]) -> list[int]:
    """Indexes of the markers that break the order of serials along the line, as few as explain it.

    The line may be drawn in either direction. Markers of one number (同号双立、三立) may stand in any order among
    themselves.
    """
    runs = [_longest(serials, [sign * metres for metres in along]) for sign in (1, -1)]
    kept = set(runs[0] if len(runs[0]) >= len(runs[1]) else runs[1])
    return [index for index in range(len(serials)) if index not in kept]


def _longest(serials: Sequence[int], along: Sequence[float]) -> list[int]:
    """The longest run of indexes, by serial, whose chainage never falls back."""
    order = sorted(range(len(serials)), key=lambda i: (serials[i], along[i]))
    tops: list[float] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for index in order:
        at = bisect_right(tops, along[index])
        before[index] = last[at - 1] if at else None
        tops[at:], last[at:] = [along[index], *tops[at + 1 :]], [index, *last[at + 1 :]]
    run: list[int] = []
    here = last[-1] if last else None
    while here is not None:
        run.append(here)
        here = before[here]
    return run
