"""What a check may ask of the register (周边与同类地名), as a protocol any store can answer.

Every method answers with names in force unless it says otherwise. ``near`` geometries are CGCS2000 degrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from gazetteer.naming.model import DivisionArea, NamedPlace, Scope


class Surroundings(Protocol):
    """The register as the checks see it; the database and the in-memory form answer alike."""

    def same_name(self, name: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places whose whole standard name equals ``name`` after normalisation."""
        ...

    def same_specific(self, specific: str, category: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places of the category whose specific term (专名) or series stem equals ``specific``."""
        ...

    def same_sound(self, keys: Iterable[str], category: str, scope: Scope) -> Sequence[NamedPlace]:
        """Places of the category whose specific term has one of the toneless reading keys."""
        ...

    def roads_near(self, geometry: BaseGeometry, distance_m: float) -> Sequence[NamedPlace]:
        """Roads (街路巷) within the distance, nearest first."""
        ...

    def places_near(self, geometry: BaseGeometry, distance_m: float, categories: str) -> Sequence[NamedPlace]:
        """Places of the categories (``AC``) within the distance, nearest first; the stock of suggestions."""
        ...

    def divisions_in(self, name: str) -> Sequence[DivisionArea]:
        """Divisions whose full or short name stands inside ``name``."""
        ...

    def roads_in(self, name: str, scope: Scope) -> Sequence[NamedPlace]:
        """Roads of the scope whose whole name stands inside ``name``."""
        ...

    def built_up_at(self, geometry: BaseGeometry) -> tuple[str, BaseGeometry] | None:
        """Name and polygon of the built-up area (建成区) that holds the geometry, where one is registered."""
        ...

    def planned_at(self, geometry: BaseGeometry, distance_m: float) -> Sequence[NamedPlace]:
        """Names of the approved naming plan (地名方案) at the geometry."""
        ...

    def planned_named(self, name: str) -> Sequence[NamedPlace]:
        """Names of the approved plan that equal ``name``."""
        ...

    def protected_named(self, name: str, record: str) -> Sequence[NamedPlace]:
        """Names on a protection list with that name or that code."""
        ...

    def cancelled_aliases(self, name: str, jurisdiction: str) -> Sequence[NamedPlace]:
        """Cancelled places and places with a former name that equals ``name``, in the county."""
        ...

    def known_divisions(self, jurisdiction: str) -> Sequence[DivisionArea]:
        """Divisions above and of the jurisdiction, widest first: 浙江省, 台州市, 黄岩区."""
        ...
