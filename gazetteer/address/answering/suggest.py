"""Completion while typing, from the first character: by characters, full pinyin or initials."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from gazetteer.address.index.build import OF_DOOR, OF_HANDLE
from gazetteer.address.index.namekeys import ALIAS, NUMBER
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import LEVEL_OF_DIVISION, LEVEL_OF_KIND, Standard
from gazetteer.address.index.strings import Pool
from gazetteer.address.matching.keys import fold
from gazetteer.address.matching.numbers import canonical
from gazetteer.address.matching.scopes import Scopes
from gazetteer.address.model import Suggestion
from gazetteer.address.words.text import normalise

_MASK = (1 << 30) - 1
_WHOLE, _LONGER = 300, 12
"""Records looked at that bear the very name typed; records with longer names for each one wanted."""
_FAR = 1 << 40
OF_ROAD = 1
"""What the column ``alias.of`` says of another name of a road, village or estate."""
_NUMBERED = re.compile(r"^(?P<name>.*?[^0-9])(?P<number>[0-9][0-9a-z弄幢号\-]*)$")


class _Keys:
    """The sorted keys as a sequence for bisection."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def __len__(self) -> int:
        return len(self._pool)

    def __getitem__(self, number: int) -> bytes:
        return self._pool.raw(number)


class Suggester:
    """Completes against one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._keys = _Keys(Pool(index.container, "prefix"))
        self._target = index.container.array("prefix.target")
        self._weight = index.container.array("prefix.weight")
        self._words = Standard(index)
        self._scopes = Scopes(index)
        self._scoped = lru_cache(maxsize=1000)(self._areas_of)

    def suggest(self, q: str, limit: int = 10) -> list[Suggestion]:
        """The best completions: a name typed to its end before longer ones, those with most doors first.

        Each name of the longer ones is offered once before any is repeated, so that ten towns' 人民路 do not hide
        the rest. Letters stand for many names: there this holds for whole names too. What lies in divisions where
        nothing is registered comes last.
        """
        numbered = _NUMBERED.match(fold_typed(q))
        if numbered and (doors := self._doors(numbered["name"], numbered["number"], limit)):
            return doors
        return [self._suggestion(t) for t in self._targets(fold(q), limit)]

    def _targets(self, typed: str, limit: int, only_handles: bool = False) -> list[int]:
        if not typed:
            return []
        key = typed.encode("utf-8", "replace")
        first = bisect_left(self._keys, key)
        end = bisect_left(self._keys, key + b"\0", first)
        last = bisect_left(self._keys, key + b"\xff", end)
        whole, longer = (
            self._heaviest(*part, only_handles)
            for part in ((first, end, _WHOLE), (end, last, limit * _LONGER))
        )
        if typed.isascii():
            whole = self._each_name_first(whole)
        longer = self._each_name_first(longer) if len(whole) < limit else []
        served = dict.fromkeys([*whole, *longer])
        ordered = sorted(served, key=self._is_far)
        return [t for t in ordered if self._in_force(t)][:limit]

    def _heaviest(self, first: int, last: int, most: int, only_handles: bool) -> list[int]:
        """Targets of the keys in a range, the heaviest first, no more than so many."""
        weight, target = self._weight[first:last], self._target[first:last]
        keep = min(len(weight), most)
        if not keep:
            return []
        weight = weight.astype(np.int64)
        if only_handles:
            weight = np.where((target >= OF_HANDLE) & (target < OF_DOOR), weight, -1)
        else:
            weight[np.flatnonzero(target < OF_HANDLE)] -= self._far_weight(target[target < OF_HANDLE])
        top: Any = np.argpartition(weight, len(weight) - keep)[len(weight) - keep :]
        ordered = sorted(top.tolist(), key=lambda i: (-int(weight[i]), i))
        found = [int(target[i]) for i in ordered if not only_handles or weight[i] >= 0]
        return [t for t in found if self._index.readable(t & _MASK)]

    def _far_weight(self, divisions: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """What takes divisions that hold nothing registered below everything else."""
        return np.where(self._served[divisions & _MASK], 0, _FAR)

    @cached_property
    def _served(self) -> np.ndarray[Any, Any]:
        """For each division whether anything is registered in it."""
        index = self._index
        served = np.zeros(len(index.div_level), bool)
        for division in index.divisions_in_use():
            served[index.lineage(division)] = True
        return served

    def _is_far(self, target: int) -> bool:
        return target < OF_HANDLE and not self._served[target & _MASK]

    def _each_name_first(self, targets: list[int]) -> list[int]:
        """The same targets, the first of each name before those that repeat it."""
        seen: dict[str, int] = {}
        turns = [seen.setdefault(name, at) != at for at, name in enumerate(map(self._name, targets))]
        return [t for _, t in sorted(zip(turns, targets, strict=True), key=lambda pair: pair[0])]

    def _name(self, target: int) -> str:
        index, number = self._index, target & _MASK
        if target >= OF_DOOR:
            return index.pool[index.door_name[number]] or index.pool[index.door_estate[number]]
        return index.name_of(number) if target >= OF_HANDLE else index.pool[index.div_name[number]]

    def _in_force(self, target: int) -> bool:
        table = "door" if target >= OF_DOOR else "handle" if target >= OF_HANDLE else "div"
        return self._index.valid(table, target & _MASK, None)

    def _doors(self, name: str, number: str, limit: int) -> list[Suggestion]:
        """人民路12 -> 人民路12号, 人民路120号 …"""
        index, wanted = self._index, canonical(number)
        found: list[Suggestion] = []
        for handle, said in self._handles(name, limit):
            for door in range(index.handle_start[handle], index.handle_end[handle]):
                if (
                    index.path(door).startswith(wanted)
                    and self._in_force(OF_DOOR | door)
                    and self._may_say(said, handle, door)
                ):
                    found.append(self._suggestion(OF_DOOR | door))
                    if len(found) >= limit:
                        return found
        return found

    def _handles(self, name: str, limit: int) -> list[tuple[int, str]]:
        """Handles that a text may end with, each with the words that lead to it."""
        for start in range(len(name) - 1):
            if targets := self._targets(name[start:], limit, only_handles=True):
                said = fold(name[start:])
                return [(t & _MASK, said) for t in targets if OF_HANDLE <= t < OF_DOOR]
        return []

    def _may_say(self, said: str, handle: int, door: int) -> bool:
        """Whether a road may be called so at a door: another name that is kept with an area counts only inside it."""
        scoped = self._scoped(said, handle)
        return not scoped or any(self._scopes.holds(alias, self._index.point(door)) for alias in scoped)

    def _areas_of(self, said: str, handle: int) -> tuple[int, ...]:
        """The aliases of a road that are these very words; none where it bears them itself, as written or as a part."""
        index = self._index
        if said in fold(index.name_of(handle)):
            return ()
        aliases = (t & NUMBER for t in index.find("n", said) if t >= ALIAS)
        return tuple(a for a in aliases if index.alias_of[a] == OF_ROAD and index.alias_target[a] == handle)

    def _suggestion(self, target: int) -> Suggestion:
        number = target & _MASK
        if target >= OF_DOOR:
            return self._door(number)
        return self._handle(number) if target >= OF_HANDLE else self._division(number)

    def _door(self, door: int) -> Suggestion:
        index = self._index
        address = self._words.door(door)
        name = index.pool[index.door_name[door]] or index.pool[index.door_estate[door]]
        text = self._words.short(door)
        lon, lat = index.point(door)
        made_up = bool(index.door_made_up[door])
        return Suggestion(text, "door", address, index.door_code[door], lon, lat, name, made_up)

    def _handle(self, handle: int) -> Suggestion:
        index = self._index
        place = self._words.above(handle, index.handle_div[handle])
        lon, lat = index.handle_point(handle) or (float("nan"), float("nan"))
        level = LEVEL_OF_KIND[index.kind_of(handle)]
        name = index.name_of(handle)
        code, made_up = index.pool[index.handle_code[handle]], bool(index.handle_made_up[handle])
        return Suggestion(name, level, place + name, code, lon, lat, place, made_up)

    def _division(self, division: int) -> Suggestion:
        index = self._index
        address = self._words.division(division)
        lon, lat = index.div_lon[division], index.div_lat[division]
        level = LEVEL_OF_DIVISION[min(max(index.div_level[division], 1), 5)]
        name = index.pool[index.div_name[division]]
        return Suggestion(name, level, address, index.pool[index.div_code[division]], lon, lat, address)


def fold_typed(q: str) -> str:
    """What was typed, cleaned but with hyphens kept, for a number at the end."""
    return normalise(q).clean.lower().replace(",", "")
