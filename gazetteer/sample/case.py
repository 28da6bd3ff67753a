"""One nonstandard address with its right answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gazetteer.sample.picking import Door

Expected = Literal["命中", "复核", "退回"]
"""命中: the right record comes first. 复核: it comes first, yet a person must look. 退回: no door may be given."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text as people write it, and what should come of it."""

    text: str
    expected: Expected
    level: str
    """Level of the right answer in the words of the address library, ``none`` for a refusal."""
    standard: str
    code: str
    defects: tuple[str, ...]
    remark: str = ""
    lon: float | None = None
    """Point that came with the address, where the defect is one of points."""
    lat: float | None = None


def hit(text: str, door: Door, *defects: str, remark: str = "", expected: Expected = "命中") -> Case:
    """A case whose right answer is a door."""
    return Case(text, expected, "door", door.standard, door.code, defects, remark)


def refused(text: str, *defects: str, level: str = "none", remark: str = "") -> Case:
    """A case in which no door may be given; ``level`` is the best that may."""
    return Case(text, "退回", level, "", "", defects, remark)
