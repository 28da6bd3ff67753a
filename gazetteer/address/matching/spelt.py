"""Addresses in Latin script (hengjielu 118, No.118 Hengjie Rd) put into the characters that the register knows."""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer.address.index.reader import Index
from gazetteer.address.matching.keys import marked_readings, without_tone
from gazetteer.address.reading.latin import is_latin, pinyin_of, read_latin
from gazetteer.base import characters

_LONGEST, _WAYS = 6, 32
_LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")
_GAPS = re.compile(r"[-_]+")
_DIVISIONS = ("prov", "city", "county", "town", "comm")


class Spelt:
    """Writes Latin addresses in characters, by the full pinyin of the names in one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def chinese(self, clean: str) -> tuple[str, ...]:
        """What a cleaned text may mean, one writing for each registered name; empty for a text that is not Latin."""
        if not is_latin(clean):
            return ()
        elements = read_latin(_LETTER_DIGIT.sub(" ", _GAPS.sub(" ", clean)))
        words = next((pinyin_of(e.text) for e in elements if e.type == "road"), "") or "".join(
            pinyin_of(e.text) for e in elements if e.type == "estate"
        )
        number = next((f"{e.value}号" for e in elements if e.type == "no"), "")
        above = "".join(e.value for e in elements if e.type in _DIVISIONS if not e.value.isascii())
        return tuple(above + name + number.lower() for name in self._names(words))

    def _names(self, pinyin: str) -> list[str]:
        """Registered names that are read exactly so, each once."""
        if len(pinyin) < 4:
            return []
        index = self._index
        handles = [
            h for sound in cut(pinyin) for h in index.find("p", sound) if index.valid("handle", h, None)
        ]
        return list(dict.fromkeys(index.name_of(h) for h in handles))


def cut(pinyin: str) -> list[str]:
    """Every way to cut a word of pinyin into syllables, as the index spells sounds: zhao'yang'jie."""
    ways: list[list[str]] = [[""]] + [[] for _ in pinyin]
    for at in range(len(pinyin)):
        for end in range(at + 1, min(at + _LONGEST, len(pinyin)) + 1):
            if ways[at] and pinyin[at:end] in syllables():
                ways[end] += [f"{way}'{pinyin[at:end]}" for way in ways[at]]
                del ways[end][_WAYS:]
    return [way[1:] for way in ways[-1]]


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """All syllables that the characters of the national table are read as; each reading is looked at once."""
    marked = {reading for c in characters() for reading in marked_readings(c)}
    return frozenset(plain for reading in marked if (plain := without_tone(reading)).isascii())
