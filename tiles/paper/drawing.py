"""The SVG of a sheet's map: ground, roads, marks, letters. Millimetres; colours of the quiet base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tiles.paper.lettering import Placed

INK, MUTED, LINE, PAPER = "#1B2430", "#5B6673", "#9AA5B1", "#FFFFFF"
FACE: Final = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"
#: Road class -> width on A4, mm, and its colour; what is not named here is drawn as a lane.
ROADS: Final = {
    "快速路": (1.5, "#F4D9A6"), "主干道": (1.3, "#F4D9A6"), "次干道": (0.95, "#FBF0D2"), "支路": (0.65, "#FFFFFF"),
    "乡道": (0.65, "#FFFFFF"), "": (0.4, "#FFFFFF"),
}  # fmt: skip
ORDER: Final = ("", "乡道", "支路", "次干道", "主干道", "快速路")


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of point is drawn and called: shape and colour together."""

    label: str
    shape: str
    colour: str
    radius: float


MARKS: Final = {
    "heritage": Mark("保护地名", "diamond", "#B3261E", 1.1),
    "meal": Mark("助餐点", "dot", "#0A7A4B", 1.1),
    "cemetery": Mark("公墓", "square", "#4E7A63", 0.9),
    "place": Mark("地名", "ring", "#5B6673", 0.6),
}
#: Style of a name -> colour and weight.
STYLES: Final = {
    "road": (INK, 400), "main": (INK, 500), "area": ("#55606D", 500), "heritage": ("#B3261E", 400), "meal": ("#0A7A4B", 400),
    "cemetery": ("#3D6350", 400), "place": (INK, 400),
}  # fmt: skip


def class_of(road_class: str) -> str:
    """The class as it is drawn: 巷弄 and what is not known are lanes."""
    return road_class if road_class in ROADS else ""


def own_line(step: float) -> str:
    """How the line of the sheet's own area is drawn."""
    return (
        f'stroke="#8A6A66" stroke-width="{0.55 * step:.2f}" '
        f'stroke-dasharray="{4 * step:.2f} {1.2 * step:.2f} {0.6 * step:.2f} {1.2 * step:.2f}"'
    )


def inner_line(step: float) -> str:
    """How the lines between its parts are drawn."""
    return f'stroke="#8A6A66" stroke-width="{0.2 * step:.2f}" stroke-dasharray="{2.2 * step:.2f} {1.1 * step:.2f}"'


def ground(area: BaseGeometry, parts: Iterable[BaseGeometry], step: float) -> str:
    """The sheet's own area lighter than what lies around, with the lines between its parts."""
    # Neighbours share their edge: drawn twice, the dashes of one would fill the gaps of the other.
    edges = shapely.union_all([shapely.boundary(part) for part in parts if not part.is_empty])
    inner = shapely.line_merge(shapely.difference(edges, shapely.boundary(area).buffer(0.3)))
    return (
        f'<path d="{path(area)}" fill="#FBFBF8" stroke="none"/>'
        f'<path d="{path(inner)}" fill="none" {inner_line(step)}/>'
    )


def outside(area: BaseGeometry, frame: BaseGeometry, step: float) -> str:
    """What lies around stays to be seen, and paler; then the area's own line."""
    return (
        f'<path d="{path(shapely.difference(frame, area))}" fill="#EEF1F4" fill-opacity="0.6" fill-rule="evenodd" stroke="none"/>'
        f'<path d="{path(area)}" fill="none" {own_line(step)}/>'
    )


def roads(by_class: dict[str, NDArray[np.object_]], step: float) -> str:
    """Casings first, then bodies, the small roads under the large ones."""
    out = []
    for casing in (True, False):
        for road_class in ORDER:
            lines = [path(line) for line in by_class.get(road_class, ()) if not line.is_empty]
            if not lines:
                continue
            width, colour = ROADS[road_class]
            wide = (width + (0.28 if casing else 0)) * step
            out.append(
                f'<path d="{"".join(lines)}" fill="none" stroke="{LINE if casing else colour}" stroke-width="{wide:.2f}" '
                'stroke-linecap="round" stroke-linejoin="round"/>'
            )
    return "".join(out)


def mark(kind: str, x: float, y: float, step: float) -> str:
    """A point's mark."""
    told = MARKS[kind]
    r = told.radius * step
    edge = f'stroke="{PAPER}" stroke-width="{0.22 * step:.2f}"'
    if told.shape == "square":
        return f'<rect x="{x - r:.2f}" y="{y - r:.2f}" width="{2 * r:.2f}" height="{2 * r:.2f}" fill="{told.colour}" {edge}/>'
    if told.shape == "diamond":
        return f'<path d="M{x:.2f} {y - r * 1.2:.2f}l{r * 1.2:.2f} {r * 1.2:.2f}l{-r * 1.2:.2f} {r * 1.2:.2f}l{-r * 1.2:.2f} {-r * 1.2:.2f}Z" fill="{told.colour}" {edge}/>'
    if told.shape == "ring":
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="{PAPER}" stroke="{told.colour}" stroke-width="{0.3 * step:.2f}"/>'
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="{told.colour}" {edge}/>'


def names(placed: Sequence[Placed]) -> str:
    """Every letter with a halo, all halos below all letters."""
    return "".join(_halo(one) for one in placed) + "".join(_letters(one) for one in placed)


def _halo(one: Placed) -> str:
    wide = one.size * 0.3
    return _written(one, f'fill="{PAPER}" stroke="{PAPER}" stroke-width="{wide:.2f}" stroke-linejoin="round"')


def _letters(one: Placed) -> str:
    colour, weight = STYLES[one.style]
    return _written(one, f'fill="{colour}" font-weight="{weight}"')


def _written(one: Placed, how: str) -> str:
    # The middle of a Chinese letter stands 0.36 of its size above the line that it is written on.
    down = one.size * 0.36
    out = []
    for letter in one.letters:
        turn = f' transform="rotate({letter.turn:.1f} {letter.x:.2f} {letter.y:.2f})"' if letter.turn else ""
        out.append(
            f'<text x="{letter.x:.2f}" y="{letter.y + down:.2f}" font-size="{one.size:.2f}" text-anchor="middle" {how}{turn}>'
            f"{escape(letter.text)}</text>"
        )
    return "".join(out)


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    colour: str = INK,
    anchor: str = "start",
    weight: int = 400,
) -> str:
    """One line of words; ``y`` is the line that it is written on."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.2f}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def path(shape: BaseGeometry) -> str:
    """A line or an area as the data of an SVG path, to a hundredth of a millimetre."""
    if shape.geom_type == "Polygon":
        return "".join(_ring(ring) + "Z" for ring in (shape.exterior, *shape.interiors))
    if shape.geom_type in ("LineString", "LinearRing"):
        return _ring(shape)
    if shape.geom_type == "Point":
        return ""
    return "".join(path(part) for part in shapely.get_parts(shape))


def _ring(line: BaseGeometry) -> str:
    at = shapely.get_coordinates(line)
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in at) if len(at) else ""
