"""A road as one line with a beginning: pieces merged, turned the way its numbers run, doors placed along it (桩号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gazetteer.numbering.plane import Floats, flat, meridian_of, to_metres
from gazetteer.numbering.rules import Rules
from geo.problems import BadInput

COMPASS = {"east": "东", "west": "西", "south": "南", "north": "北"}


@dataclass(frozen=True, slots=True)
class RoadLine:
    """One line in metres, from where numbers begin.

    Attributes:
        line: on the plane of ``meridian``; pieces that do not touch are joined by a straight step.
        meridian: central meridian of the plane, degrees.
        axis: ``ew`` or ``ns``, by the way from end to end.
        start: the compass word of the end where numbers begin.
        gap_m: metres of steps between pieces that do not touch; 0 for a whole line.
    """

    line: shapely.LineString
    meridian: float
    axis: str
    start: str
    gap_m: float

    @property
    def length_m(self) -> float:
        """Length of the line, steps over gaps included."""
        return float(self.line.length)

    def place(self, lon: Floats, lat: Floats) -> Placed:
        """Where points in CGCS2000 degrees stand along the line."""
        xy = to_metres(np.atleast_1d(lon), np.atleast_1d(lat), self.meridian)
        return place(np.full(len(xy), self.line, dtype=object), xy)


@dataclass(frozen=True, slots=True)
class Placed:
    """Points seen from their lines, as columns.

    Attributes:
        along_m: metres from the beginning to the foot of the point.
        off_m: metres from the foot, never negative.
        side: 1 left of the direction in which numbers run, -1 right.
    """

    along_m: Floats
    off_m: Floats
    side: NDArray[np.int8]


def place(lines: NDArray[np.object_], xy: Floats) -> Placed:
    """Place each point on its own line; both in metres of one plane. Vectorised: a million points in seconds."""
    points = shapely.points(xy)
    along = shapely.line_locate_point(lines, points)
    length = shapely.length(lines)
    step = np.minimum(0.5, length / 4)
    behind = shapely.get_coordinates(shapely.line_interpolate_point(lines, np.clip(along - step, 0, length)))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, np.clip(along + step, 0, length)))
    way, to = ahead - behind, xy - behind
    cross = way[:, 0] * to[:, 1] - way[:, 1] * to[:, 0]
    side = np.where(cross >= 0, 1, -1).astype(np.int8)
    return Placed(along, shapely.distance(lines, points), side)


def merge(pieces: Sequence[shapely.LineString]) -> tuple[shapely.LineString, float]:
    """One line through all pieces, and the metres stepped over between pieces that do not touch.

    Pieces in metres. Touching ones are merged; what remains is strung together from an outer end, always on to the
    nearest free end.

    Raises:
        BadInput: no piece has a length.
    """
    merged = shapely.line_merge(shapely.union_all([p for p in pieces if p.length > 0]))
    parts = [shapely.get_coordinates(p) for p in shapely.get_parts(merged) if p.length > 0]
    if not parts:
        raise BadInput("这条道路没有线形。", "先在道路里画出中心线，再编号。", code="road.no-line")
    chain, gap = _outermost(parts), 0.0
    while parts:
        end = chain[-1]
        ends = [(np.hypot(*(p[i] - end)), at, i) for at, p in enumerate(parts) for i in (0, -1)]
        step, at, first = min(ends)
        taken = parts.pop(at)
        chain = np.vstack([chain, taken if first == 0 else taken[::-1]])
        gap += float(step)
    return shapely.LineString(chain), gap


def _outermost(parts: list[Floats]) -> Floats:
    """Take out the piece that holds the end farthest from the middle of all, turned to begin there."""
    middle = np.vstack(parts).mean(axis=0)
    _, at, first = max((np.hypot(*(p[i] - middle)), at, i) for at, p in enumerate(parts) for i in (0, -1))
    taken = parts.pop(at)
    return taken if first == 0 else taken[::-1]


def axis_of(line: shapely.LineString) -> str:
    """``ew`` or ``ns`` by the way from end to end; for a ring by its extent."""
    ends = shapely.get_coordinates(line)[[0, -1]]
    east, north = np.abs(ends[1] - ends[0])
    if max(east, north) < 1:
        west, south, right, top = line.bounds
        east, north = right - west, top - south
    return "ew" if east >= north else "ns"


def turned(line: shapely.LineString, rules: Rules) -> tuple[shapely.LineString, str, str]:
    """The line beginning where the rules say, its axis and the compass word of its beginning."""
    axis = axis_of(line)
    start = str(rules["start_east_west" if axis == "ew" else "start_north_south"])
    ends = shapely.get_coordinates(line)[[0, -1]]
    column = 0 if axis == "ew" else 1
    forward = ends[0][column] >= ends[1][column]
    wanted = start in ("east", "north")
    return (line if forward == wanted else line.reverse()), axis, start


def road_line(pieces: Sequence[shapely.LineString], rules: Rules) -> RoadLine:
    """A road's pieces in CGCS2000 degrees as one line in metres, beginning where its numbers begin.

    Raises:
        BadInput: the road has no line.
    """
    if not pieces:
        raise BadInput("这条道路没有线形。", "先在道路里画出中心线，再编号。", code="road.no-line")
    meridian = meridian_of(float(pieces[0].centroid.x))
    merged, gap = merge([flat(piece, meridian) for piece in pieces])
    line, axis, start = turned(merged, rules)
    return RoadLine(line, meridian, axis, start, gap)
