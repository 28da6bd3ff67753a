"""The shapes of Nominatim's answers: ``json``, ``jsonv2``, ``geojson``, ``geocodejson``."""

from __future__ import annotations

import dataclasses
from typing import Any

from api import geocodejson
from api.dialects.photon import KINDS, number_of
from api.dialects.places import Place
from gazetteer.address.model import Level

LICENCE = geocodejson.ATTRIBUTION
#: Half the side of the box around a point, degrees: a register of points has no outlines to tell.
REACH = {"door": 0.00005, "interpolated": 0.0005, "road": 0.005, "intersection": 0.0005, "town": 0.03,
         "county": 0.2, "city": 0.8, "province": 3.0}  # fmt: skip
RANKS = {"door": 30, "interpolated": 30, "estate": 22, "road": 26, "intersection": 26, "relative": 25,
         "natvil": 20, "community": 19, "town": 16, "county": 12, "city": 10, "province": 8}  # fmt: skip
#: Nominatim's address keys for the levels of ``addresstype``.
ADDRESS_TYPES = {"door": "place", "interpolated": "place", "estate": "neighbourhood", "road": "road",
                 "intersection": "road", "relative": "place", "natvil": "hamlet", "community": "village",
                 "town": "suburb", "county": "city_district", "city": "city", "province": "state"}  # fmt: skip
#: GeocodeJSON's ``type`` for our levels.
TYPES = {level: kind for level, (kind, _, _) in KINDS.items()}


def listed(found: list[Place], format_: str, query: str, details: bool | None) -> Any:
    """The answer to a search."""
    if format_ in {"json", "jsonv2"}:
        return [_plain(place, format_, bool(details)) for place in found]
    if format_ == "geojson":
        features = [_geojson(place, bool(details)) for place in found]
        return {"type": "FeatureCollection", "licence": LICENCE, "features": features}
    return _geocodejson(found, query)


def single(place: Place, format_: str, query: str, details: bool) -> Any:
    """The answer to a reverse question: in the JSON forms one object, not a list."""
    if format_ in {"json", "jsonv2"}:
        return _plain(place, format_, details)
    return listed([place], format_, query, details)


def coarser(place: Place, zoom: int) -> Place:
    """The place as a small ``zoom`` wants it: the road, the village, the town, the county, the city, the province."""
    steps: tuple[tuple[int, Level, tuple[str, ...]], ...] = (
        (5, "province", ("province",)),
        (8, "city", ("province", "city")),
        (10, "county", ("province", "city", "county")),
        (12, "town", ("province", "city", "county", "town")),
        (15, "community", ("province", "city", "county", "town", "village")),
        (17, "road", ("province", "city", "county", "town", "village", "road")),
    )
    for most, level, names in steps:
        if zoom <= most and getattr(place, names[-1]):
            kept: dict[str, Any] = {
                name: "" for name in ("county", "city", "town", "village", "road") if name not in names
            }
            label = "".join(getattr(place, name) for name in names)
            bare = dataclasses.replace(place, level=level, label=label, **kept)
            return dataclasses.replace(bare, hamlet="", estate="", number="")
    return place


def _plain(place: Place, format_: str, details: bool) -> dict[str, Any]:
    lon, lat = place.point("wgs84")
    _, key, value = KINDS[place.level]
    body: dict[str, Any] = {
        "place_id": number_of(place.code),
        "licence": LICENCE,
        "osm_type": "node",
        "osm_id": number_of(place.code),
        "lat": f"{lat:.7f}",
        "lon": f"{lon:.7f}",
        **({"category": key} if format_ == "jsonv2" else {"class": key}),
        "type": value,
        "place_rank": RANKS[place.level],
        "importance": round(place.confidence, 4),
        "addresstype": ADDRESS_TYPES[place.level],
        "name": place.name,
        "display_name": place.label,
        "boundingbox": [f"{edge:.7f}" for edge in _box(place)],
        "extratags": _extra(place),
    }
    if details:
        body["address"] = _address(place)
    return body


def _box(place: Place) -> tuple[float, float, float, float]:
    """South, north, west, east around the point, as Nominatim orders them."""
    lon, lat = place.point("wgs84")
    reach = REACH.get(place.level, 0.002)
    return lat - reach, lat + reach, lon - reach, lon + reach


def _extra(place: Place) -> dict[str, str]:
    known = {"code": place.code, "level": place.level, "status": place.status, "note": place.note}
    return {name: value for name, value in known.items() if value}


def _address(place: Place) -> dict[str, str]:
    known = {
        "house_number": place.housenumber, "road": place.road, "neighbourhood": place.estate,
        "hamlet": place.hamlet, "village": place.village, "suburb": place.town,
        "city_district": place.county, "city": place.city, "state": place.province,
        "country": "中国", "country_code": "cn",
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}


def _geojson(place: Place, details: bool) -> dict[str, Any]:
    properties = _plain(place, "jsonv2", details)
    south, north, west, east = _box(place)
    for name in ("lat", "lon", "boundingbox", "licence"):
        del properties[name]
    return {
        "type": "Feature",
        "properties": properties,
        "bbox": [west, south, east, north],
        "geometry": {"type": "Point", "coordinates": list(place.point("wgs84"))},
    }


def _geocodejson(found: list[Place], query: str) -> dict[str, Any]:
    features = [_geocodejson_feature(place) for place in found]
    return geocodejson.collection(features, query=query, made_up=any(place.made_up for place in found))


def _geocodejson_feature(place: Place) -> dict[str, Any]:
    known = {
        "place_id": number_of(place.code), "osm_key": KINDS[place.level][1], "osm_value": KINDS[place.level][2],
        "type": TYPES[place.level], "label": place.label, "name": place.name,
        "housenumber": place.housenumber, "street": place.road, "locality": place.village or place.hamlet,
        "district": place.town, "city": place.city, "county": place.county, "state": place.province,
        "country": "中国", "country_code": "cn", "level": place.level, "status": place.status, "code": place.code,
    }  # fmt: skip
    return {
        "type": "Feature",
        "properties": {"geocoding": {name: value for name, value in known.items() if value != ""}},
        "geometry": {"type": "Point", "coordinates": list(place.point("wgs84"))},
    }
