"""Geometry drawn as text: characters of a grid are points, lines are listed by their characters.

    grid = Grid('''
        1 . 2
        . . .
        3 . 4
    ''')
    grid.line("12")      the northern side
    grid.area("1243")    the square

One step of the grid is ``step_m`` metres on the ground, the first character stands at 121.2° E, 28.6° N, columns run
east, rows run south. Blanks between characters only make it readable; ``.`` is an empty place.
"""

from __future__ import annotations

from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, Point, Polygon

_GEOD = Geod(ellps="GRS80")


class Grid:
    """Points by character; every letter, digit or Chinese character stands once."""

    def __init__(self, drawing: str, step_m: float = 100.0, lon: float = 121.2, lat: float = 28.6) -> None:
        self.points: dict[str, Point] = {}
        rows = [line.replace(" ", "") for line in drawing.splitlines() if line.strip()]
        for south, row in enumerate(rows):
            for east, char in enumerate(row):
                if char != ".":
                    assert char not in self.points, f"{char} stands twice"
                    x, _, _ = _GEOD.fwd(lon, lat, 90, east * step_m)
                    _, y, _ = _GEOD.fwd(lon, lat, 180, south * step_m)
                    self.points[char] = Point(x, y)

    def point(self, char: str) -> Point:
        """The point of a character."""
        return self.points[char]

    def line(self, chars: str) -> LineString:
        """The line through the characters in order."""
        return LineString([self.points[char] for char in chars])

    def lines(self, *chars: str) -> MultiLineString:
        """Several lines as one geometry."""
        return MultiLineString([self.line(run) for run in chars])

    def area(self, chars: str) -> Polygon:
        """The polygon around the characters in order."""
        return Polygon([self.points[char] for char in chars])
