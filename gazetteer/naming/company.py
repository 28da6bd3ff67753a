"""The trade name (字号) inside a company's full name: 台州市绿城房地产开发有限公司 → 绿城."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from gazetteer.naming.lists import words
from gazetteer.naming.name import normal

_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_PLACE = re.compile(r"^(?:.{2,8}?(?:省|自治区))?(?:.{2,6}?(?:市|自治州|地区))?(?:.{2,6}?(?:区|县))?(?=.{2})")


def trade_name(company: str, places: Iterable[str] = (), extra: Path | None = None) -> str:
    """What remains of a company's name without place, trade and legal form; empty where nothing does.

    ``places`` are division names, full and short, that may stand in front (浙江、台州、黄岩).
    """
    lists = words("brands", extra)
    rest = _BRACKETS.sub("", normal(company))
    before = rest
    rest = _strip_end(rest, lists["forms"])
    if rest == before:
        return ""  # no legal form: an office or a person, not a company
    rest = _strip_places(rest, places)
    return _strip_end(rest, [*lists["industries"], *lists["forms"]])


def _strip_places(text: str, places: Iterable[str]) -> str:
    known = sorted({place for place in places if len(place) >= 2}, key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for place in known:
            if text.startswith(place) and len(text) - len(place) >= 2:
                text, changed = text[len(place) :].removeprefix("市").removeprefix("区"), True
    match = _PLACE.match(text)
    return text[match.end() :] if match and match.end() else text


def _strip_end(text: str, endings: Iterable[str]) -> str:
    """The text without any of the endings, repeatedly, as long as two characters remain."""
    ordered = sorted(endings, key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for ending in ordered:
            if text.endswith(ending) and len(text) - len(ending) >= 2:
                text, changed = text[: -len(ending)], True
                break
    return text
