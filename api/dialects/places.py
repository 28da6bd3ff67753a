"""One found place as every dialect needs it: names of its parts, its division, its point in the datum asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from api import lookup
from api.geocodejson import between
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Candidate, Element, Level, Nearby, Parsed, Status

LONGEST = 500
"""Characters of one question; a longer text is no address."""

_DIVISIONS = {"province", "city", "county", "town", "community"}
_LEVELS = ("province", "city", "county", "town", "village")
_TAIL = {"no", "sub", "bld", "unit", "floor", "room"}


@dataclass(frozen=True, slots=True)
class Place:
    """What was found. Names are empty where the register knows none; ``lon`` and ``lat`` are CGCS2000 degrees."""

    label: str
    level: Level
    code: str
    lon: float
    lat: float
    confidence: float = 1.0
    status: Status | Literal[""] = ""
    """How safe a found text is to apply; empty for what lies at a point."""
    note: str = ""
    made_up: bool = False
    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    village: str = ""
    road: str = ""
    hamlet: str = ""
    estate: str = ""
    number: str = ""
    """As it is written on the plate: 118号, 118-1号, 400弄10号."""
    division: str = ""
    """12 digits of the division around the point, or empty."""
    distance_m: float = 0.0

    def point(self, datum: str) -> tuple[float, float]:
        """Longitude and latitude in a datum."""
        return between(self.lon, self.lat, "cgcs2000", datum)

    @property
    def housenumber(self) -> str:
        """The number without 号, as the western dialects write it: 118, 118-1."""
        return self.number.removesuffix("号")

    @property
    def name(self) -> str:
        """What is most particular about the place: 永宁大道118号, 梅开苑, 东城街道."""
        own = f"{self.road or self.hamlet or self.estate}{self.number}"
        if self.level in _DIVISIONS or not own:
            return self.village or self.town or self.county or self.city or self.province or self.label
        return own

    @property
    def adcode(self) -> str:
        """The six digits of the county (区划代码)."""
        return self.division[:6]


def find(
    text: str, limit: int = 5, *, near: tuple[float, float] | None = None, division: str | None = None
) -> list[Place]:
    """The engine's answer to a text, best first; candidates without a point are left out, no dialect can say them.

    Args:
        text: an address however written.
        limit: places at most.
        near: longitude and latitude, WGS 84; among equals the nearer comes first.
        division: only within this division's code.
    """
    engine = lookup.engine()
    point = between(*near, "wgs84", "cgcs2000") if near else None
    found = engine.geocode(text[:LONGEST], limit=limit, near=point, division=division)
    return [
        _of_candidate(engine, candidate, found.status if rank == 0 else "review")
        for rank, candidate in enumerate(found.candidates)
        if candidate.lon == candidate.lon
    ]


def at(lon: float, lat: float, datum: str) -> Place | None:
    """What is registered nearest to a point given in a datum, or None where nothing is near."""
    engine = lookup.engine()
    found = engine.reverse(*between(lon, lat, datum, "cgcs2000"))
    return None if found is None else _of_nearby(engine, found)


def _of_candidate(engine: Geocoder, candidate: Candidate, status: Status) -> Place:
    here = engine.reverse(candidate.lon, candidate.lat)
    division = candidate.code if candidate.level in _DIVISIONS else here.division_code if here else ""
    names = _names(engine.parse(candidate.standard_address))
    names |= {name: value for name, value in zip(_LEVELS, candidate.divisions, strict=False) if value}
    names |= _numbered(names, candidate.street, candidate.number)
    names = _without_echo(names)
    return Place(
        candidate.standard_address, candidate.level, candidate.code, candidate.lon, candidate.lat,
        candidate.confidence, status, candidate.note, candidate.made_up, division=division, **names,
    )  # fmt: skip


def _numbered(names: dict[str, Any], street: str, number: str) -> dict[str, str]:
    """The register's own street and number; which kind of street it is, the reading of the address tells."""
    if not street:
        return {}
    kind = next((kind for kind in ("road", "hamlet", "estate") if street in names[kind]), "road")
    return {kind: street, "number": number or names["number"]}


def _of_nearby(engine: Geocoder, found: Nearby) -> Place:
    names = _names(engine.parse(found.standard_address))
    names = _without_echo(names | _names_around(found, names))
    return Place(
        found.standard_address, found.level, found.code, found.lon, found.lat,
        made_up=found.made_up, division=found.division_code, distance_m=found.distance_m, **names,
    )  # fmt: skip


def _names_around(found: Nearby, names: dict[str, Any]) -> dict[str, str]:
    """The register's own names, which are surer than those read out of the text; a lane goes before the number."""
    known = {name: str(getattr(found, name)) for name in _LEVELS}
    if found.road and found.road in names["road"]:
        lane = names["road"].partition(found.road)[2]
        known |= {"road": found.road, "number": f"{lane}{names['number']}"}
    return {name: value for name, value in known.items() if value}


def _names(parsed: Parsed) -> dict[str, Any]:
    """The parts of a standard address; what two elements hold together is joined again."""
    return {
        "province": _joined(parsed, {"prov"}),
        "city": _joined(parsed, {"city"}),
        "county": _joined(parsed, {"county"}),
        "town": _joined(parsed, {"town"}),
        "village": _joined(parsed, {"comm"}),
        "road": _joined(parsed, {"road"}),
        "hamlet": _joined(parsed, {"natvil"}),
        "estate": _joined(parsed, {"estate"}),
        "number": _joined(parsed, _TAIL),
    }


def _without_echo(names: dict[str, Any]) -> dict[str, Any]:
    """A natural village that is only the beginning of the village's own name is not told twice."""
    return names | {"hamlet": ""} if names["village"].startswith(names["hamlet"]) else names


def _joined(parsed: Parsed, kinds: set[str]) -> str:
    elements: list[Element] = [e for e in parsed.elements if e.type in kinds]
    return "".join(e.text for e in elements)


def division_of(name: str) -> str | None:
    """The code of the division that a name means, or None."""
    found = lookup.engine().geocode(name[:LONGEST], limit=5).candidates
    return next((candidate.code for candidate in found if candidate.level in _DIVISIONS), None)
