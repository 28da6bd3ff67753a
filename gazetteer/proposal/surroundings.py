"""The register as the naming checks see it (周边与同类地名), answered by PostGIS through indexes.

Answers as :class:`gazetteer.naming.memory.MemoryRegister` does over the same rows; a test holds them equal. Proposals
that are under way count as planned names (拟命名), so that two of them cannot take one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gazetteer.naming.ground import distance_m, usable
from gazetteer.naming.model import DivisionArea, NamedPlace, Scope
from gazetteer.naming.name import normal
from gazetteer.proposal import name_keys
from gazetteer.proposal.name_sql import (
    BUILT_UP,
    DIVISIONS_ABOVE,
    DIVISIONS_IN,
    FORMER,
    NEAR_PLACES,
    NEAR_PLANNED,
    NEAR_PROPOSALS,
    NEAR_ROADS,
    PLANNED_NAMED,
    PROTECTED,
    named,
)
from geo.store.sight import whole

_LONGEST = 12
_DEGREE_M = 90_000.0


class PostgisRegister:
    """Implements :class:`gazetteer.naming.surroundings.Surroundings` inside one unit of work.

    Args:
        db: the unit of work; stale keys are written in it.
        jurisdiction: division code of the bureau; names of divisions matter as far as
            :func:`gazetteer.naming.memory.base_divisions` says.
        without: code of the proposal that is being checked, which must not stand in its own way.
    """

    def __init__(self, db: Session, jurisdiction: str, *, without: str = "") -> None:
        self._db = db
        self._county = jurisdiction[:6]
        self._without = without
        self._kept: dict[tuple[object, ...], Any] = {}
        name_keys.refresh(db)

    def same_name(self, name: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places whose whole standard name equals ``name``."""
        return self._named("k.plain = :plain", scope, plain=normal(name))

    def same_specific(self, specific: str, category: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places of the category whose specific term, series stem or whole name equals ``specific``."""
        keys = name_keys.word_keys(category, [normal(specific)])
        return self._named("k.words && CAST(:keys AS text[])", scope, keys=keys)

    def same_sound(self, keys: Iterable[str], category: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places of the category whose specific term may be read as one of the toneless keys."""
        wanted = name_keys.word_keys(category, keys)
        return self._named("k.sounds && CAST(:keys AS text[])", scope, keys=wanted)

    def roads_near(self, geometry: BaseGeometry, distance_m: float) -> Sequence[NamedPlace]:
        """Roads within the distance, nearest first."""
        rows = [*self._around(NEAR_ROADS, geometry, distance_m),
                *self._around(NEAR_PROPOSALS, geometry, distance_m, categories=["E"])]  # fmt: skip
        return _nearest(rows, geometry, distance_m)

    def places_near(self, geometry: BaseGeometry, distance_m: float, categories: str) -> Sequence[NamedPlace]:
        """Places of the categories within the distance, nearest first."""
        wanted = list(categories)
        rows = [*self._around(NEAR_PLACES, geometry, distance_m, categories=wanted),
                *self._around(NEAR_PROPOSALS, geometry, distance_m, categories=wanted)]  # fmt: skip
        if "E" in categories:
            rows += self._around(NEAR_ROADS, geometry, distance_m)
        return _nearest(rows, geometry, distance_m)

    def divisions_in(self, name: str) -> Sequence[DivisionArea]:
        """Divisions whose full or short name stands inside ``name``, each once."""
        rows = self._db.execute(
            DIVISIONS_IN,
            {
                "parts": _parts(normal(name)),
                "province": self._county[:2],
                "city": self._county[:4],
            },
        )
        return [_division(row) for row in rows]

    def roads_in(self, name: str, scope: Scope) -> Sequence[NamedPlace]:
        """Roads of the scope whose whole name stands inside ``name``."""
        parts = _parts(normal(name))
        return self._named("k.plain = ANY(CAST(:parts AS text[])) AND k.category = 'E'", scope, parts=parts)

    def built_up_at(self, geometry: BaseGeometry) -> tuple[str, BaseGeometry] | None:
        """The built-up area that holds the middle of the geometry."""
        key = ("built-up", geometry.wkb)
        if key not in self._kept:
            middle = geometry.representative_point()
            row = self._db.execute(BUILT_UP, {"lon": middle.x, "lat": middle.y}).first()
            self._kept[key] = (row.name, shapely.from_wkb(bytes(row.area))) if row else None
        found: tuple[str, BaseGeometry] | None = self._kept[key]
        return found

    def planned_at(self, geometry: BaseGeometry, distance_m: float) -> Sequence[NamedPlace]:
        """Planned names (地名方案) within the distance, nearest first."""
        return _nearest(self._around(NEAR_PLANNED, geometry, distance_m), geometry, distance_m)

    def planned_named(self, name: str) -> Sequence[NamedPlace]:
        """Planned names that equal ``name``."""
        rows = self._db.execute(PLANNED_NAMED, {"names": list({name, normal(name)})})
        return [_place(row) for row in rows]

    def protected_named(self, name: str, record: str) -> Sequence[NamedPlace]:
        """Places on a protection list with that name or code; a code alone decides where it is given."""
        rows = self._db.execute(PROTECTED, {"plain": normal(name), "record": record})
        return [_place(row) for row in rows]

    def cancelled_aliases(self, name: str, jurisdiction: str) -> Sequence[NamedPlace]:
        """Cancelled places of that name and places that once had it, in the county."""
        rows = self._db.execute(FORMER, {"names": list({name, normal(name)}), "plain": normal(name),
                                         "county": f"{jurisdiction[:6]}%"})  # fmt: skip
        return [_place(row) for row in rows]

    def known_divisions(self, jurisdiction: str) -> Sequence[DivisionArea]:
        """Divisions above and of the jurisdiction, widest first."""
        county = jurisdiction[:6]
        codes = list(dict.fromkeys(c.ljust(12, "0") for c in (county[:2], county[:4], county)))
        return [_division(row) for row in self._db.execute(DIVISIONS_ABOVE, {"codes": codes})]

    def _named(self, condition: str, scope: Scope, **values: object) -> list[NamedPlace]:
        # Whether a name is taken is asked of the whole district, also by a clerk who sees the cases of one township.
        with whole(self._db):
            rows = self._db.execute(named(condition), {**values, **_scope(scope), "without": self._without})
            return [_place(row) for row in rows]

    def _around(
        self, sql: Any, geometry: BaseGeometry, within_m: float, **values: object
    ) -> list[NamedPlace]:
        """Candidates by their boxes, kept for the next question about the same ground."""
        if geometry.is_empty:
            return []
        key = (id(sql), geometry.wkb, within_m, str(values))
        if key not in self._kept:
            west, south, east, north = geometry.bounds
            wide = within_m / _DEGREE_M * 1.6
            box = {"west": west - wide, "south": south - wide, "east": east + wide, "north": north + wide}
            asked = {**values, **box, "without": self._without}
            with whole(self._db):
                self._kept[key] = [_place(row) for row in self._db.execute(sql, asked)]
        found: list[NamedPlace] = self._kept[key]
        return found


def _scope(scope: Scope) -> dict[str, object]:
    """The scope as parameters: a polygon, or prefixes of division codes."""
    area = (
        None
        if scope.area is None
        else shapely.to_wkb(shapely.set_srid(scope.area, 4490), hex=True, include_srid=True)
    )
    return {"area": area, "prefixes": [f"{prefix}%" for prefix in scope.prefixes]}


def _place(row: Any) -> NamedPlace:
    return NamedPlace(
        row.code, row.name, row.category, row.division or "", _shape(row.geom), state=row.state,
        former_names=tuple(row.former or ()), protected=row.protected or "",
    )  # fmt: skip


def _division(row: Any) -> DivisionArea:
    return DivisionArea(row.code, row.name, row.short, _shape(row.geom))


def _shape(wkb: Any) -> BaseGeometry | None:
    return None if wkb is None else _read(bytes(wkb))


@lru_cache(maxsize=4096)
def _read(wkb: bytes) -> BaseGeometry | None:
    return usable(shapely.from_wkb(wkb))


def _parts(name: str) -> list[str]:
    """Every part of a name of two to twelve characters."""
    return list(dict.fromkeys(
        name[start:end]
        for start in range(len(name))
        for end in range(start + 2, min(len(name), start + _LONGEST) + 1)
    ))  # fmt: skip


def _nearest(rows: Sequence[NamedPlace], geometry: BaseGeometry, within_m: float) -> list[NamedPlace]:
    measured = [
        (distance_m(geometry, row.geometry), row.code, row) for row in rows if row.geometry is not None
    ]
    return [place for away, _, place in sorted(measured, key=lambda row: row[:2]) if away <= within_m]
