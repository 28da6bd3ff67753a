"""A sheet put together: title, map with lettered squares, scale bar, legend, index of names, source and 审图号."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.problems import BadInput
from tiles.paper import drawing, index
from tiles.paper.contents import Contents, Road, shapes_of
from tiles.paper.foot import Signs, foot
from tiles.paper.formats import SCALES, Frame, Paper, fitting_scale, paper_for, square_m
from tiles.paper.ground import Ground, ground_of, on_paper
from tiles.paper.index import Entry, Squares
from tiles.paper.lettering import Wanted, place
from tiles.paper.printed import Imprint, PaperMap

_MARGIN, _HEAD, _FOOT = 9.0, 12.0, 15.0
_RANKS: Final = {"快速路": 10, "主干道": 11, "次干道": 20, "支路": 40, "乡道": 41, "": 60}
_SIZES: Final = {"快速路": 2.7, "主干道": 2.7, "次干道": 2.4, "支路": 2.1, "乡道": 2.1, "": 1.75}


def paper_map(held: Contents, paper: str, imprint: Imprint, *, scale: int | None = None) -> PaperMap:
    """Draw a sheet.

    Args:
        held: what stands on it.
        paper: A4 to A0.
        imprint: what must be said.
        scale: the denominator; without it the largest of the usual ones at which the whole area fits. At a larger one
            the sheet shows the area's middle.

    Raises:
        BadInput: no such paper or scale.
    """
    if scale is not None and scale not in SCALES:
        raise BadInput(f"没有 1:{scale} 这个比例尺。", "请从清单里选择。", code="paper.scale")
    ground = ground_of(held.area)
    area = ground.metres(np.array([held.area], dtype=object))[0]
    wide, high = (
        2 * max(abs(low), abs(top)) for low, top in zip(area.bounds[:2], area.bounds[2:], strict=True)
    )
    sheet = paper_for(paper, wide, high)
    frame, panel = _frames(sheet, _count(held))
    chosen = scale or fitting_scale(wide, high, frame)
    return _Drawing(held, imprint, sheet, frame, panel, chosen, ground).finished()


def _count(held: Contents) -> int:
    return len({road.code for road in held.roads if road.name}) + len(held.parts) + len(held.spots)


def _frames(sheet: Paper, names: int) -> tuple[Frame, Frame | None]:
    """The map's frame, and a panel beside it where the index takes at most a quarter of the paper."""
    step, side = sheet.step, _MARGIN * sheet.step
    top, foot = side + _HEAD * step, _FOOT * step
    whole = Frame(side, top, sheet.width - 2 * side, sheet.height - top - foot - side)
    columns = index.columns_needed(names, whole.height - 7 * step, step)
    wide = columns * index.column_width(step) + 3 * step
    if not names or wide > 0.27 * sheet.width:
        return whole, None
    frame = Frame(whole.left, top, whole.width - wide - 4 * step, whole.height)
    left = frame.left + frame.width + 6 * step
    return frame, Frame(left, top + 7 * step, wide, whole.height - 7 * step)


@dataclass(slots=True)
class _Drawing:
    """The steps of one sheet."""

    held: Contents
    imprint: Imprint
    paper: Paper
    frame: Frame
    panel: Frame | None
    scale: int
    ground: Ground

    def finished(self) -> PaperMap:
        held, step = self.held, self.paper.step
        area = self._placed([held.area])[0]
        parts = [
            (name, shape)
            for (name, _), shape in zip(held.parts, self._placed([s for _, s in held.parts]), strict=True)
        ]
        roads = self._placed(shapes_of(held.roads))
        spots = self._placed(shapes_of(held.spots))
        squares = Squares(self.frame, square_m(self.scale, step) * 1000 / self.scale)
        named = self._named(roads, area)
        wanted = [*self._areas(parts), *self._roads(named), *self._spots(spots)]
        marks = [self._mark_box(kind, at) for kind, at in self._standing(spots)]
        frame = self.frame
        edge = (
            frame.left + 0.6,
            frame.top + 0.6,
            frame.left + frame.width - 0.6,
            frame.top + frame.height - 0.6,
        )
        placed = place(wanted, edge, marks)
        entries = self._entries(named, parts, spots, squares)
        body = (
            drawing.ground(area, [shape for _, shape in parts], step)
            + drawing.roads(self._by_class(roads), step)
            + drawing.outside(
                area,
                shapely.box(frame.left, frame.top, frame.left + frame.width, frame.top + frame.height),
                step,
            )
            + "".join(drawing.mark(kind, at.x, at.y, step) for kind, at in self._standing(spots))
            + drawing.names(placed)
        )
        left_out = len({one.text for one in wanted} - {one.text for one in placed})
        pages = self._pages(body, squares, entries)
        return PaperMap(
            held.title, pages, self.paper, self.scale, self.frame, tuple(placed), left_out, tuple(entries)
        )

    def _placed(self, shapes: Any) -> Any:
        given = np.empty(len(shapes), dtype=object)
        given[:] = list(shapes)
        return on_paper(self.ground.metres(given), self.frame, self.scale)

    def _named(self, roads: Any, area: BaseGeometry) -> list[tuple[Road, BaseGeometry]]:
        """Each named road once, all its pieces together, as far as it lies inside the area."""
        grouped: dict[str, list[int]] = defaultdict(list)
        for n, road in enumerate(self.held.roads):
            if road.name:
                grouped[road.code].append(n)
        if not grouped:
            return []
        whole = np.array([shapely.union_all(roads[at]) for at in grouped.values()], dtype=object)
        inside = shapely.intersection(whole, area.buffer(0.3))
        found = [(self.held.roads[at[0]], shape) for at, shape in zip(grouped.values(), inside, strict=True)]
        return [(road, shape) for road, shape in found if shape.length > 0]

    def _areas(self, parts: list[tuple[str, BaseGeometry]]) -> list[Wanted]:
        size = {"district": 4.0, "town": 2.5, "roads": 2.7}[self.held.kind] * self.paper.step
        rank = 0 if self.held.kind == "district" else 30
        return [Wanted(name, shape, size, "area", rank) for name, shape in parts]

    def _roads(self, named: list[tuple[Road, BaseGeometry]]) -> list[Wanted]:
        larger = 1.12 if self.held.kind == "roads" else 1.0
        out = []
        for road, shape in named:
            kind = drawing.class_of(road.road_class)
            size = _SIZES[kind] * self.paper.step * larger
            style = "main" if _RANKS[kind] < 20 else "road"
            out.append(Wanted(road.name, shape, size, style, _RANKS[kind] + 1 / (1 + shape.length)))
        return out

    def _spots(self, spots: Any) -> list[Wanted]:
        ranks = {"heritage": 15, "meal": 32, "cemetery": 33, "place": 50}
        return [
            Wanted(spot.name, at, 2.0 * self.paper.step, spot.kind, ranks[spot.kind],
                   drawing.MARKS[spot.kind].radius * self.paper.step)
            for spot, at in zip(self.held.spots, spots, strict=True) if not at.is_empty
        ]  # fmt: skip

    def _standing(self, spots: Any) -> list[tuple[str, Any]]:
        return [(s.kind, at) for s, at in zip(self.held.spots, spots, strict=True) if not at.is_empty]

    def _mark_box(self, kind: str, at: Any) -> tuple[float, float, float, float]:
        r = drawing.MARKS[kind].radius * self.paper.step
        return at.x - r, at.y - r, at.x + r, at.y + r

    def _by_class(self, roads: Any) -> dict[str, Any]:
        grouped: dict[str, list[BaseGeometry]] = defaultdict(list)
        for road, shape in zip(self.held.roads, roads, strict=True):
            grouped[drawing.class_of(road.road_class)].append(shape)
        return {kind: np.array(shapes, dtype=object) for kind, shapes in grouped.items()}

    def _entries(
        self, named: list[tuple[Road, BaseGeometry]], parts: list[tuple[str, BaseGeometry]], spots: Any, squares: Squares
    ) -> list[Entry]:  # fmt: skip
        kilometres = self.scale / 1_000_000
        found = [
            Entry(road.name, squares.of(max(shapely.get_parts(shape), key=shapely.length)),
                  f"{shape.length * kilometres:.1f} 公里" if self.held.kind == "roads" else "")
            for road, shape in named
        ]  # fmt: skip
        if self.held.kind != "roads":
            found += [Entry(name, squares.of(shape)) for name, shape in parts if not shape.is_empty]
        found += [
            Entry(s.name, squares.of(at))
            for s, at in zip(self.held.spots, spots, strict=True)
            if not at.is_empty
        ]
        return index.ordered(found, self.imprint.sort)

    def _pages(self, body: str, squares: Squares, entries: Sequence[Entry]) -> tuple[str, ...]:
        step, frame = self.paper.step, self.frame
        side = _MARGIN * step
        head = drawing.text(
            self.paper.width / 2, side + 7 * step, self.held.title, 6.2 * step, anchor="middle", weight=500
        )
        if self.imprint.sample:
            head += drawing.text(
                self.paper.width - side,
                side + 6.5 * step,
                self.imprint.sample,
                3 * step,
                colour="#B3261E",
                anchor="end",
            )
        window = (
            f'<svg x="{frame.left:.2f}" y="{frame.top:.2f}" width="{frame.width:.2f}" height="{frame.height:.2f}" '
            f'viewBox="{frame.left:.2f} {frame.top:.2f} {frame.width:.2f} {frame.height:.2f}">'
            f'<rect x="{frame.left:.2f}" y="{frame.top:.2f}" width="{frame.width:.2f}" height="{frame.height:.2f}" fill="#EEF1F4"/>{body}</svg>'
        )
        edge = (
            f'<rect x="{frame.left:.2f}" y="{frame.top:.2f}" width="{frame.width:.2f}" height="{frame.height:.2f}" '
            f'fill="none" stroke="{drawing.INK}" stroke-width="{0.3 * step:.2f}"/>'
        )
        first = head + window + index.grid(squares, step) + edge + self._foot()
        rest = list(entries)
        if self.panel is not None:
            first += self._index_title(self.panel.left, self.panel.top - 3 * step) + index.drawn(
                rest, self.panel, step
            )
            rest = []
        return (self._page(first), *self._index_pages(rest))

    def _index_title(self, x: float, y: float) -> str:
        return drawing.text(x, y, "地名索引", 3.4 * self.paper.step, weight=500)

    def _index_pages(self, entries: list[Entry]) -> list[str]:
        step, side = self.paper.step, _MARGIN * self.paper.step
        head = 9 * step
        room = index.per_page(self.paper, side, head)
        pages = []
        for start in range(0, len(entries), room):
            title = drawing.text(
                side, side + 4 * step, f"{self.held.title}　地名索引", 3.8 * step, weight=500
            )
            frame = Frame(side, side + head, self.paper.width - 2 * side, self.paper.height - 2 * side - head)
            pages.append(self._page(title + index.drawn(entries[start : start + room], frame, step)))
        return pages

    def _page(self, inside: str) -> str:
        wide, high = self.paper.width, self.paper.height
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}" '
            f'font-family="{drawing.FACE}"><rect width="{wide}" height="{high}" fill="{drawing.PAPER}"/>{inside}</svg>'
        )

    def _foot(self) -> str:
        kinds = [kind for kind in drawing.MARKS if any(spot.kind == kind for spot in self.held.spots)]
        classes = {drawing.class_of(road.road_class) for road in self.held.roads}
        signs = Signs(kinds, classes, self.held.edges)
        return foot(self.paper, self.frame, self.scale, signs, self.imprint)
