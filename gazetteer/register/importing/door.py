"""One row of an address file as a door: what carries the number, the number, what lies behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gazetteer.address.matching.numbers import canonical, main_number
from gazetteer.address.matching.registered import split_registered

HandleKind = Literal["road", "natvil", "estate"]

_ROAD = re.compile(
    r"(?:路|街|道|巷|弄|里|胡同|公路|大道|线|环|桥|浜|堤|坊)(?:[东南西北中]|[一二三四五六七八九十]+(?:路|街|弄)?)?$"
)
_VILLAGE = re.compile(r"(?<!新)(?:村|自然村|组|队|宅|屯|庄|埭|岙|垟|寨|圩)$")
_NUMBER = re.compile(r"(?:\d+[a-z]?(?:支弄|弄|巷))*(?:\d+[a-z甲乙丙丁戊]?)?(?:幢|支弄|弄|巷)?$")
_BUILDING = re.compile(r"(?P<bld>[0-9a-z]+)幢(?P<rest>.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Door:
    """The elements of an address from the handle down; numbers in the register's form."""

    handle_kind: HandleKind
    handle_name: str
    number: str = ""
    sub: str = ""
    estate_name: str = ""
    bld: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    note: str = ""

    @property
    def order(self) -> int | None:
        """The main number as an integer, for order along a road."""
        return main_number(self.number or self.bld) or None


def handle_kind(name: str) -> HandleKind:
    """What a handle known only by name most likely is, from its generic term (通名)."""
    if _ROAD.search(name):
        return "road"
    return "natvil" if _VILLAGE.search(name) else "estate"


def door_of_columns(
    road: str, natvil: str, estate: str, number: str, sub: str, inside: tuple[str, str, str, str]
) -> Door | None:
    """A door from separate columns; None where no column names what carries the number.

    Raises:
        ValueError: the number is none, with a Chinese sentence.
    """
    handle = road or natvil or estate
    if not handle:
        return None
    bld, unit, floor, room = (_bare(text, words) for text, words in zip(inside, _WORDS, strict=True))
    kind: HandleKind = "road" if road else "natvil" if natvil else "estate"
    main, sub = _number(number, sub)
    if kind == "estate" and not bld and main.endswith("幢"):
        bld, main = main[:-1], ""
    return Door(kind, handle, main, sub, estate if kind != "estate" else "", bld, unit, floor, room)


def door_of_text(text: str) -> Door | None:
    """A door from free text below the divisions: 万镇路1297号, 万达广场金街36号; None for an empty text.

    Text without a number is the named place itself. What stands behind the number is kept as estate or note.

    Raises:
        ValueError: the number is none.
    """
    handle, path, rest = split_registered(text)
    if not handle or handle.isascii() or handle[0].isdigit():
        return None
    kind = handle_kind(handle)
    main, sub = _number(path, "")
    if kind == "estate" and main.endswith("幢"):
        return Door(kind, handle, bld=main[:-1], note=rest)
    return Door(kind, handle, main, sub, note=rest)


_WORDS = (("幢", "栋", "座", "号楼", "楼", "#"), ("单元",), ("层", "楼"), ("室", "号", "房"))


def _bare(text: str, words: tuple[str, ...]) -> str:
    """Without the word that the display form adds: 66幢 -> 66; a name (听涛阁) stays."""
    clean = canonical(text) if text and not text.isascii() else text.strip()
    for word in words:
        stem = clean.removesuffix(word)
        if stem != clean and stem[-1:].isascii() and stem:
            return stem
    return clean


def _number(number: str, sub: str) -> tuple[str, str]:
    path = canonical(number) if number else ""
    main, dash, tail = path.rpartition("-")
    if not dash:
        main, tail = path, ""
    if main and not _NUMBER.match(main):
        raise ValueError(f"“{number[:30]}”不是门牌号")
    extra = canonical(sub).lstrip("-附之号") if sub else ""
    return main, extra or tail
