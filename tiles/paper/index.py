"""The index of names (地名索引): by the sound of the names, each with the lettered square where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from tiles.paper import drawing
from tiles.paper.formats import Frame, Paper, row_letters

_LINE, _SIZE, _COLUMN = 3.9, 2.55, 37.0
Sort = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, the square, and what else is said of it (the length of a road)."""

    name: str
    square: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Squares:
    """The lettered squares over a frame: ``side`` mm, begun at the frame's upper left."""

    frame: Frame
    side: float

    def of(self, shape: BaseGeometry) -> str:
        """The square in which the middle of a thing stands: B3."""
        at = shapely.point_on_surface(shape) if shape.geom_type != "Point" else shape
        return f"{row_letters(int((at.y - self.frame.top) // self.side))}{int((at.x - self.frame.left) // self.side) + 1}"

    def columns(self) -> list[float]:
        """Where the upright lines stand, both edges included."""
        return _steps(self.frame.left, self.frame.width, self.side)

    def rows(self) -> list[float]:
        """Where the lying lines stand, both edges included."""
        return _steps(self.frame.top, self.frame.height, self.side)


def _steps(start: float, whole: float, side: float) -> list[float]:
    inner = [start + n * side for n in range(int(whole // side) + 1)]
    # A last strip of less than a millimetre would be a doubled line.
    return [*inner, start + whole] if start + whole - inner[-1] > 1 else [*inner[:-1], start + whole]


def ordered(entries: Sequence[Entry], sort: Sort) -> list[Entry]:
    """By sound, one entry a name and square."""
    return sorted(set(entries), key=lambda one: (sort(one.name), one.name, one.square))


def columns_needed(count: int, height: float, step: float) -> int:
    """Columns that so many entries fill in a height of so many millimetres."""
    return -(-count // max(1, int(height // (_LINE * step))))


def column_width(step: float) -> float:
    """Millimetres a column takes."""
    return _COLUMN * step


def drawn(entries: Sequence[Entry], frame: Frame, step: float) -> str:
    """The entries in columns, from the top left of the frame down."""
    rows = max(1, int(frame.height // (_LINE * step)))
    out = []
    for n, entry in enumerate(entries):
        x = frame.left + (n // rows) * column_width(step)
        y = frame.top + (n % rows) * _LINE * step + _SIZE * step
        right = x + (_COLUMN - 4) * step
        size = _SIZE * step
        room = (_COLUMN - 10 - 2.2 * len(entry.note) * 0.62) * step
        wide = sum(1.0 if ord(c) > 0x2E80 else 0.6 for c in entry.name) * size
        out.append(drawing.text(x, y, entry.name, size * min(1.0, room / wide)))
        if entry.note:
            out.append(
                drawing.text(
                    right - 7.5 * step, y, entry.note, size * 0.86, colour=drawing.MUTED, anchor="end"
                )
            )
        out.append(drawing.text(right, y, entry.square, size, colour="#0B4F9E", anchor="end"))
    return "".join(out)


def per_page(paper: Paper, margin: float, head: float) -> int:
    """Entries that one page of only the index holds."""
    rows = int((paper.height - 2 * margin - head) // (_LINE * paper.step))
    return rows * max(1, int((paper.width - 2 * margin) // column_width(paper.step)))


def grid(squares: Squares, step: float) -> str:
    """Pale lines over the map, letters and numbers in its edge."""
    frame, size = squares.frame, 2.4 * step
    across, down = squares.columns(), squares.rows()
    lines = "".join(f"M{x:.2f} {frame.top:.2f}v{frame.height:.2f}" for x in across[1:-1])
    lines += "".join(f"M{frame.left:.2f} {y:.2f}h{frame.width:.2f}" for y in down[1:-1])
    out = [
        f'<path d="{lines}" fill="none" stroke="#0B4F9E" stroke-opacity="0.35" stroke-width="{0.12 * step:.2f}"/>'
    ]
    for n, (a, b) in enumerate(pairwise(across), start=1):
        for y in (frame.top - 1.1 * step, frame.top + frame.height + 2.9 * step):
            out.append(drawing.text((a + b) / 2, y, str(n), size, colour="#0B4F9E", anchor="middle"))
    for n, (a, b) in enumerate(pairwise(down)):
        for x in (frame.left - 2.2 * step, frame.left + frame.width + 2.2 * step):
            out.append(
                drawing.text(
                    x, (a + b) / 2 + size * 0.36, row_letters(n), size, colour="#0B4F9E", anchor="middle"
                )
            )
    return "".join(out)
