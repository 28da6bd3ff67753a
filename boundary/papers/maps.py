"""Maps at scale for the papers: a marker with its reference objects, a line with its markers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from pyproj import Geod

from boundary.register import Line, Marker, place_of
from geo.documents import Picture
from geo.sketch import Layer, Sketch, sketch

_GEOD = Geod(ellps="GRS80")
_LINE, _MARK, _THING = "#B3261E", "#0B4F9E", "#5B6673"
_AROUND_M = 120.0
WIDTH_MM = 150.0


def picture(drawn: Sketch, caption: str) -> Picture:
    """A sketch as a block of a paper, sharp in print."""
    return Picture(drawn.png(), drawn.width_mm, f"{caption}（1:{drawn.scale:,}）", svg=drawn.svg)


def marker_sketch(marker: Marker, lines: Sequence[Line], note: str = "") -> Sketch | None:
    """界桩位置略图: the marker, its reference objects with sight lines, the line around it; None without a position."""
    point = marker.point
    if point is None:
        return None
    things = [(one.name, spot) for one in marker.references if (spot := place_of(marker, one)) is not None]
    reach = max([_AROUND_M / 4, *(_metres(point, spot) for _, spot in things)]) * 1.1
    frame = shapely.box(*shapely.MultiPoint([_away(point, a, reach) for a in (0, 90, 180, 270)]).bounds)
    near = [shapely.intersection(line.course, frame) for line in lines if line.course is not None]
    return sketch(
        [
            Layer(near, label="界线", colour=_LINE, width_mm=0.6),
            Layer([shapely.LineString([point, spot]) for _, spot in things], colour=_THING, width_mm=0.25, dashed=True),
            Layer([spot for _, spot in things], [name for name, _ in things], "方位物", _THING, 0.9, "ring"),
            Layer([point], [marker.shown], "界桩", _MARK, 1.2, "square"),
        ],
        width_mm=110, height_mm=80, note=note,
    )  # fmt: skip


def line_map(line: Line, markers: Sequence[Marker], note: str = "") -> Sketch:
    """界线略图: the whole line with its markers, numbered in the order given, as the paper's table numbers them.

    The caption names the line: on the map its name would take the place of a number.
    """
    placed = [(f"{n}", m.point) for n, m in enumerate(markers, start=1) if m.point is not None]
    return sketch(
        [
            Layer([line.course] if line.course is not None else [], label="界线", colour=_LINE, width_mm=0.7),
            Layer(
                [point for _, point in placed], [name for name, _ in placed], "界桩（数字为序号）", _MARK, 1.1, "square"
            ),
        ],
        width_mm=WIDTH_MM, height_mm=90, note=note,
    )  # fmt: skip


def _away(point: shapely.Point, azimuth: float, metres: float) -> shapely.Point:
    lon, lat, _ = _GEOD.fwd(point.x, point.y, azimuth, metres)
    return shapely.Point(lon, lat)


def _metres(a: shapely.Point, b: shapely.Point) -> float:
    return math.fabs(float(_GEOD.inv(a.x, a.y, b.x, b.y)[2]))
