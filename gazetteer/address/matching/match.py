"""Readings of one number of a text against the register: every road it may belong to, each with its evidence.

The road is resolved first, the house number is a hard constraint: a reading has a door only where exactly that
number is registered under exactly that road.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.agreement import AGREES, CONFLICTS, ELSEWHERE, OTHER_TOWN, Agreement
from gazetteer.address.matching.confidence import NEVER_A_DOOR, score
from gazetteer.address.matching.context import Context, Contexts
from gazetteer.address.matching.handles import LONGEST_NAME, NEAR_STARTS, HandleFinder, Hit, untorn
from gazetteer.address.matching.inside import inside_paths
from gazetteer.address.matching.keys import GENERICS, fold, stem
from gazetteer.address.matching.numbers import main_number
from gazetteer.address.matching.scopes import Scopes
from gazetteer.address.matching.spots import LANE_ONLY, Reading, Spot, find_spots


@dataclass(slots=True, eq=False)
class Match:
    """One reading: this handle, perhaps this door, with the evidence for it. Made by the dozen, never changed.

    ``door`` is the registered door meant. ``beside`` is a door that stands in for one that is not registered.
    ``division`` is the answer where neither a handle nor a door is meant. A missing number is ``NONE``.
    """

    hit: Hit
    door: int | None
    context: Context
    place: str
    score: float
    reading: Reading | None = None
    beside: int | None = None
    turned: bool = False
    division: int = NONE
    tail: str = ""
    """What follows the number in the text."""
    index: Index | None = None
    """Where the numbers point to, when readings of several indexes stand in one list; None for the reader's own."""

    def scored(self, score: float) -> Match:
        """The same reading with another score."""
        return Match(
            self.hit, self.door, self.context, self.place, score, self.reading, self.beside, self.turned,
            self.division, self.tail, self.index,
        )  # fmt: skip

    @property
    def wanted(self) -> bool:
        """Whether what was asked is itself in the register."""
        return self.reading is None or self.door is not None


class Matcher:
    """Matches numbers and the names beside them against one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.contexts = Contexts(index)
        self.handles = HandleFinder(index)
        self.agreement = Agreement(index)
        self.scopes = Scopes(index)
        # Many texts have the same words before different numbers: a street of a list.
        self._exact = lru_cache(maxsize=5000)(self._exact_hits)
        self._near = lru_cache(maxsize=5000)(self._near_hits)

    def matches(self, clean: str, spot: Spot, on: date | None = None, near: bool = True) -> list[Match]:
        """All readings of one number of a text, the best first; without ``near`` only names as they are registered."""
        before = clean[: spot.start].rstrip(",-#( ")[-60:]
        tail = clean[spot.end :]
        found = self._scored(self._exact(before), before, spot, tail, on)
        if not near:
            return best_first(found)
        if not any(m.door is not None for m in found):
            found += self._scored(untorn(self._hamlets(before), before), before, spot, tail, on)
        if not any(settled(m) for m in found):
            misspelt = self._scored(self._near(before), before, spot, tail, on)
            found += _behind(misspelt, [m for m in found if _rightly_named(m)])
        if not any(m.door is not None for m in found):
            found += self._turned(clean, spot, before, on)
        return best_first(found)

    def _hamlets(self, before: str) -> list[Hit]:
        """A natural village by the name of the village it was: 新坦村 of old is 新坦 in 上桧村 now. A 组 is no name."""
        before = _GROUP.sub("", before)
        stated = self.contexts.read(before).stated
        if not stated or not stated[-1].full or not before.endswith(stated[-1].text):
            return []
        if not any(self.index.div_level[o] > _TOWN for o in stated[-1].options):
            return []
        village, start = stated[-1], len(before) - len(stated[-1].text)
        alias = -1 if village.alias is None else village.alias
        return [
            Hit(handle, "s" if alias < 0 else "a", village.text, start, alias)
            for handle, key, _ in self.handles.named(stem(village.text))
            if key == "n" and self.index.kind_of(handle) == "natvil"
        ]

    def _exact_hits(self, before: str) -> list[Hit]:
        return untorn(self.handles.exact(before, self.contexts.starts(before)), before)

    def _near_hits(self, before: str) -> list[Hit]:
        hits = [
            Hit(handle, key, before[start:], start)
            for start in self.contexts.starts(before)[-NEAR_STARTS:]
            if len(before) - start <= LONGEST_NAME and self._may_name(before[start:])
            for handle, key in self.handles.near(before[start:])
        ]
        return untorn(hits, before)

    def _may_name(self, text: str) -> bool:
        """Whether a piece may be a misspelt name: no marks inside, and not rightly a division."""
        word = self.contexts.word(text)
        return not (word and word.full) and not set(text) & _MARKS

    def _scored(self, hits: list[Hit], before: str, spot: Spot, tail: str, on: date | None) -> list[Match]:
        valid, scored = self.index.valid, []
        for hit in self._routed(hits, before, spot, tail, on) if len(hits) > _FEW else hits:
            if valid("handle", hit.handle, on) and (
                hit.alias < 0 or on is None or valid("alias", hit.alias, on)
            ):
                found = self._match(hit, spot, self._around(before[: hit.start], hit.asked, tail), tail, on)
                at = found.door if found.beside is None else found.beside
                if hit.alias < 0 or self.scopes.holds(hit.alias, self.scopes.place(at, hit.handle)):
                    scored.append(found)
        return scored

    def _routed(self, hits: list[Hit], before: str, spot: Spot, tail: str, on: date | None) -> list[Hit]:
        """Of several roads of one name, those in the county that the text states, where the number is registered there.

        A province has a 振兴路 in every county: what lies in other counties is then no alternative worth looking at.
        """
        contexts = {h.start: self._around(before[: h.start], h.asked, tail) for h in hits}
        division, place = self.index.handle_div, self.agreement.of
        places = [place(contexts[h.start].stated, division[h.handle]) for h in hits]
        for hit, found in zip(hits, places, strict=True):
            if found != AGREES or not self.index.valid("handle", hit.handle, on):
                continue
            if self._door(hit.handle, spot, contexts[hit.start], tail, on)[0] is not None:
                return [h for h, p in zip(hits, places, strict=True) if p not in ELSEWHERE]
        return hits

    def _around(self, prefix: str, name: str, tail: str) -> Context:
        """The divisions before a name, or those after the number; a name written twice counts once."""
        while prefix.endswith(name):
            prefix = prefix[: -len(name)]
        context = self.contexts.read(prefix)
        if context.stated or len(tail) < 3 or not self.contexts.may_state(tail[:40]):
            return context
        after = self.contexts.read(tail[:40])
        return (
            context if after.unexplained or not after.stated else Context(after.stated, context.unexplained)
        )

    def _match(
        self, hit: Hit, spot: Spot, context: Context, tail: str, on: date | None, turned: bool = False
    ) -> Match:
        door, reading = self._door(hit.handle, spot, context, tail, on)
        division = self.index.handle_div[hit.handle] if door is None else self.index.door_div[door]
        place = self.agreement.of(context.stated, division)
        if place == AGREES and not self.scopes.stated(context, division, door, hit.handle):
            place = OTHER_TOWN
        beside = None
        if door is not None and (reading.grade == LANE_ONLY or hit.key in NEVER_A_DOOR):
            door, beside = None, door if hit.key not in NEVER_A_DOOR else None
        grade = reading.grade if door is not None or beside is not None else -1
        value = score(hit.key, place, grade, len(context.unexplained), len(hit.asked), context.shortened)
        value += self._named(door, tail) - (0.5 if turned else 0.0)
        return Match(hit, door, context, place, value, reading, beside, turned, tail=tail)

    def _named(self, door: int | None, tail: str) -> float:
        """What stands at the door is named after the number too: 宝安公路3386号大融城."""
        if door is None or len(tail) < 3 or not self.index.door_name[door]:
            return 0.0
        name = fold(self.index.pool[self.index.door_name[door]])
        if len(name) < 3:
            return 0.0
        shared = len(_pairs(name) & _pairs(fold(tail)))
        return min(2.0, 0.5 * shared) if shared >= 2 else 0.0

    def _door(
        self, handle: int, spot: Spot, context: Context, tail: str, on: date | None
    ) -> tuple[int | None, Reading]:
        """The door a number means on a handle, and how the number was read; a home behind the door goes before it."""
        index, known = self.index, {}
        for reading in spot.readings:
            main = main_number(reading.path)
            if main not in known:
                known[main] = [
                    (d, index.path(d)) for d in index.doors_at(handle, main) if index.valid("door", d, on)
                ]
            if not known[main]:
                continue
            for path in _paths(reading.path, tail, known[main]):
                if doors := [d for d, p in known[main] if p == path]:
                    fits = [
                        d for d in doors if self.agreement.of(context.stated, index.door_div[d]) == AGREES
                    ]
                    return (fits or doors)[0], reading
            homes = f"{reading.path}号"
            if behind := [d for d, p in known[main] if p.startswith(homes)]:
                return behind[0], Reading(reading.path, LANE_ONLY)
        return None, spot.readings[0]

    def _turned(self, clean: str, spot: Spot, before: str, on: date | None) -> Iterator[Match]:
        """The name after the number: 128号横街路."""
        first = self.contexts.read(before)
        if len(first.unexplained) > 2:
            return
        after = _past_numbers(clean[spot.end : spot.end + 40])
        for end in range(min(len(after), LONGEST_NAME), 1, -1):
            for hit in self._turned_hits(after[:end]):
                if self.index.valid("handle", hit.handle, on):
                    last = self.contexts.read(after[end:])
                    context = Context(first.stated + last.stated, first.unexplained + last.unexplained[:2])
                    yield self._match(hit, spot, context, "", on, True)

    def _turned_hits(self, name: str) -> list[Hit]:
        hits = [Hit(h, k, name, 0, a) for h, k, a in self.handles.named(name)]
        if not hits and name.endswith(GENERICS):
            hits = [Hit(h, key, name, 0) for h, key in self.handles.near(name)]
        return hits


_MARKS = frozenset(",()-#")
_FEW = 2
"""Roads of one name that are all looked at, wherever they lie."""
_TOWN = 4
_GROUP = re.compile(r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:村民小组|小组|组|队)$")


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _behind_door(path: str) -> str:
    """How the path of a home behind a door begins: 128号 of 128号66幢."""
    return f"{path}号" if path[-1:].isascii() else path


def _paths(path: str, tail: str, known: list[tuple[int, str]]) -> tuple[str, ...]:
    """The paths a number and what follows it may have, the longest first."""
    if not tail or (len(known) == 1 and known[0][1] == path):
        return (path,)
    return (*(_behind_door(path) + inner for inner in inside_paths(tail)), path)


def _past_numbers(after: str) -> str:
    after = after.lstrip(",-()# ")
    while after and (spot := next(iter(find_spots(after)), None)) and spot.start == 0:
        after = after[spot.end :].lstrip(",-()# ")
    return after


def _rightly_named(match: Match) -> bool:
    """The road is in the register just as it was written and where it was said to be; only the number is not."""
    return match.hit.key in "na" and not match.context.unexplained and match.place not in CONFLICTS


def _behind(near: list[Match], known: list[Match]) -> list[Match]:
    """Misspelt readings, after the road that was rightly written: its missing number is no slip of its name."""
    if not known:
        return near
    limit = max(m.score for m in known) - 0.1
    return [m if m.score <= limit else m.scored(limit - 0.01 * i) for i, m in enumerate(near)]


def settled(match: Match) -> bool:
    """Good enough that misspellings need not be considered."""
    found = match.door is not None or match.beside is not None
    return found and not match.context.unexplained and match.place not in CONFLICTS and match.hit.key in "na"


def best_first(found: list[Match]) -> list[Match]:
    """Best first; one reading for a place, the best."""
    if len(found) < 2:
        return found
    found.sort(key=lambda m: (-m.score, -len(m.hit.asked)))
    seen: set[tuple[int, int | None, int]] = set()
    kept = []
    for match in found:
        place = (match.hit.handle if match.door is None else NONE, match.door, match.division)
        if place not in seen:
            seen.add(place)
            kept.append(match)
    return kept
