"""A name taken apart: specific term (专名), series stem, direction, ordinal and generic term (通名).

永宁东路 = 永宁 + 东 + 路, 永宁路一巷 = 永宁路 + 一 + 巷. Whether 永宁东 is a specific term of its own or 永宁 with a
direction cannot be told from the text; checks that depend on it ask the register for the parent.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gazetteer import base
from gazetteer.naming.terms import terms

DIRECTIONS = "东南西北中"
_MODIFIERS = DIRECTIONS + "前后左右上下内外"
_SHORT_STEMS = DIRECTIONS + "经纬环新老上下大小"
_NUMERALS = "一二三四五六七八九十百零〇两"
# The run of numerals is taken whole and is short, so that no text makes the search long.
_ORDINAL = re.compile(rf"(?:第|(?<![{_NUMERALS}\d]))(?P<number>[{_NUMERALS}]{{1,7}}|\d{{1,3}})号?$")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def normal(name: str) -> str:
    """The form in which names are compared: NFKC, no blanks, standard characters (规范字)."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", name))
    return "".join(standard_forms().get(char, char) for char in text)


@lru_cache(maxsize=1)
def standard_forms() -> dict[str, str]:
    """Traditional or variant form → standard character, without those that the standard table itself lists.

    昇 was a variant of 升 until the table of 2013 took it in for names: it stays as it is.
    """
    standard = base.characters()
    return {old: new for old, new in base.traditional().items() if old not in standard}


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a standard name; ``specific + generic`` is the whole name."""

    name: str
    specific: str
    """专名: everything before the generic term, series words included (永宁东)."""
    generic: str
    """通名, empty where the name ends in none of its category."""
    stem: str
    """The specific term without the words of a series (永宁); equal to ``specific`` where there are none."""
    direction: str = ""
    """One of 东南西北中前后左右上下内外 before the generic term."""
    ordinal: int | None = None
    """Number in a series: 1 for 永宁路一巷."""
    ordinal_text: str = ""
    """The ordinal as it stands in the name, 第 and 号 included."""


@lru_cache(maxsize=65536)
def take_apart(name: str, category: str, feature: str = "", extra: Path | None = None) -> NameParts:
    """The parts of a name of a category; any text is accepted."""
    clean = normal(name)
    generic = _ending(clean, category, feature, extra)
    specific = clean[: len(clean) - len(generic)]
    stem, ordinal, said = _ordinal(specific)
    direction = ""
    if len(stem) >= 3 and stem[-1] in _MODIFIERS:
        stem, direction = stem[:-1], stem[-1]
    return NameParts(clean, specific, generic, stem, direction, ordinal, said)


def _ending(clean: str, category: str, feature: str, extra: Path | None) -> str:
    """The longest generic term that ends the name: of the feature, else of the category.

    A name that is itself a generic term (大道) is one whole, not 大 + 道.
    """
    if clean in terms(category, "", extra):
        return clean
    choices = (*terms(category, feature, extra), *terms(category, "", extra))
    return next((term for term in choices if clean.endswith(term)), "")


def _ordinal(specific: str) -> tuple[str, int | None, str]:
    """The stem before an ordinal, its value and its text: 永宁路一 gives 永宁路, 1, 一."""
    match = _ORDINAL.search(specific)
    value = number(match["number"]) if match else None
    if match is None or value is None:
        return specific, None, ""
    stem = specific[: match.start()]
    if len(stem) == 1 and stem not in _SHORT_STEMS:
        return specific, None, ""  # 统一路 is no series of 统
    return stem, value, match.group()


def number(text: str) -> int | None:
    """Value of a well-formed ordinal up to 999 (十二 is 12); None for 五一 or 八八, which are words."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 3 else None
    value, rest = 0, text.replace("两", "二").replace("〇", "零")
    if "百" in rest:
        head, _, rest = rest.partition("百")
        if len(head) != 1 or head not in _NUMERALS[:9]:
            return None
        value = (_NUMERALS.index(head) + 1) * 100
    below = _below_hundred(rest.removeprefix("零") if value else rest)
    return None if below is None else value + below


def _below_hundred(text: str) -> int | None:
    """0-99 written with 十, or one digit; None where it is written otherwise."""
    head, ten, tail = text.partition("十")
    if any(len(part) > 1 or (part and part not in _NUMERALS[:9]) for part in (head, tail)):
        return None
    if not ten:
        return _NUMERALS.index(head) + 1 if head else 0
    tens = _NUMERALS.index(head) + 1 if head else 1
    return tens * 10 + (_NUMERALS.index(tail) + 1 if tail else 0)
