"""Estates as a tree from a pattern (小区楼栋户室): ``1-12幢 × 2单元 × 18层 × 2户`` becomes every flat, to be seen before it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer.numbering.rules import Rules
from geo.problems import BadInput

MOST_ROWS = 20_000
_SPLIT = re.compile(r"\s*[×xX*✕，,；;]\s*")
_RANGE = re.compile(r"(\d+)(?:\s*[-—~至]\s*(\d+))?$")
_PART = re.compile(r"(.+?)(幢|栋|号楼|单元|层|楼|户|室)$")
_WORDS = {"栋": "幢", "号楼": "幢", "楼": "层", "室": "户"}
_ORDER = ("幢", "单元", "层", "户")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a pattern says: numbers of buildings, then how many or which of the levels below."""

    buildings: tuple[int, ...]
    units: tuple[int, ...]
    floors: tuple[int, ...]
    rooms: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many addresses it makes, buildings themselves not counted."""
        return (
            len(self.buildings) * max(len(self.units), 1) * max(len(self.floors), 1) * max(len(self.rooms), 1)
        )


@dataclass(frozen=True, slots=True)
class Flat:
    """One address of an estate, as elements of the register; empty where the pattern has no such level."""

    bld: str
    unit: str
    floor: str
    room: str


def read_pattern(text: str) -> Pattern:
    """Read ``1-12幢 × 2单元 × 18层 × 2户``; ``2单元`` is units 1 and 2, ``2-3单元`` is units 2 and 3, ``1、3、5幢`` lists.

    Raises:
        BadInput: what cannot be read, with the part that is wrong.
    """
    found: dict[str, tuple[int, ...]] = {}
    for part in _SPLIT.split(text.strip()):
        match = _PART.match(part.strip())
        if match is None:
            raise BadInput(
                f"“{part[:30]}”看不懂。", "请写成 1-12幢 × 2单元 × 18层 × 2户。", code="estate.pattern"
            )
        word = _WORDS.get(match[2], match[2])
        if word in found:
            raise BadInput(f"“{word}”写了两次。", "每一级只写一次。", code="estate.pattern")
        found[word] = _numbers(match[1], counted=word != "幢")
    if "幢" not in found:
        raise BadInput("没有写幢。", "第一段写幢号，例如 1-12幢。", code="estate.pattern")
    if "户" in found and "层" not in found:
        raise BadInput("写了户，没有写层。", "在户之前写层数，例如 18层 × 2户。", code="estate.pattern")
    made = Pattern(*(found.get(word, ()) for word in _ORDER))
    if made.count > MOST_ROWS:
        raise BadInput(
            f"一次要生成{made.count}条。", f"一次最多{MOST_ROWS}条，请分幢办理。", code="estate.too-many"
        )
    return made


def _numbers(text: str, *, counted: bool) -> tuple[int, ...]:
    numbers: list[int] = []
    for one in re.split(r"[、/]", text):
        match = _RANGE.match(one.strip())
        if match is None:
            raise BadInput(f"“{text[:30]}”不是数字或范围。", "请写成 12 或 1-12。", code="estate.pattern")
        low, high = int(match[1]), int(match[2] or match[1])
        if match[2] is None and counted and "、" not in text:
            low = 1
        if not 0 < low <= high <= 999:
            raise BadInput(f"“{text[:30]}”的范围不对。", "从小到大写，不超过999。", code="estate.pattern")
        numbers += range(low, high + 1)
    return tuple(dict.fromkeys(numbers))


def flats(pattern: Pattern, rules: Rules) -> Iterator[Flat]:
    """Every address of the pattern; 室 is the floor and as many digits as the rules say (层号加序号)."""
    digits = int(rules["room_digits"])
    for bld in pattern.buildings:
        for unit in pattern.units or (0,):
            for floor in pattern.floors or (0,):
                for room in pattern.rooms or (0,):
                    yield Flat(
                        str(bld), str(unit or ""), str(floor) if floor and not room else "",
                        f"{floor}{room:0{digits}d}" if room else "",
                    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Branch:
    """One node of the tree for the preview: a building or a unit, what it says, how many addresses it holds."""

    title: str
    count: int
    sample: tuple[str, ...]
    below: tuple[Branch, ...] = ()


def tree(pattern: Pattern, rules: Rules) -> tuple[Branch, ...]:
    """The estate as a tree of buildings and units, each with its first and last rooms."""
    made = []
    rows = list(flats(pattern, rules))
    for bld in pattern.buildings:
        own = [r for r in rows if r.bld == str(bld)]
        units = [
            Branch(f"{u}单元", len(mine), _ends([r for r in own if r.unit == str(u)]))
            for u in pattern.units
            if (mine := [r for r in own if r.unit == str(u)])
        ]
        made.append(Branch(f"{bld}幢", len(own), _ends(own), tuple(units)))
    return tuple(made)


def _ends(rows: list[Flat]) -> tuple[str, ...]:
    names = [f"{r.room}室" if r.room else f"{r.floor}层" if r.floor else f"{r.bld}幢" for r in rows]
    return tuple(dict.fromkeys((names[0], names[-1]))) if names else ()
