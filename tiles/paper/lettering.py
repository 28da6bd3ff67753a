"""Where names go on a paper map so that no two touch: along roads, beside points, in the middle of areas. Pure, millimetres.

Greedy by rank: the most important name takes the best place that is free, the next looks at what is left. A name that
finds no place is not drawn (the index has it). Every letter along a road has a box of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]
#: Height and width of a Chinese letter's box in parts of its size; Latin letters are about half as wide.
_EM: Final = 1.06
_NARROW: Final = 0.6
_CELL: Final = 12.0
#: Where along a road its name is tried, from the middle outwards.
_ALONG: Final = (0.5, 0.35, 0.65, 0.2, 0.8, 0.42, 0.58)
_MOST_TURN: Final = math.radians(32)
#: A road longer than this many letters' sizes has its name again.
_AGAIN: Final = 75.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that asks for a place.

    Attributes:
        text: the name.
        shape: line, point or area on the paper, mm.
        size: of the letters, mm.
        style: how it is drawn; handed on.
        rank: the least goes first.
        keep_off: half the width of the point's own mark.
    """

    text: str
    shape: BaseGeometry
    size: float
    style: str
    rank: float = 0.0
    keep_off: float = 0.0


@dataclass(frozen=True, slots=True)
class Letter:
    """Text that is drawn in one piece, its middle and its turn in degrees clockwise."""

    text: str
    x: float
    y: float
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A name that found a place: its letters and their boxes (left, top, right, bottom)."""

    text: str
    size: float
    style: str
    letters: tuple[Letter, ...]
    boxes: tuple[Box, ...]


@dataclass(slots=True)
class Room:
    """What is taken already; boxes in squares of 12 mm, so that only neighbours are asked."""

    frame: Box
    _cells: dict[tuple[int, int], list[Box]] = field(default_factory=lambda: defaultdict(list))

    def free(self, boxes: Sequence[Box]) -> bool:
        """Whether all of these lie inside and touch nothing that is taken, nor each other."""
        left, top, right, bottom = self.frame
        for n, b in enumerate(boxes):
            if b[0] < left or b[1] < top or b[2] > right or b[3] > bottom:
                return False
            if any(_meet(b, other) for cell in _cells(b) for other in self._cells.get(cell, ())):
                return False
            if any(_meet(b, other) for other in boxes[:n]):
                return False
        return True

    def take(self, boxes: Sequence[Box]) -> None:
        """These are taken now."""
        for b in boxes:
            for cell in _cells(b):
                self._cells[cell].append(b)


def place(wanted: Sequence[Wanted], frame: Box, marks: Sequence[Box] = ()) -> list[Placed]:
    """The names that find a place, in order of rank; the same input gives the same places.

    Args:
        wanted: what asks.
        frame: no letter stands over its edge.
        marks: boxes that stand already and are not written over.
    """
    room = Room(frame)
    room.take(marks)
    found: list[Placed] = []
    for one in sorted(wanted, key=lambda w: (w.rank, w.text)):
        for offered in _offers(one):
            for candidate in offered:
                if room.free(candidate.boxes):
                    room.take(candidate.boxes)
                    found.append(candidate)
                    break
    return found


def text_width(text: str, size: float) -> float:
    """How wide a text is, mm, a little on the safe side."""
    return sum(_EM if ord(letter) > 0x2E80 else _NARROW for letter in text) * size


def _offers(one: Wanted) -> Iterator[Iterator[Placed]]:
    """Groups of candidates; of each group the first free one is taken."""
    kind = one.shape.geom_type
    if one.shape.is_empty:
        return
    if "Line" in kind:
        yield from _by_lines(one)
    elif kind == "Point":
        yield (_flat(one, x, y) for x, y in _around(one))
    else:
        yield (_flat(one, x, y) for x, y in _within(one))


def _flat(one: Wanted, x: float, y: float) -> Placed:
    half = text_width(one.text, one.size) / 2
    high = one.size * _EM / 2
    box = (x - half, y - high, x + half, y + high)
    return Placed(one.text, one.size, one.style, (Letter(one.text, x, y),), (box,))


def _around(one: Wanted) -> Iterator[tuple[float, float]]:
    """Right, left, above, below, and the corners."""
    at, off = one.shape, one.keep_off + one.size * 0.25
    wide, high = text_width(one.text, one.size) / 2 + off, one.size * _EM / 2 + off
    for across, down in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)):
        shift = off * 0.6 if across and down else 0.0
        yield at.x + across * (wide - shift), at.y + down * (high - shift)


def _within(one: Wanted) -> Iterator[tuple[float, float]]:
    """The middle of the area, then places around it that still lie inside."""
    middle = shapely.point_on_surface(one.shape)
    centre = one.shape.centroid
    if one.shape.contains(centre):
        yield centre.x, centre.y
    yield middle.x, middle.y
    for ring in (1, 2, 3, 4):
        for part in range(8):
            turn = part * math.pi / 4
            x, y = (
                middle.x + ring * 2 * one.size * math.cos(turn),
                middle.y + ring * 1.6 * one.size * math.sin(turn),
            )
            if one.shape.contains(shapely.Point(x, y)):
                yield x, y


def _by_lines(one: Wanted) -> Iterator[Iterator[Placed]]:
    """The longest pieces first; a long road carries its name more than once."""
    merged = shapely.line_merge(one.shape)
    pieces = sorted(shapely.get_parts(merged), key=lambda piece: -piece.length)
    again = _AGAIN * one.size
    for rank, piece in enumerate(pieces[:4]):
        if rank and piece.length < again:
            return
        count = max(1, int(piece.length // again))
        for n in range(count):
            spans = [(n + share) / count for share in _ALONG]
            yield (found for share in spans if (found := _along(one, piece, share)))


def _along(one: Wanted, line: BaseGeometry, share: float) -> Placed | None:
    """The name's letters one by one along the line around a share of its length; None where it is too short or bent."""
    text, size = one.text, one.size
    narrow = sum(ord(letter) <= 0x2E80 for letter in text) == len(text)
    steps = max(1, len(text) - 1)
    least = size * (_NARROW if narrow else _EM * 1.08)
    gap = min(max(least, line.length * 0.45 / steps), least * 1.9)
    whole = gap * steps
    if whole + size > line.length:
        gap, whole = least, least * steps
    start = share * line.length - whole / 2
    if start < size * 0.3 or start + whole > line.length - size * 0.3:
        return None
    at = shapely.get_coordinates(shapely.line_interpolate_point(line, start + gap * np.arange(len(text))))
    ends = start + gap * np.arange(len(text))
    before = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(ends - size / 2, 0)))
    after = shapely.get_coordinates(shapely.line_interpolate_point(line, ends + size / 2))
    chord = after[-1] - before[0]
    upright = abs(chord[1]) > abs(chord[0]) * 1.05 and not narrow
    backwards = chord[1] < 0 if upright else chord[0] < 0
    whole_turn = math.atan2(chord[1], chord[0])
    turns = np.arctan2(after[:, 1] - before[:, 1], after[:, 0] - before[:, 0])
    if np.abs((turns - whole_turn + math.pi) % (2 * math.pi) - math.pi).max() > _MOST_TURN:
        return None
    if backwards:
        at, turns = at[::-1], turns[::-1] + math.pi
    turns = turns - math.pi / 2 if upright else turns
    turns = (turns + math.pi) % (2 * math.pi) - math.pi
    letters = tuple(
        Letter(letter, float(x), float(y), math.degrees(turn))
        for letter, (x, y), turn in zip(text, at, turns, strict=True)
    )
    return Placed(text, size, one.style, letters, tuple(_box(letter, size) for letter in letters))


def _box(letter: Letter, size: float) -> Box:
    """The upright box around a turned letter."""
    turn = math.radians(letter.turn)
    wide = size * (_EM if ord(letter.text) > 0x2E80 else _NARROW) / 2
    high = size * _EM / 2
    x = wide * abs(math.cos(turn)) + high * abs(math.sin(turn))
    y = wide * abs(math.sin(turn)) + high * abs(math.cos(turn))
    # Letters of one name stand close in a bend; what a turned square's corners add is air.
    x, y = min(x, size * 0.55), min(y, size * 0.55)
    return letter.x - x, letter.y - y, letter.x + x, letter.y + y


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield column, row
