"""Which roads, villages or estates a piece of text may name, and by which key each was found."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gazetteer.address.index.namekeys import ALIAS, INNER, NUMBER
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.keys import GENERICS, blur, core, deletions, fold, readings, sounds
from gazetteer.base import lookalikes

LONGEST_NAME = 18
NEAR_STARTS = 8
"""Beginnings of a name that are tried with a slip before one number, the nearest: addresses have two or three."""
_MARKS = frozenset(",()-# ")
NO_NAME = re.compile(r"[东南西北中前后新老上下内外支环]{0,2}(?:" + "|".join(GENERICS) + ")")
"""南路: the end of a name rather than a name, though a register may hold such a road."""

LONGEST_NO_NAME = 2 + max(map(len, GENERICS))


class Hit(NamedTuple):
    """A handle the text may mean: how its name was written, where it begins, by which key it was found."""

    handle: int
    key: str
    asked: str
    start: int
    alias: int = -1
    likeness: float = 1.0


@lru_cache(maxsize=20_000)
def _alike(one: str) -> frozenset[str]:
    return frozenset(other for other, _ in lookalikes().get(one, ()))


def _lookalikes_of(asked: str) -> list[str]:
    """Two-character names with one character replaced by one that looks like it."""
    first, second = asked[0], asked[1]
    return [c + second for c in sorted(_alike(first))] + [first + c for c in sorted(_alike(second))]


def error_kind(asked: str, name: str) -> str:
    """How two names one error apart differ: sound, shape, other, dropped, extra, swapped; ``far`` when more."""
    if len(asked) == len(name):
        wrong = [(a, b) for a, b in zip(asked, name, strict=True) if a != b]
        if len(wrong) == 1:
            return _substitution(*wrong[0])
        return "swapped" if len(wrong) == 2 and wrong[0] == wrong[1][::-1] else "far"
    if len(asked) + 1 == len(name):
        return "dropped" if asked in deletions(name) else "far"
    if len(asked) == len(name) + 1 and name in deletions(asked):
        return _extra(asked, name)
    return "far"


MODIFIERS = frozenset("东南西北中新老前后上下内外大小一二三四五六七八九十支环")
"""Characters that make another road of a name: 红松东路 is not a slip for 红松路."""


_FAMILIES = (frozenset("东西南北中"), frozenset("一二三四五六七八九十"), frozenset("新老前后上下内外大小"))


def _extra(asked: str, name: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(asked, name, strict=False)) if a != b), len(name))
    if at and asked[at] == asked[at - 1]:
        return "doubled"
    return "modifier" if asked[at] in MODIFIERS else "extra"


@lru_cache(maxsize=50_000)
def _substitution(one: str, other: str) -> str:
    if any(one in family and other in family for family in _FAMILIES):
        return "modifier"
    if set(readings(one)) & set(readings(other)):
        return "sound"
    if other in _alike(one):
        return "shape"
    return "blur" if {blur(r) for r in readings(one)} & {blur(r) for r in readings(other)} else "other"


class HandleFinder:
    """Finds handles by name in one index; the same text is looked up once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._folded = lru_cache(maxsize=50_000)(lambda handle: fold(index.name_of(handle)))
        self.named = lru_cache(maxsize=50_000)(self._named)
        self.near = lru_cache(maxsize=10_000)(self._near)

    def exact(self, before: str, starts: tuple[int, ...] = ()) -> list[Hit]:
        """Handles whose registered name, inner name or alias ends the text, the longest first.

        ``starts`` are the likely beginnings; only when none of them begins a name is every place tried.
        """
        found = self._at(before, starts)
        if found:
            return found
        for start in range(max(0, len(before) - LONGEST_NAME), len(before) - 1):
            if before[start] not in _MARKS:
                found.extend(Hit(h, k, before[start:], start, a) for h, k, a in self.named(before[start:]))
        return found

    def _at(self, before: str, starts: tuple[int, ...]) -> list[Hit]:
        return [
            Hit(h, k, before[start:], start, a)
            for start in starts
            if len(before) - start <= LONGEST_NAME
            and not (start and len(before) - start <= LONGEST_NO_NAME and NO_NAME.fullmatch(before[start:]))
            for h, k, a in self.named(before[start:])
        ]

    def _named(self, name: str) -> tuple[tuple[int, str, int], ...]:
        """Handles that bear exactly this name, with the kind of key and the alias (-1 for none)."""
        found = []
        for target in self._index.find("n", name):
            number = target & NUMBER
            if target < INNER:
                found.append((number, "n", -1))
            elif target < ALIAS:
                found.append((number, "s", -1))
            elif self._index.alias_of[number] == 1:
                found.append((self._index.alias_target[number], "a", number))
        return tuple(found)

    def _near(self, asked: str) -> tuple[tuple[int, str], ...]:
        """Handles whose name sounds like, looks like or is one error from a text, with the kind of error."""
        kinds: dict[int, str] = {}
        find = self._index.find
        said = sounds(asked)
        for sound in said:
            for handle in find("p", sound):
                kinds.setdefault(handle, "sound")
        if len(asked) == 2:
            for variant in _lookalikes_of(asked):
                for handle, _, _ in self.named(variant):
                    kinds.setdefault(handle, "shape")
        # In a stable order: equal readings must come out alike in every process.
        parts = sorted(deletions(asked))
        one_off = [h for p in parts for h in find("d", p)] + [
            h for p in parts for h, k, _ in self.named(p) if k == "n"
        ]
        for handle in one_off + list(find("d", asked)):
            self._note(kinds, handle, asked)
        for sound in sorted({blur(s) for s in said}):
            for handle in find("q", sound):
                kinds.setdefault(handle, "blur")
        for handle in find("c", core(asked)):
            kinds.setdefault(handle, "generic")
        return tuple(kinds.items())

    def _note(self, kinds: dict[int, str], handle: int, asked: str) -> None:
        if handle not in kinds:
            kind = error_kind(asked, self._folded(handle))
            if kind != "far":
                kinds[handle] = kind


def untorn(hits: list[Hit], before: str) -> list[Hit]:
    """The hits whose names do not begin inside another name of the text before a number."""
    return [hit for hit in hits if not _torn(hit, before)]


def _torn(hit: Hit, before: str) -> bool:
    """东路 taken out of 金陵东路, though a register may hold a road that is only called 东路."""
    if not hit.start or len(hit.asked) > LONGEST_NO_NAME or before[hit.start - 1] in _MARKS:
        return False
    if not NO_NAME.fullmatch(hit.asked):
        return False
    return before[hit.start - 1] not in "省市区县镇乡村道社"
