"""What the words around a file's numbers say about its datum: lng_gcj02, 高德坐标, canteens_bd09.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo.crs.names import System, system
from geo.problems import Finding

_PLAIN = {
    "wgs84": re.compile(r"wgs-?_?84", re.IGNORECASE),
    "cgcs2000": re.compile(r"cgcs-?_?2000|国家2000|4490", re.IGNORECASE),
}
_NAMES = (
    ("bd09", re.compile(r"bd-?_?09|baidu|百度", re.IGNORECASE)),
    ("gcj02", re.compile(r"gcj-?_?(02)?(?![a-z])|amap|gaode|高德|腾讯|火星", re.IGNORECASE)),
)


def hinted_datum(words: Iterable[str]) -> tuple[str, str] | None:
    """The datum that one of the words names, with that word; None if none does."""
    for word in words:
        for datum, pattern in _NAMES:
            if pattern.search(word):
                return datum, word
    return None


def stated_datum(headings: Iterable[str]) -> str | None:
    """The datum that every heading over a file's coordinates states, where it is one without a shift: 经度（CGCS2000）."""
    words = list(headings)
    for datum, pattern in _PLAIN.items():
        if words and all(pattern.search(word) for word in words) and hinted_datum(words) is None:
            return datum
    return None


def named_doubt(words: Iterable[str], said: System, *, unsaid: bool) -> list[Finding]:
    """A finding if the words name another datum than the one declared; a refusal if none was declared at all."""
    hint = hinted_datum(words)
    if hint is None or hint[0] == said.name:
        return []
    datum, word = hint
    if not unsaid and said.name in _PLAIN and _PLAIN[said.name].search(word):
        return []  # converted from the one to the other, by its name
    spoken = "没有声明坐标系" if unsaid else f"声明的坐标系是 {said.title}"
    return [
        Finding(
            "datum.hinted", "block" if unsaid else "warn", "",
            f"“{word[:60]}”表明坐标是 {system(datum).title}，而{spoken}", f"请传入 --datum {datum}" + ("，或明确声明其他坐标系" if unsaid else "；确认声明无误，就再加上 --trust-datum"),
        )
    ]  # fmt: skip
