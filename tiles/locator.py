"""The locator (位置略图): the roads around a point as a small SVG, for readers without WebGL, script or screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sqlalchemy import text
from sqlalchemy.orm import Session

WIDTH, HEIGHT = 800, 600
#: Ground metres from the left edge to the right.
SPAN_M = 900.0
_M_PER_DEGREE = 111_320.0
_STROKES = {"快速路": 18, "主干道": 18, "次干道": 13}

_ROADS = text("""
SELECT r.name, r.road_class, ST_AsText(r.geom, 6) AS line
FROM published.road_segment r
WHERE r.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4490) AND ST_GeometryType(r.geom) = 'ST_LineString'
ORDER BY r.id LIMIT 600
""")
_DOORS = text("""
SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM published.address_point
WHERE geom && ST_MakeEnvelope(:west, :south, :east, :north, 4490) LIMIT 1500
""")


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the ground the picture shows, and how degrees become picture units."""

    lon: float
    lat: float

    @property
    def scale(self) -> float:
        """Picture units a metre."""
        return WIDTH / SPAN_M

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The place of a point in the picture."""
        east_m = (lon - self.lon) * _M_PER_DEGREE * math.cos(math.radians(self.lat))
        north_m = (lat - self.lat) * _M_PER_DEGREE
        return round(WIDTH / 2 + east_m * self.scale, 1), round(HEIGHT / 2 - north_m * self.scale, 1)

    def bounds(self) -> dict[str, float]:
        """West, south, east and north in degrees."""
        half_lon = SPAN_M / 2 / (_M_PER_DEGREE * max(0.05, math.cos(math.radians(self.lat))))
        half_lat = SPAN_M * HEIGHT / WIDTH / 2 / _M_PER_DEGREE
        return {
            "west": self.lon - half_lon, "east": self.lon + half_lon,
            "south": self.lat - half_lat, "north": self.lat + half_lat,
        }  # fmt: skip


def draw(db: Session, lon: float, lat: float) -> str:
    """The SVG of the surroundings of a point (CGCS2000 degrees), the point itself in the middle."""
    frame = Frame(lon, lat)
    bounds = frame.bounds()
    roads = [(r.name, r.road_class, _line(frame, r.line)) for r in db.execute(_ROADS, bounds)]
    doors = [frame.at(d.lon, d.lat) for d in db.execute(_DOORS, bounds)]
    return "".join(
        (_HEAD, *_drawn_roads(roads), *_drawn_doors(doors), *_names(roads), _POINT, _SCALE, "</svg>")
    )


_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
    'font-family="PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif">'
    f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#f3f5f2"/>'
)
_POINT = (
    f'<circle cx="{WIDTH / 2}" cy="{HEIGHT / 2}" r="15" fill="#fff"/>'
    f'<circle cx="{WIDTH / 2}" cy="{HEIGHT / 2}" r="9" fill="#fff" stroke="#0b4f9e" stroke-width="7"/>'
)
_BAR = 100 * WIDTH / SPAN_M
_SCALE = (
    f'<path d="M20 {HEIGHT - 26}v8h{_BAR:.1f}v-8" fill="none" stroke="#1b2430" stroke-width="2"/>'
    f'<text x="{24 + _BAR:.1f}" y="{HEIGHT - 16}" font-size="16" fill="#1b2430" dx="6">100 米</text>'
)


def _line(frame: Frame, wkt: str) -> list[tuple[float, float]]:
    inner = wkt[wkt.index("(") + 1 : wkt.rindex(")")]
    pairs = (pair.split() for pair in inner.split(","))
    return [frame.at(float(lon), float(lat)) for lon, lat in pairs]


def _drawn_roads(roads: list[tuple[str, str, list[tuple[float, float]]]]) -> list[str]:
    casings, bodies = [], []
    for _, road_class, line in roads:
        width = _STROKES.get(road_class, 8)
        points = " ".join(f"{x},{y}" for x, y in line)
        shape = f'<polyline points="{points}" fill="none" stroke-linecap="round" stroke-linejoin="round"'
        casings.append(f'{shape} stroke="#aab4bf" stroke-width="{width + 3}"/>')
        bodies.append(f'{shape} stroke="#fff" stroke-width="{width}"/>')
    return casings + bodies


def _drawn_doors(doors: list[tuple[float, float]]) -> list[str]:
    return [f'<circle cx="{x}" cy="{y}" r="2.5" fill="#0b4f9e" opacity=".7"/>' for x, y in doors]


def _names(roads: list[tuple[str, str, list[tuple[float, float]]]]) -> list[str]:
    longest: dict[str, tuple[float, list[tuple[float, float]]]] = {}
    for name, _, line in roads:
        length = math.dist(line[0], line[-1])
        if name and length > longest.get(name, (40.0, []))[0]:
            longest[name] = (length, line)
    return [label for name, (_, line) in longest.items() if (label := _label(name, line))]


def _label(name: str, line: list[tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = line[0], line[-1]
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    if not (30 < x < WIDTH - 30 and 20 < y < HEIGHT - 40):
        return ""
    angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
    # Read from the left, or from below: never head over.
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" transform="rotate({angle:.1f} {x:.1f} {y:.1f})" text-anchor="middle" '
        'dominant-baseline="central" font-size="17" fill="#1b2430" stroke="#fff" stroke-width="4" '
        f'paint-order="stroke">{escape(name)}</text>'
    )
