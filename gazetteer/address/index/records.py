"""Standard addresses (标准地址) composed from the register's own elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.numbers import spoken
from gazetteer.address.model import Element, ElementType, Level, Parsed
from gazetteer.address.words.standard import standard_form, village_form

_NO_PLACES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级"}
_INDOORS: tuple[ElementType, ...] = ("bld", "unit", "floor", "room")
_MARK = re.compile(r"(?=.*[0-9])[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
VILLAGE = 5
LEVEL_OF_KIND: dict[str, Level] = {"road": "road", "natvil": "natvil", "estate": "estate", "place": "estate"}
LEVEL_OF_DIVISION: dict[int, Level] = {1: "province", 2: "city", 3: "county", 4: "town", 5: "community"}


class Standard:
    """Words the records of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.division = lru_cache(maxsize=50_000)(self._division)
        self.township = lru_cache(maxsize=50_000)(self._township)
        self.divided = lru_cache(maxsize=50_000)(self._divided)
        self.above = lru_cache(maxsize=50_000)(self._above)
        """The divisions of a handle and its division, as they stand before a name."""

    def _division(self, number: int) -> str:
        """浙江省台州市黄岩区南城街道药山村; levels that are no places (市辖区) are left out."""
        return self._joined(self._index.lineage(number))

    def _township(self, number: int) -> str:
        """The same without the village, which the display form leaves out."""
        return self._joined(d for d in self._index.lineage(number) if self._index.div_level[d] < VILLAGE)

    def _joined(self, lineage: Iterable[int]) -> str:
        index = self._index
        names = [
            village_form(name) if index.div_level[d] == VILLAGE else name
            for d in lineage
            if (name := index.pool[index.div_name[d]]) not in _NO_PLACES
        ]
        names.reverse()
        return "".join(n for n, above in zip(names, ["", *names], strict=False) if n != above)

    def _divided(self, number: int) -> tuple[str, str, str, str, str]:
        """Names of province, city, county, township and village, each empty where there is none."""
        index = self._index
        names = {index.div_level[d]: index.pool[index.div_name[d]] for d in index.lineage(number)}
        province, city, county, town, village = (names.get(level, "") for level in (1, 2, 3, 4, VILLAGE))
        return province, city, county, town, village

    def _above(self, handle: int, division: int) -> str:
        """The village only before a natural village of another name."""
        index = self._index
        if handle == NONE or index.kind_of(handle) != "natvil":
            return self.township(division)
        whole, name = self.division(division), index.name_of(handle)
        return self.township(division) if whole == self.township(division) + name else whole

    def handle(self, handle: int) -> str:
        """A road, village or estate with its divisions."""
        return self.above(handle, self._index.handle_div[handle]) + self._index.name_of(handle)

    def door(self, door: int) -> str:
        """A door: divisions, road, number."""
        index = self._index
        return self.above(index.door_handle[door], index.door_div[door]) + self.short(door)

    def short(self, door: int) -> str:
        """A door without its divisions; its name where it has no road."""
        index, handle = self._index, self._index.door_handle[door]
        if handle == NONE:
            return index.pool[index.door_name[door]] or index.pool[index.door_estate[door]]
        return index.name_of(handle) + spoken(index.path(door))


def indoors(parsed: Parsed, path: str) -> str:
    """What follows the number, in standard form: 66幢2单元301室; without what the registered number says already."""
    if path.endswith("室"):
        return ""
    first: dict[str, Element] = {}
    for element in parsed.elements:
        if element.type in _INDOORS:
            first.setdefault(element.type, element)
    found = [e for kind in _INDOORS if (e := first.get(kind)) and not _in_path(e, path)] if first else []
    if len(found) > 1 and found[0].type == "bld" and found[0].value.isalpha():
        found.sort(key=lambda e: e.start)  # 24楼E座 is a part of its floor and stays behind it.
    return "".join(standard_form(e) for e in found) or _as_written(parsed)


def _as_written(parsed: Parsed) -> str:
    """A mark of letters and digits behind the number that is neither building nor room (23B10), as it stands."""
    number = parsed.first("no")
    if number is None or number.end == len(parsed.text):
        return ""
    behind = (e for e in parsed.elements if e.start == number.end and e.type in ("estate", "note"))
    return next((e.text for e in behind if _MARK.fullmatch(e.text)), "")


def _in_path(element: Element, path: str) -> bool:
    """Whether an element is part of the number: 66幢 of 128号66幢, or the 10 of 400弄10."""
    if element.type != "bld":
        # A staircase is also registered as a number in its building: 11幢4号 is 11幢4单元.
        endings = (standard_form(element), f"幢{element.value}号", f"幢{element.value}")
        return path.endswith(endings if element.type == "unit" else endings[:1])
    building = element.value
    if element.text.endswith("号") and path == building:
        return True
    return path.endswith(f"弄{building}") or _building_in(path, f"{building}幢")


def _building_in(path: str, building: str) -> bool:
    return path.startswith(building) or f"号{building}" in path
