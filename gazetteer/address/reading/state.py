"""What has been read of an address so far (解析状态)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gazetteer.address.model import ElementType

_SEEN = frozenset(("town", "comm", "road", "no", "lane", "estate", "bld", "unit", "floor", "room"))


class Piece(NamedTuple):
    """A name with its kind and span in the cleaned text."""

    type: ElementType | str
    start: int
    end: int


@dataclass(slots=True)
class State:
    """What has been read so far; decides what a name or number may still be."""

    town: bool = False
    comm: bool = False
    road: bool = False
    no: bool = False
    lane: bool = False
    estate: bool = False
    bld: bool = False
    unit: bool = False
    floor: bool = False
    room: bool = False
    last: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def add(self, kind: str, start: int, end: int) -> None:
        """Take a piece in and remember that its kind was seen."""
        self.pieces.append(Piece(kind, start, end))
        self.last = kind
        if kind in _SEEN:
            setattr(self, kind, True)
