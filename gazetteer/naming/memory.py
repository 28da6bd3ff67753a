"""The register in memory: answers the checks without a database, for tests, files and a district's few thousand names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from gazetteer import base
from gazetteer.naming.ground import distance_m, usable
from gazetteer.naming.model import DivisionArea, NamedPlace, Scope
from gazetteer.naming.name import NameParts, normal, take_apart
from gazetteer.naming.reading import sound_keys

_LONGEST = 12
_DEGREE_M = (
    90_000.0  # a degree of longitude in China is shorter only north of 36°; the box search is widened for it
)


class MemoryRegister:
    """Places, divisions, built-up areas and planned names, indexed by name, sound and position.

    Implements :class:`gazetteer.naming.surroundings.Surroundings`. ``planned`` are names of the approved plan;
    among ``places`` those in state 现行 or 拟命名 are compared, cancelled ones only serve as aliases.
    """

    def __init__(
        self,
        places: Iterable[NamedPlace] = (),
        divisions: Iterable[DivisionArea] = (),
        built_up: Mapping[str, BaseGeometry] | None = None,
        planned: Iterable[NamedPlace] = (),
    ) -> None:
        self._places = [_drawable(place) for place in places]
        self._divisions = list(divisions)
        self._built_up = dict(built_up or {})
        self._planned = [_drawable(place) for place in planned]
        self._planned_drawn = [place for place in self._planned if place.geometry is not None]
        self._planned_tree = STRtree([place.geometry for place in self._planned_drawn])
        live = [place for place in self._places if place.state != "销名"]
        self._index_names(live)
        self._drawn = [place for place in live if place.geometry is not None]
        self._tree = STRtree([place.geometry for place in self._drawn])
        self._index_roads()
        self._index_divisions()
        self._index_past()

    def _index_names(self, places: list[NamedPlace]) -> None:
        self._by_name: dict[str, list[NamedPlace]] = defaultdict(list)
        self._by_word: dict[tuple[str, str], list[NamedPlace]] = defaultdict(list)
        self._by_sound: dict[tuple[str, str], list[NamedPlace]] = defaultdict(list)
        for place in places:
            self._by_name[normal(place.name)].append(place)
            parts = take_apart(place.name, place.category, place.feature)
            for word in _words(parts):
                self._by_word[place.category, word].append(place)
            for key in sound_keys(parts.specific) if parts.specific else ():
                self._by_sound[place.category, key].append(place)

    def _index_roads(self) -> None:
        live = [place for place in self._places if place.category == "E" and place.state != "销名"]
        self._road_names: dict[str, list[NamedPlace]] = defaultdict(list)
        for place in live:
            self._road_names[normal(place.name)].append(place)
        self._roads = [place for place in live if place.geometry is not None]
        self._road_tree = STRtree([place.geometry for place in self._roads])

    def _index_past(self) -> None:
        self._past: dict[str, list[NamedPlace]] = defaultdict(list)
        for place in self._places:
            ended = (place.name,) if place.state == "销名" else ()
            for name in {normal(old) for old in (*place.former_names, *ended)}:
                self._past[name].append(place)
        self._protected = [place for place in self._places if place.protected]

    def _index_divisions(self) -> None:
        self._division_names: dict[str, list[DivisionArea]] = defaultdict(list)
        for row in self._divisions:
            for name in {row.name, row.short}:
                if len(name) >= 2:
                    self._division_names[name].append(row)

    def same_name(self, name: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places whose whole standard name equals ``name``."""
        return _inside(self._by_name.get(normal(name), ()), scope)

    def same_specific(self, specific: str, category: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places of the category whose specific term, series stem or whole name equals ``specific``."""
        return _inside(self._by_word.get((category, normal(specific)), ()), scope)

    def same_sound(self, keys: Iterable[str], category: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places of the category whose specific term may be read as one of the toneless keys."""
        found = {place.code: place for key in keys for place in self._by_sound.get((category, key), ())}
        return _inside(found.values(), scope)

    def roads_near(self, geometry: BaseGeometry, distance_m: float) -> Sequence[NamedPlace]:
        """Roads within the distance, nearest first."""
        return _near(self._road_tree, self._roads, geometry, distance_m)

    def places_near(self, geometry: BaseGeometry, distance_m: float, categories: str) -> Sequence[NamedPlace]:
        """Places of the categories within the distance, nearest first."""
        near = _near(self._tree, self._drawn, geometry, distance_m)
        return [place for place in near if place.category in categories]

    def divisions_in(self, name: str) -> Sequence[DivisionArea]:
        """Divisions whose full or short name stands inside ``name``, each once."""
        found = {
            row.code: row for part in _substrings(normal(name)) for row in self._division_names.get(part, ())
        }
        return [found[code] for code in sorted(found)]

    def roads_in(self, name: str, scope: Scope) -> Sequence[NamedPlace]:
        """Roads of the scope whose whole name stands inside ``name``."""
        found = {
            row.code: row for part in _substrings(normal(name)) for row in self._road_names.get(part, ())
        }
        return _inside(found.values(), scope)

    def built_up_at(self, geometry: BaseGeometry) -> tuple[str, BaseGeometry] | None:
        """The built-up area that holds the middle of the geometry."""
        middle = geometry.representative_point()
        return next(
            ((name, area) for name, area in sorted(self._built_up.items()) if area.covers(middle)), None
        )

    def planned_at(self, geometry: BaseGeometry, distance_m: float) -> Sequence[NamedPlace]:
        """Planned names within the distance, nearest first."""
        return _near(self._planned_tree, self._planned_drawn, geometry, distance_m)

    def planned_named(self, name: str) -> Sequence[NamedPlace]:
        """Planned names that equal ``name``."""
        return [place for place in self._planned if normal(place.name) == normal(name)]

    def protected_named(self, name: str, record: str) -> Sequence[NamedPlace]:
        """Places on a protection list with that name or code; a code alone decides where it is given."""
        if record:
            return [place for place in self._protected if place.code == record]
        return [place for place in self._protected if normal(place.name) == normal(name)]

    def cancelled_aliases(self, name: str, jurisdiction: str) -> Sequence[NamedPlace]:
        """Cancelled places of that name and places that once had it, in the county."""
        return [
            place for place in self._past.get(normal(name), ()) if place.division.startswith(jurisdiction[:6])
        ]

    def known_divisions(self, jurisdiction: str) -> Sequence[DivisionArea]:
        """Divisions above and of the jurisdiction, widest first."""
        county = jurisdiction[:6]
        above = (county[:2] + "0000", county[:4] + "00", county)
        found = {row.code[:6]: row for row in reversed(self._divisions) if row.code[6:].strip("0") == ""}
        return [found[code] for code in above if code in found]


def base_divisions(jurisdiction: str) -> list[DivisionArea]:
    """Divisions whose names matter to a county, without polygons, from the base data that ships.

    Every province and city of the nation, every county of the own province, every township of the own city.
    """
    return [
        DivisionArea(row.code, row.name, row.short)
        for row in base.divisions()
        if row.level <= 2
        or (row.level == 3 and row.code[:2] == jurisdiction[:2])
        or (row.level == 4 and row.code[:4] == jurisdiction[:4])
    ]


def _drawable(place: NamedPlace) -> NamedPlace:
    """The place with a geometry that can be measured, or none."""
    fit = usable(place.geometry)
    return place if fit is place.geometry else replace(place, geometry=fit)


def _words(parts: NameParts) -> set[str]:
    """Words under which a place is found: specific term, stem, and the whole name as another's stem (永宁路一巷)."""
    return {word for word in (parts.specific, parts.stem, parts.name) if word}


def _substrings(name: str) -> Iterable[str]:
    return (
        name[start:end]
        for start in range(len(name))
        for end in range(start + 2, min(len(name), start + _LONGEST) + 1)
    )


def _inside(places: Iterable[NamedPlace], scope: Scope) -> list[NamedPlace]:
    """Places of the scope: by polygon where the scope and the place have one, else by division code.

    A place without geometry counts as inside a polygon scope: what cannot be ruled out is shown to the officer.
    """
    if scope.area is not None:
        return [place for place in places if place.geometry is None or scope.area.intersects(place.geometry)]
    return [place for place in places if place.division.startswith(scope.prefixes)]


def _near(
    tree: STRtree, places: Sequence[NamedPlace], geometry: BaseGeometry, within_m: float
) -> list[NamedPlace]:
    """Places of the tree within a distance on the ground, nearest first."""
    if geometry.is_empty or not places:
        return []
    box = geometry.envelope.buffer(within_m / _DEGREE_M * 1.6)
    measured = [
        (distance_m(geometry, places[i].geometry or geometry), places[i].code, places[i])
        for i in tree.query(box)
    ]
    return [place for away, _, place in sorted(measured, key=lambda row: row[:2]) if away <= within_m]
