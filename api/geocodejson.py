"""Answers of the engine as GeocodeJSON 0.1.0, with what this register adds."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import numpy as np

from gazetteer.address.model import Answer, Candidate, Defect, Element, Nearby, Parsed, Step, Suggestion
from geo.crs import convert

VERSION = "0.1.0"
ATTRIBUTION = "本地地名地址登记库"
SAMPLE_ATTRIBUTION = "示例数据，不代表真实地址"

#: The specification's ``type``: ours on the left. Levels it has no word for are named by the nearest one.
_TYPES = {
    "door": "house",
    "interpolated": "house",
    "estate": "locality",
    "road": "street",
    "natvil": "locality",
    "community": "district",
    "town": "district",
    "county": "city",
    "city": "city",
    "province": "state",
    "intersection": "street",
    "relative": "locality",
}
_DIVISIONS = ("state", "city", "county", "district", "locality")


#: ``geo.crs`` takes these two as one; a single point need not go through its vectors to stay as it is.
_ONE = frozenset(("wgs84", "cgcs2000"))


def to_datum(lon: float, lat: float, datum: str) -> tuple[float, float]:
    """A point of the register (CGCS2000) in another datum, rounded to a centimetre."""
    return between(lon, lat, "cgcs2000", datum)


def between(lon: float, lat: float, source: str, target: str) -> tuple[float, float]:
    """A point from one datum in another, degrees, longitude first."""
    if source == target or {source, target} <= _ONE:
        return round(lon, 7), round(lat, 7)
    lons, lats = convert(np.array([lon]), np.array([lat]), source, target)
    return round(float(lons[0]), 7), round(float(lats[0]), 7)


def collection(
    features: Sequence[dict[str, Any]], *, query: str, made_up: bool, **more: Any
) -> dict[str, Any]:
    """The FeatureCollection with the ``geocoding`` block that the specification asks for."""
    block = {
        "version": VERSION,
        "licence": "",
        "attribution": SAMPLE_ATTRIBUTION if made_up else ATTRIBUTION,
        "query": query,
        **more,
    }
    return {"type": "FeatureCollection", "geocoding": block, "features": list(features)}


def answer(given: Answer, datum: str) -> dict[str, Any]:
    """All candidates of an answer; what was understood and changed is said on each and once at the top."""
    understood = {
        "corrections": [_plain(s) for s in given.corrections],
        "defects": [_plain(d) for d in given.parsed.defects],
        "elements": elements(given.parsed),
    }
    features = [_candidate(c, given, datum, understood, rank) for rank, c in enumerate(given.candidates)]
    made_up = any(c.made_up for c in given.candidates)
    return collection(
        features, query=given.text, made_up=made_up, status=given.status, datum=datum,
        confidence=round(given.confidence, 4), **understood,
    )  # fmt: skip


def _candidate(
    candidate: Candidate, given: Answer, datum: str, understood: dict[str, Any], rank: int
) -> dict[str, Any]:
    # Only the best answer carries the status; the others are there to choose from.
    status = given.status if rank == 0 else "review"
    geocoding = {
        "type": _TYPES[candidate.level],
        "label": candidate.standard_address,
        "name": candidate.standard_address,
        **_address_parts(candidate),
        "status": status,
        "level": candidate.level,
        "confidence": round(candidate.confidence, 4),
        "code": candidate.code,
        "note": candidate.note,
        "made_up": candidate.made_up,
        "datum": datum,
        **understood,
    }
    return _feature(candidate.lon, candidate.lat, datum, geocoding)


def _feature(lon: float, lat: float, datum: str, geocoding: dict[str, Any]) -> dict[str, Any]:
    # A division whose place is not known has no geometry: that is GeoJSON's null, not a point without numbers.
    point = None if lon != lon else {"type": "Point", "coordinates": to_datum(lon, lat, datum)}
    return {"type": "Feature", "geometry": point, "properties": {"geocoding": geocoding}}


def _address_parts(candidate: Candidate) -> dict[str, str]:
    """The parts as the register knows them, in the words of the specification; what is not known is left out."""
    parts = {"country": "中国"}
    for name, value in zip(_DIVISIONS, candidate.divisions, strict=False):
        if value:
            parts[name] = value
    if candidate.street:
        parts["street"] = candidate.street
    if candidate.number:
        parts["housenumber"] = candidate.number
    return parts


def _plain(row: Step | Defect | Element) -> dict[str, Any]:
    # The rows hold only text and numbers: no need of dataclasses.asdict, which copies deeply and slowly.
    kind = type(row)
    return dict(zip(kind.__slots__, _VALUES[kind](row), strict=True))


#: All values of a row at once.
_VALUES: dict[type, attrgetter[tuple[Any, ...]]] = {
    Step: attrgetter(*Step.__slots__),
    Defect: attrgetter(*Defect.__slots__),
    Element: attrgetter(*Element.__slots__),
}


def elements(parsed: Parsed) -> list[dict[str, Any]]:
    """The elements with their place in the text as given."""
    return [_plain(e) for e in parsed.elements]


def nearby(found: Nearby | None, lon: float, lat: float, datum: str) -> dict[str, Any]:
    """What lies at a point, at most one feature; ``distance`` in metres."""
    if found is None:
        return collection([], query="", made_up=False, datum=datum)
    parts = {
        "state": found.province, "city": found.city, "county": found.county, "district": found.town,
        "locality": found.village, "street": found.road,
    }  # fmt: skip
    geocoding = {
        "type": _TYPES[found.level],
        "label": found.standard_address,
        "name": found.standard_address,
        "country": "中国",
        **{name: value for name, value in parts.items() if value},
        "distance": round(found.distance_m, 1),
        "level": found.level,
        "code": found.code,
        "division": found.division_code,
        "made_up": found.made_up,
        "datum": datum,
    }
    feature = _feature(found.lon, found.lat, datum, geocoding)
    return collection([feature], query=f"{lon},{lat}", made_up=found.made_up, datum=datum)


def suggestions(found: Sequence[Suggestion], query: str, datum: str) -> dict[str, Any]:
    """Completions while typing, best first."""
    features = []
    for one in found:
        geocoding = {
            "type": _TYPES[one.level],
            "label": one.standard_address,
            "name": one.text,
            "level": one.level,
            "code": one.code,
            "hint": one.hint,
            "made_up": one.made_up,
        }
        features.append(_feature(one.lon, one.lat, datum, geocoding))
    return collection(features, query=query, made_up=any(one.made_up for one in found), datum=datum)
