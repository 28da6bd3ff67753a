"""The network in metres: segments projected at once, ends that meet, roads put together by name."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from gazetteer.road_audit.model import Rule, Segment

_EAST, _NORTH = 111_320.0, 110_850.0
Lines = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class NamedRoad:
    """All segments of one name and register code, as one geometry in metres."""

    name: str
    code: str
    flat: BaseGeometry
    members: tuple[int, ...]
    township: str

    @property
    def length_m(self) -> float:
        """Length of all its lines."""
        return float(self.flat.length)


class Network:
    """A road network to be audited. A line that comes twice (there and back) counts once."""

    def __init__(self, segments: Iterable[Segment], rule: Rule) -> None:
        self.rule = rule
        self.segments = _once(list(segments))
        lines = np.array([s.line for s in self.segments], dtype=object)
        middle = shapely.total_bounds(lines) if len(lines) else (0.0, 0.0, 0.0, 0.0)
        scale = np.array([_EAST * math.cos(math.radians((middle[1] + middle[3]) / 2)), _NORTH])
        self.flat: Lines = shapely.transform(lines, lambda xy: xy * scale) if len(lines) else lines

    def __len__(self) -> int:
        return len(self.segments)

    @cached_property
    def roads(self) -> list[NamedRoad]:
        """Named roads; a segment with several names belongs to each of them."""
        members: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, segment in enumerate(self.segments):
            for name in segment.names:
                members[name, segment.road].append(at)
        return [
            NamedRoad(name, code, shapely.multilinestrings(shapely.get_parts(self.flat[at])), tuple(at),
                      self.segments[at[0]].township)
            for (name, code), at in sorted(members.items())
        ]  # fmt: skip

    def shape(self, members: Sequence[int]) -> BaseGeometry:
        """The lines of some segments in degrees, joined where they meet."""
        parts = shapely.get_parts(np.array([self.segments[m].line for m in members], dtype=object))
        return shapely.line_merge(shapely.multilinestrings(parts)) if len(parts) > 1 else parts[0]

    def runs(self, wanted: Sequence[int]) -> Iterator[list[int]]:
        """Segments that go on from one to the next without a turn, as a person would call one road."""
        at_node: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for position, member in enumerate(wanted):
            for node, bearing in _ends(self.flat[member], self.rule.snap_m):
                at_node[node].append((position, bearing))
        pairs = [pair for leaving in at_node.values() for pair in _straight_on(leaving, self.rule.turn_deg)]
        yield from ([wanted[p] for p in group] for group in components(len(wanted), pairs))


def components(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Groups of 0 … count-1 that the pairs hold together, in the order of their first member."""
    if not count:
        return []
    one, other = (
        (np.array(side, dtype=int) for side in zip(*pairs, strict=True)) if pairs else (np.zeros(0, int),) * 2
    )
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(label.tolist()):
        groups[group].append(at)
    return sorted(groups.values())


def _once(segments: list[Segment]) -> list[Segment]:
    seen: dict[tuple[bytes, tuple[str, ...]], Segment] = {}
    for segment in segments:
        for line in shapely.get_parts(segment.line):
            if line.geom_type == "LineString" and line.length > 0:
                part = Segment(segment.id, line, segment.names, segment.road, segment.road_class, segment.township,
                               segment.made_up)  # fmt: skip
                seen.setdefault((shapely.to_wkb(shapely.normalize(line)), segment.names), part)
    return list(seen.values())


def _ends(flat: BaseGeometry, snap_m: float) -> Iterator[tuple[tuple[int, int], float]]:
    """Both ends as nodes of a grid, each with the bearing in degrees in which one leaves the line there."""
    xy = shapely.get_coordinates(flat)
    for tip, back in ((xy[0], xy[1]), (xy[-1], xy[-2])):
        node = (round(float(tip[0]) / snap_m), round(float(tip[1]) / snap_m))
        yield node, math.degrees(math.atan2(tip[0] - back[0], tip[1] - back[1]))


def _straight_on(leaving: Sequence[tuple[int, float]], most_deg: float) -> Iterator[tuple[int, int]]:
    """At one node each line goes on into the one that turns least, if it turns little."""
    turns = sorted(
        (abs((a - (b + 180.0) + 180.0) % 360.0 - 180.0), one, other)
        for i, (one, a) in enumerate(leaving)
        for other, b in leaving[i + 1 :]
        if one != other
    )
    used: set[int] = set()
    for turn, one, other in turns:
        if turn <= most_deg and one not in used and other not in used:
            used |= {one, other}
            yield one, other
