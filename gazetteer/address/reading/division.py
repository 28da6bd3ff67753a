"""A division read in a text (行政区划), and the divisions at its head."""

from __future__ import annotations

from typing import NamedTuple

from gazetteer.address.model import ElementType
from gazetteer.address.words.lexicon import Entry

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
TYPES: dict[int, ElementType] = {1: "prov", 2: "city", 3: "county", 4: "town"}


class Found(NamedTuple):
    """A division read: element type, span in the cleaned text, what it may mean."""

    type: ElementType
    start: int
    end: int
    level: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry | None:
        """The division meant, where it is known."""
        return self.entries[0] if self.entries else None

    @property
    def name(self) -> str:
        """The standard name, empty where it is unknown or a former division went to several (城关镇)."""
        if not self.entries:
            return ""
        first = self.entries[0]
        return "" if first.retired and self.split else first.name

    @property
    def split(self) -> bool:
        """Whether a former division went to several of today, so that only the place decides."""
        first = self.entry
        if first is None or not first.retired or first.level != 4:
            return False
        return any(
            e.retired and e.name != first.name and e.code[:6] == first.code[:6] for e in self.entries[1:]
        )


class Head(NamedTuple):
    """The divisions of an address in order, the repeated ones apart, and where the rest begins."""

    kept: tuple[Found, ...]
    repeated: tuple[Found, ...]
    end: int


def type_of(entry: Entry) -> ElementType:
    """Element type of a division; a municipality (直辖市) is written as the city."""
    return "city" if entry.level == 1 and entry.code in MUNICIPALITIES else TYPES[entry.level]
