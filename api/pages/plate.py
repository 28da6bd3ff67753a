"""A standard address laid out as a door plate (门牌): division above, street small, number large, pinyin below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

from gazetteer.address.model import Parsed

_DIVISION = {"prov", "city", "county", "town", "comm"}
_DETAIL = {"bld", "unit", "floor", "room"}
_NUMBER = re.compile(r"^(.*\d)(\D*)$")
#: What follows the street: the number (perhaps with 弄 or 附号), its word, the rest.
_AFTER = re.compile(r"^((?:\d+弄)?[0-9A-Za-z-]+)(号|幢|弄|栋)?(.*)$")
#: Generic terms (通名) written as a word of their own: 劳动北路 is Laodong Beilu, 二环西路 Erhuan Xilu.
_GENERIC = re.compile(r"^(.+?)([东西南北中]?(?:大道|大街|公路|路|街|巷|弄|村|社区|小区))$")


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands where on the plate; ``number`` is empty for a place that has none."""

    division: str
    street: str
    number: str = ""
    unit: str = ""
    detail: str = ""
    pinyin: str = ""
    divisions: tuple[str, ...] = ()
    """The division in its parts, so that a line breaks between them."""


def plate_of(parsed: Parsed, handle: str = "") -> Plate:
    """Lay out a standard address; the whole text as the street when nothing was recognised.

    Args:
        parsed: the address taken apart.
        handle: the road, natural village or estate as registered; it cuts better than any parser where it is known.
    """
    at = parsed.text.rfind(handle) if handle else -1
    if at >= 0:
        return _cut_at(parsed, at, handle)
    first = next((e for e in parsed.elements if e.type in {"road", "natvil", "estate"}), None)
    # Everything before the street, whether or not each division in it was recognised.
    division = parsed.text[: first.start] if first else ""
    street = "".join(e.text for e in parsed.elements if e.type in {"road", "natvil", "estate"})
    number, unit = _number("".join(e.text for e in parsed.elements if e.type in {"no", "sub"}))
    detail = "".join(e.text for e in parsed.elements if e.type in _DETAIL)
    if not street:
        return _division_plate(parsed, number + unit + detail)
    above = broken(parsed, "", len(division))
    return Plate(division, street, number, unit, detail, romanise(street), above)


def _cut_at(parsed: Parsed, at: int, handle: str) -> Plate:
    rest = parsed.text[at + len(handle) :]
    match = _AFTER.match(rest)
    number, unit, detail = match.groups() if match else ("", "", rest)
    above = broken(parsed, handle, at)
    return Plate(parsed.text[:at], handle, number, unit or "", detail, romanise(handle), above)


def _division_plate(parsed: Parsed, rest: str) -> Plate:
    last = next((e for e in reversed(parsed.elements) if e.type in _DIVISION), None)
    if last is None:
        return Plate("", parsed.text)
    above = parsed.text[: last.start]
    return Plate(
        above, last.text, detail=rest, pinyin=romanise(last.text), divisions=broken(parsed, "", last.start)
    )


def broken(parsed: Parsed, handle: str = "", end: int | None = None) -> tuple[str, ...]:
    """The text up to ``end`` cut where a division or the handle starts: the places where a line may break."""
    text = parsed.text[:end]
    # Short parts stay with what they follow: a line that begins with 号 or 1幢 alone helps nobody.
    starts = {e.start for e in parsed.elements if e.type in _DIVISION | {"road", "natvil", "estate"}}
    starts |= {parsed.text.rfind(handle)} if handle else set()
    cuts = [0, *sorted(s for s in starts if 0 < s < len(text)), len(text)]
    return tuple(text[a:b] for a, b in pairwise(cuts) if b > a)


def _number(text: str) -> tuple[str, str]:
    match = _NUMBER.match(text)
    return (match[1], match[2]) if match else (text, "")


def romanise(name: str) -> str:
    """The name in pinyin as on a plate, the generic term a word of its own (GB/T 38207); no tones, not all capitals."""
    match = _GENERIC.match(name)
    words = (match[1], match[2]) if match else (name,)
    return " ".join(_word(word) for word in words)


def _word(word: str) -> str:
    return "".join(lazy_pinyin(word, style=Style.NORMAL, v_to_u=True)).capitalize()
