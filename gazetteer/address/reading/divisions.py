"""Reading the divisions at the head of an address (行政区划): 浙江杭州西湖区北山街道…

Full names are taken as they come; short names (黄岩, 南城) only where nothing speaks against them: a name
above that holds them, and no road, school or company that merely begins with the same characters.
"""

from __future__ import annotations

import re

from gazetteer.address.reading.division import Found, Head, type_of
from gazetteer.address.reading.meant import best_first, choose, lies_inside
from gazetteer.address.reading.repeats import without_repeats
from gazetteer.address.reading.unlisted import unlisted
from gazetteer.address.words.lexicon import Lexicon

_SKIP = re.compile(r"[,\-()# ]*(?:中国|市辖区|省直辖县级行政区划|null)?[,\-()# ]*")
_SKIPPED = frozenset(",-()# 中市省n")
_NEVER_LAST = frozenset("0123456789号室幢栋层弄座")
"""What no division's name ends with, so that nothing is looked for there."""
_TAIL_BEFORE = frozenset("路街道弄巷号室,)-")
_NUMBER_ENDS = frozenset("0123456789幢栋座室层楼元")
"""Ends of a number before divisions that say each other: 3幢浙江省台州市."""


def read_head(text: str, lexicon: Lexicon, start: int = 0) -> Head:
    """Read divisions from ``start`` until something else begins."""
    found: list[Found] = []
    position = start
    while len(found) < 16:
        here = position
        if text[here : here + 1] in _SKIPPED:
            here = _SKIP.match(text, position).end()  # type: ignore[union-attr]
        nxt = _next(text, here, lexicon, found)
        if nxt is None:
            break
        found.append(nxt)
        position = nxt.end
    if len({f.type for f in found}) == len(found):
        return Head(tuple(found), (), position)
    kept, repeated = without_repeats(found)
    return Head(tuple(kept), tuple(repeated), position)


def read_tail(text: str, lexicon: Lexicon, start: int) -> Head | None:
    """Divisions written behind the road (211号上中西路徐汇区), for texts that have none in front.

    Read from the end backwards; ``end`` of the answer is where they begin.
    """
    found: list[Found] = []
    end = len(text)
    if text[-1:] in _NEVER_LAST:
        return None
    while end > start and len(found) < 4:
        while end > start and text[end - 1] in ",-()# ":
            end -= 1
        last = _ending(text, start, end, lexicon, found)
        if last is None:
            break
        found.insert(0, last)
        end = last.start
    before = _TAIL_BEFORE | _NUMBER_ENDS if len(found) > 1 else _TAIL_BEFORE
    if not found or (end > start and text[end - 1] not in before):
        return None
    return Head(tuple(found), (), end)


def _ending(text: str, start: int, end: int, lexicon: Lexicon, behind: list[Found]) -> Found | None:
    """The longest full name of a division that ends at ``end`` and holds or lies in those behind it."""
    context = next((f.entries[0].code for f in behind if len(f.entries) == 1), "")
    for begin in range(max(start, end - 12), end - 1):
        if not lexicon.begins(text, begin):
            continue
        for stop, entries in lexicon.divisions_at(text, begin):
            fit = [e for e in entries if (e.whole or e.level < 4) and lies_inside(e, context)]
            if stop == end and fit and (fit[0].whole or behind == [] or context):
                kind = type_of(fit[0])
                if all(f.type != kind for f in behind):
                    return Found(kind, begin, end, fit[0].level, best_first(fit, context))
    return None


def _next(text: str, here: int, lexicon: Lexicon, before: list[Found]) -> Found | None:
    """The division that begins at ``here``, or None."""
    for end, entries in lexicon.divisions_at(text, here):
        chosen = choose(text, here, end, entries, before, lexicon)
        if chosen:
            level = chosen[0].level
            return Found(type_of(chosen[0]), here, end, level, chosen)
    return unlisted(text, here, before)
