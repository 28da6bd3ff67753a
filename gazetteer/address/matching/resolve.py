"""From a cleaned text to readings: by its numbers, by its names, by its road alone, by its divisions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cached_property

from gazetteer.address.index.build import OF_DOOR, OF_HANDLE
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.agreement import CONFLICTS
from gazetteer.address.matching.confidence import score
from gazetteer.address.matching.context import Context
from gazetteer.address.matching.estates import Estates
from gazetteer.address.matching.handles import NEAR_STARTS, Hit
from gazetteer.address.matching.keys import fold
from gazetteer.address.matching.match import Match, Matcher, best_first, settled
from gazetteer.address.matching.names import NameFinder
from gazetteer.address.matching.spelt import Spelt
from gazetteer.address.matching.spots import Spot, find_spots
from gazetteer.address.words.numerals import NUMERAL, to_digits

_MASK = (1 << 30) - 1
_BEFORE_NUMBER = re.compile(r"[^0-9]{4,60}(?=[0-9])")
_SURE = 5.0
_NAME_AT_LEAST = 0.5
_NAMES_WEIGHED = 240
"""Bearers of names that are weighed for one text: a heap of words begins a name at every one of them."""
_SPOTS, _SPOTS_WITH_SLIPS = 20, 6
"""Numbers of one text that are looked at, and those before which a misspelt or turned name is looked for."""
_BEGINNINGS = 24
"""Places at which a name is looked for by its pieces, the first of a text."""
_SPELLINGS = 12
"""Registered names that one word of pinyin may mean."""
_COUNTY = 3
_HEAD = 16
"""Characters at the beginning of a text that say which province, city and county is meant."""
_NUMERAL_END = re.compile(f"(?P<name>[^0-9]*[路街道巷弄村])(?P<number>[{NUMERAL}]{{1,6}})")
_LANE_NAME = re.compile("[0-9零一二三四五六七八九十]+(?:支弄|弄|支巷|巷)$")
_NAME_STANDS_IN = 0.95


class Resolver:
    """Reads texts against one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._matcher = Matcher(index)
        self._names = NameFinder(index)
        self._estates = Estates(index, self._matcher)
        self._spelt = Spelt(index)

    def resolve(self, clean: str, on: date | None = None) -> list[Match]:
        """All readings of a cleaned lower-case text, the best first; empty when nothing in it is registered."""
        if spelt := self._spelt.chinese(clean):
            return best_first([m for text in spelt[:_SPELLINGS] for m in self.resolve(text, on)])
        clean = self._numeral_marked(clean)
        spots = find_spots(clean)[:_SPOTS]
        if not spots and (divided := self._only_divisions(clean, on)):
            return divided
        if self._is_far(clean):
            exact = [
                m
                for s in spots
                for m in self._matcher.matches(clean, s, on, near=False)
                if m.door is not None
            ]
            return best_first(exact) or self.divisions(clean)
        found = self._numbered(clean, spots, on)
        if spots and spots[-1].end == len(clean) and not (found and settled(found[0])):
            found = best_first(found + self._named_lane(clean, on))
        if any(s.marked for s in spots):
            found += [] if found else self._standing_in(clean, spots[0], on)
        elif not found or found[0].score < _SURE or not found[0].wanted:
            found = best_first(
                found + self._named(clean, on) + (self._road_only(clean, on, True) if not spots else [])
            )
        head = _BEFORE_NUMBER.match(clean)
        return (
            found
            or self._road_only(clean, on)
            or (self._road_only(head.group(), on) if head else [])
            or self.divisions(clean)
        )

    def _standing_in(self, clean: str, spot: Spot, on: date | None) -> list[Match]:
        """A place of the name in the text, where its road is unknown: never the door that was asked."""
        rest = clean[: spot.start] if spot.start > len(clean) - spot.end else clean[spot.end :]
        return [
            replace(m, door=None, beside=m.door, reading=spot.readings[0], score=m.score - 4.0)
            for m in self._named(rest, on, self._matcher.contexts.starts(rest)[-1:])
            if m.hit.likeness >= _NAME_STANDS_IN
        ]

    def _numbered(self, clean: str, spots: list[Spot], on: date | None) -> list[Match]:
        found: list[Match] = []
        for at, spot in enumerate(spots):
            fresh = self._matcher.matches(clean, spot, on, near=at < _SPOTS_WITH_SLIPS)
            found = best_first(found + fresh) if found else fresh
            twin = spots[at + 1] if at + 1 < len(spots) else None
            if twin and twin.end == spot.end and not (found and settled(found[0])):
                continue
            if found and found[0].door is not None:
                return self._estates.inside(found, clean[spot.end :], on)
        return found

    def _named_lane(self, clean: str, on: date | None) -> list[Match]:
        """A road whose own name ends like a lane's number: 站前一弄, registered so, is no 1弄 of 站前."""
        if not clean.rstrip(",-()# ").endswith(("弄", "巷")):
            return []
        return [
            m for m in self._road_only(clean, on, True) if m.hit.key == "n" and _LANE_NAME.search(m.hit.asked)
        ]

    def _named(self, clean: str, on: date | None, starts: tuple[int, ...] | None = None) -> list[Match]:
        """Readings as the name of something: an estate, a building, a shop."""
        found: list[Match] = []
        for start in self._matcher.contexts.beginnings(clean)[:_BEGINNINGS] if starts is None else starts:
            asked = fold(clean[start:])
            if not 2 <= len(asked) <= 60:
                continue
            context = self._around(clean, start)
            for named in self._names.find(asked):
                if named.likeness >= _NAME_AT_LEAST and len(found) < _NAMES_WEIGHED:
                    found += [
                        self._as_named(t, asked, named.likeness, context, len(named.targets))
                        for t in named.targets[:40]
                        if self._in_force(t, on)
                    ]
        return found

    def _around(self, clean: str, start: int) -> Context:
        """The divisions before a name and those written in full in and behind it: wherever they stand, they count."""
        read = self._matcher.contexts.read
        before, rest = read(clean[:start]), clean[start:]
        if not self._matcher.contexts.may_state(rest):
            return before
        level = self._index.div_level
        behind = tuple(s for s in read(rest).stated if s.full and all(level[o] <= _COUNTY for o in s.options))
        return Context(before.stated + behind, before.unexplained) if behind else before

    def _in_force(self, target: int, on: date | None) -> bool:
        table = "door" if target >= OF_DOOR else "handle" if target >= OF_HANDLE else "div"
        return self._index.valid(table, target & _MASK, on)

    def _as_named(self, target: int, asked: str, likeness: float, context: Context, homonyms: int) -> Match:
        index, number = self._index, target & _MASK
        door = number if target >= OF_DOOR else None
        handle = index.door_handle[number] if door is not None else number
        division = index.door_div[number] if door is not None else index.handle_div[number]
        place = self._matcher.agreement.of(context.stated, division)
        value = score("name", place, 0, len(context.unexplained), min(len(asked), 6), context.shortened)
        value -= 12.0 * (1.0 - likeness) + (0.0 if place not in CONFLICTS else 1.0)
        return Match(Hit(handle, "name", asked, 0, likeness=likeness), door, context, place, value)

    def _road_only(self, clean: str, on: date | None, exactly: bool = False) -> list[Match]:
        """A road, village or estate without a number; ``exactly`` leaves misspelt names out."""
        before = clean.rstrip(",-()# ")[-60:]
        hits = self._matcher.handles.exact(before, self._matcher.contexts.starts(before) if exactly else ())
        for start in self._matcher.contexts.starts(before)[-NEAR_STARTS:] if not (hits or exactly) else ():
            hits += [
                Hit(h, key, before[start:], start) for h, key in self._matcher.handles.near(before[start:])
            ]
        found, scopes = [], self._matcher.scopes
        for hit in hits:
            inside = hit.alias < 0 or scopes.holds(hit.alias, scopes.place(None, hit.handle))
            if inside and self._index.valid("handle", hit.handle, on):
                context = self._matcher.contexts.read(before[: hit.start])
                place = self._matcher.agreement.of(context.stated, self._index.handle_div[hit.handle])
                value = score(hit.key, place, 0, len(context.unexplained), len(hit.asked), context.shortened)
                found.append(Match(hit, None, context, place, value))
        return best_first(found)

    def _numeral_marked(self, clean: str) -> str:
        """朝阳街八十五 -> 朝阳街85号: numerals right behind a registered road are its number, 五一路 stays a name."""
        if clean[-1:] not in NUMERAL:
            return clean
        found = _NUMERAL_END.fullmatch(clean)
        if not found or not (digits := to_digits(found["number"])) or clean[-1] in "村路":
            return clean
        named = self._matcher.handles.exact(found["name"], self._matcher.contexts.starts(found["name"]))
        whole = self._matcher.handles.exact(clean, self._matcher.contexts.starts(clean))
        return f"{found['name']}{digits}号" if named and not whole else clean

    def _is_far(self, clean: str) -> bool:
        """Whether a text begins with divisions that all lie in cities where the register has no door at all."""
        far, here = self._far, range(min(len(clean), _HEAD) - 1)
        if not any([clean.startswith(far[pair], i) for i in here if (pair := clean[i : i + 2]) in far]):
            return False
        stated = self._matcher.contexts.read(clean[:_HEAD]).stated
        level = self._index.div_level
        known = [s for s in stated if s.full and all(level[o] <= _COUNTY for o in s.options)]
        # 延吉 and 建国 in 杨浦区延吉五村, 朝阳区建国路 are pieces of names; a 西城街道 or 黄岩 of our own is not.
        others = [
            s for s in stated if s not in known and (s.full or any(level[o] <= _COUNTY for o in s.options))
        ]
        if not known or any(s.full or any(self._city_of(o) in self._home for o in s.options) for s in others):
            return False
        cities = [s for s in known if all(level[o] > 1 for o in s.options)] or known
        return not any(self._city_of(o) in self._home for s in cities for o in s.options)

    def _city_of(self, division: int) -> int:
        """The city of a county, itself for a city or a province; a municipality is its own city."""
        level = self._index.div_level
        return next((d for d in self._index.lineage(division) if level[d] < _COUNTY), NONE)

    @cached_property
    def _far(self) -> dict[str, tuple[str, ...]]:
        """Names of provinces, cities and counties that lie only where the register has no door, by their beginning."""
        index, level, home, far = self._index, self._index.div_level, set[str](), set[str]()
        for n in range(len(level)):
            if level[n] <= _COUNTY:
                name = fold(index.pool[index.div_name[n]])
                if self._city_of(n) not in self._home:
                    far.add(name)
                elif index.valid("div", n, None):
                    home.add(name)
        for a in index.aliases_of_divisions():
            if level[n := index.alias_target[a]] <= _COUNTY and self._city_of(n) not in self._home:
                far.add(fold(index.pool[index.alias_text[a]]))
        found: dict[str, tuple[str, ...]] = {}
        for name in far - home:
            found[name[:2]] = (*found.get(name[:2], ()), name)
        return found

    @cached_property
    def _home(self) -> frozenset[int]:
        """Provinces and cities of the registered doors."""
        level = self._index.div_level
        return frozenset(
            d
            for one in self._index.divisions_in_use()
            for d in self._index.lineage(one)
            if level[d] < _COUNTY
        )

    def _only_divisions(self, clean: str, on: date | None) -> list[Match]:
        """A text that names divisions and nothing else means the division, never a unit whose name contains it."""
        context = self._matcher.contexts.read(clean[:80])
        if (
            not context.stated
            or context.unexplained
            or len(clean) > 80
            or context.stated[-1].text not in clean[-12:]
        ):
            return []
        if any(m.hit.key == "n" for m in self._road_only(clean, on, True)):
            return []
        return self.divisions(clean)

    def divisions(self, clean: str) -> list[Match]:
        """Only the divisions are known: the smallest stated."""
        context = self._matcher.contexts.read(clean[:80])
        whole = {o for s in context.stated if s.full for o in s.options}
        options = [
            o
            for s in context.stated
            if s.full or len(context.stated) > 1 or s.text == clean
            for o in s.options
            # 五村 in 杨浦区延吉五村 is a piece of a name, no village of another county.
            if s.full or not whole or not whole.isdisjoint(self._index.lineage(o))
        ]
        if not options:
            return []
        level = self._index.div_level
        deepest = max(level[o] for o in options)
        found = []
        for option in dict.fromkeys(o for o in options if level[o] == deepest):
            place = self._matcher.agreement.of(context.stated, option)
            value = score("n", place, 0, len(context.unexplained), 3)
            found.append(Match(Hit(NONE, "n", "", 0), None, context, place, value, division=option))
        return best_first(found)
