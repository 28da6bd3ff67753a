"""A small map for a paper (示意图): lines, areas and points with names, at a stated scale, as SVG and as PNG.

No tiles and no projection library of pictures: the ground is the plane that touches the ellipsoid at the drawing's middle.
Lengths are true to one part in ten thousand some kilometres around it; towards the edge of a whole district, east to
west, to one in four hundred. North is up. Made for the pages of documents and print sheets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from shapely.affinity import affine_transform
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

_A: Final = 6_378_137.0
_E2: Final = 0.006_694_380_022_9
"""Half axis in metres and squared eccentricity of the GRS80 ellipsoid, which CGCS2000 shares to a tenth of a millimetre."""
# Steps of a tenfold: 1:12,500 and 1:15,000 are usual scales, and the map fills its frame.
_ROUND: Final = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5)
_FACE: Final = "Noto Sans CJK SC, Microsoft YaHei, sans-serif"
_FOOT_MM: Final = 9.0
_PNG_DPI: Final = 220


@dataclass(frozen=True, slots=True)
class Layer:
    """Things drawn alike, in the order given.

    Attributes:
        shapes: geometries in degrees (CGCS2000, longitude first).
        names: a name beside each shape, or empty.
        label: the entry of the legend; empty leaves it out.
        colour: of line and point, ``#rrggbb``; areas are filled lightly with it.
        width_mm: line width, or the radius of points.
        mark: how points are drawn: ``dot``, ``square`` (boundary markers), ``ring``.
        dashed: for lines that are planned or made up.
    """

    shapes: Sequence[BaseGeometry]
    names: Sequence[str] = ()
    label: str = ""
    colour: str = "#1B2430"
    width_mm: float = 0.5
    mark: str = "dot"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawn map: ``svg`` text, its size, and the scale as 1 : ``scale``."""

    svg: str
    width_mm: float
    height_mm: float
    scale: int

    def png(self) -> bytes:
        """The same as PNG, 220 dots an inch, for programs that cannot draw SVG."""
        return _png(self.svg, self.width_mm, self.height_mm)


def sketch(
    layers: Sequence[Layer], *, width_mm: float, height_mm: float, note: str = "", scale: int | None = None
) -> Sketch:
    """Draw layers into a frame with scale bar, north arrow and legend.

    Args:
        layers: from bottom to top; empty geometries are left out.
        width_mm: of the whole picture.
        height_mm: of the whole picture, of which the foot takes 9 mm.
        note: said at the foot, as 示例数据 or 审图号.
        scale: the denominator; without it the roundest at which everything fits.
    """
    shapes = [shape for layer in layers for shape in layer.shapes if shape is not None and not shape.is_empty]
    frame = (width_mm, height_mm - _FOOT_MM)
    plane = _plane(shapes)
    chosen = scale or _fitting_scale(shapes, plane, frame)
    paper = _on_paper(plane, chosen, frame)
    drawn = "".join(_layer(layer, paper, frame) for layer in layers)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm}mm" height="{height_mm}mm" '
        f'viewBox="0 0 {width_mm} {height_mm}" font-family="{_FACE}">'
        f'<rect width="{width_mm}" height="{height_mm}" fill="#fff"/>'
        f'<svg width="{frame[0]}" height="{frame[1]}"><rect width="100%" height="100%" fill="#F6F8FA"/>{drawn}</svg>'
        f'<rect width="{frame[0]}" height="{frame[1]}" fill="none" stroke="#1B2430" stroke-width="0.25"/>'
        f"{_north(frame)}{_legend(layers, frame)}{_foot(chosen, note, width_mm, frame[1])}</svg>"
    )
    return Sketch(svg, width_mm, height_mm, chosen)


@dataclass(frozen=True, slots=True)
class _Plane:
    lon: float
    lat: float

    @property
    def east_m(self) -> float:
        """Metres of a degree of longitude."""
        turn = math.radians(self.lat)
        return math.radians(_A * math.cos(turn) / math.sqrt(1 - _E2 * math.sin(turn) ** 2))

    @property
    def north_m(self) -> float:
        """Metres of a degree of latitude."""
        return math.radians(_A * (1 - _E2) / (1 - _E2 * math.sin(math.radians(self.lat)) ** 2) ** 1.5)

    def metres(self, shape: BaseGeometry) -> BaseGeometry:
        return affine_transform(
            shape, [self.east_m, 0, 0, self.north_m, -self.lon * self.east_m, -self.lat * self.north_m]
        )


def _plane(shapes: Sequence[BaseGeometry]) -> _Plane:
    if not shapes:
        return _Plane(0.0, 0.0)
    bounds = [shape.bounds for shape in shapes]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    return _Plane((west + east) / 2, (south + north) / 2)


def _fitting_scale(shapes: Sequence[BaseGeometry], plane: _Plane, frame: tuple[float, float]) -> int:
    wide = max((abs(x) for s in shapes for x in plane.metres(s).bounds[0::2]), default=50.0)
    high = max((abs(y) for s in shapes for y in plane.metres(s).bounds[1::2]), default=50.0)
    # A tenth of the frame stays free on each side for names.
    need = max(wide * 2 / (frame[0] * 0.8), high * 2 / (frame[1] * 0.8)) * 1000
    return _round_up(max(need, 200.0))


def _round_up(value: float) -> int:
    power = 10 ** math.floor(math.log10(value))
    found: int = next(round(step * power) for step in (*_ROUND, 10) if step * power >= value)
    return found


def _on_paper(plane: _Plane, scale: int, frame: tuple[float, float]) -> list[float]:
    kx, ky = plane.east_m * 1000 / scale, plane.north_m * 1000 / scale
    return [kx, 0, 0, -ky, frame[0] / 2 - plane.lon * kx, frame[1] / 2 + plane.lat * ky]


def _layer(layer: Layer, paper: list[float], frame: tuple[float, float]) -> str:
    out = []
    for at, shape in enumerate(layer.shapes):
        if shape is None or shape.is_empty:
            continue
        placed = affine_transform(shape, paper)
        out.append(_shape(placed, layer))
        name = layer.names[at] if at < len(layer.names) else ""
        if name:
            out.append(_name(placed, name, layer, frame))
    return "".join(out)


def _shape(shape: BaseGeometry, layer: Layer) -> str:
    if isinstance(shape, Point):
        return _mark(shape.x, shape.y, layer)
    if isinstance(shape, Polygon | MultiPolygon):
        return _path(shape, layer, f'fill="{layer.colour}" fill-opacity="0.15"')
    if isinstance(shape, LineString | MultiLineString):
        return _path(shape, layer, 'fill="none"')
    return "".join(_shape(part, layer) for part in getattr(shape, "geoms", ()))


def _path(shape: BaseGeometry, layer: Layer, fill: str) -> str:
    dash = ' stroke-dasharray="2 1.2"' if layer.dashed else ""
    return (
        f'<path d="{_outline(shape)}" {fill} stroke="{layer.colour}" stroke-width="{layer.width_mm}" '
        f'stroke-linejoin="round" stroke-linecap="round" fill-rule="evenodd"{dash}/>'
    )


def _outline(shape: BaseGeometry) -> str:
    if isinstance(shape, Polygon):
        return " ".join(_ring(list(ring.coords)) + "Z" for ring in (shape.exterior, *shape.interiors))
    if isinstance(shape, LineString):
        return _ring(list(shape.coords))
    return " ".join(_outline(part) for part in getattr(shape, "geoms", ()))


def _ring(points: Sequence[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{p[0]:.2f} {p[1]:.2f}" for p in points)


def _mark(x: float, y: float, layer: Layer) -> str:
    r = max(layer.width_mm, 0.6)
    edge = 'stroke="#fff" stroke-width="0.3"'
    if layer.mark == "square":
        return f'<rect x="{x - r:.2f}" y="{y - r:.2f}" width="{2 * r}" height="{2 * r}" fill="{layer.colour}" {edge}/>'
    if layer.mark == "ring":
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r}" fill="#fff" stroke="{layer.colour}" stroke-width="0.5"/>'
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r}" fill="{layer.colour}" {edge}/>'


def _name(shape: BaseGeometry, name: str, layer: Layer, frame: tuple[float, float]) -> str:
    # Lines carry their name off the middle, where their points stand.
    at = (
        shape.interpolate(0.3, normalized=True) if "Line" in shape.geom_type else shape.representative_point()
    )
    # A name near the right edge stands left of its place, or it would be cut.
    left = at.x > frame[0] * 0.8
    x = at.x + (-1 if left else 1) * (max(layer.width_mm, 0.6) + 0.8)
    # Names of lines and markers stand a little higher, clear of what the line carries.
    y = at.y + (1 if layer.mark == "ring" else -1.6)
    anchor = "end" if left else "start"
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="3" text-anchor="{anchor}" fill="{layer.colour}" '
        f'stroke="#fff" stroke-width="0.7" paint-order="stroke" stroke-linejoin="round">{escape(name)}</text>'
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="3" text-anchor="{anchor}" fill="{layer.colour}">{escape(name)}</text>'
    )


def _north(frame: tuple[float, float]) -> str:
    x, y = frame[0] - 6, 4
    return (
        f'<path d="M{x} {y}l2 7-2-1.6-2 1.6z" fill="#1B2430"/>'
        f'<text x="{x}" y="{y + 10.5}" font-size="3" text-anchor="middle">北</text>'
    )


def _legend(layers: Sequence[Layer], frame: tuple[float, float]) -> str:
    named = [layer for layer in layers if layer.label]
    if not named:
        return ""
    top = frame[1] - 5 * len(named) - 3
    wide = max(len(layer.label) for layer in named) * 3 + 12
    out = [
        f'<rect x="2" y="{top}" width="{wide}" height="{5 * len(named) + 1}" fill="#fff" fill-opacity="0.85"/>'
    ]
    for at, layer in enumerate(named):
        y = top + 3 + 5 * at
        out.append(_sample(layer, y))
        out.append(
            f'<text x="10" y="{y + 1.1:.2f}" font-size="3" fill="#1B2430">{escape(layer.label)}</text>'
        )
    return "".join(out)


def _sample(layer: Layer, y: float) -> str:
    first = next((shape for shape in layer.shapes if shape is not None and not shape.is_empty), Point(0, 0))
    if first.geom_type.endswith("Point"):
        return _mark(6, y, layer)
    if first.geom_type.endswith("Polygon"):
        box = Polygon([(4, y - 1.5), (8.5, y - 1.5), (8.5, y + 1.5), (4, y + 1.5)])
        return _shape(box, layer)
    return _shape(LineString([(4, y), (8.5, y)]), layer)


def _foot(scale: int, note: str, width_mm: float, top: float) -> str:
    length = next(n * 10**p for p in range(6, -1, -1) for n in (5, 2, 1) if n * 10**p * 1000 / scale <= 40)
    bar = length * 1000 / scale
    words = f"{length // 1000} 千米" if length >= 1000 else f"{length} 米"
    y = top + 4
    return (
        f'<path d="M2 {y - 1.2}v1.2h{bar:.2f}v-1.2" fill="none" stroke="#1B2430" stroke-width="0.35"/>'
        f'<text x="{bar + 4:.2f}" y="{y + 0.6}" font-size="3" fill="#1B2430">{words}　1:{scale:,}</text>'
        f'<text x="{width_mm - 1}" y="{y + 0.6}" font-size="3" text-anchor="end" fill="#5B6673">{escape(note)}</text>'
    )


@lru_cache(maxsize=16)
def _png(svg: str, width_mm: float, height_mm: float) -> bytes:
    import io

    import pypdfium2
    from weasyprint import HTML

    page = f"<style>@page{{size:{width_mm}mm {height_mm}mm;margin:0}}body{{margin:0}}svg{{display:block}}</style>{svg}"
    with pypdfium2.PdfDocument(HTML(string=page).write_pdf()) as drawn:
        image = drawn[0].render(scale=_PNG_DPI / 72).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
    return out.getvalue()
