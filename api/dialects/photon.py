"""Photon (github.com/komoot/photon): GeoJSON with flat properties, WGS 84; errors ``{"message": …}`` with status 400."""

from __future__ import annotations

import zlib
from typing import Annotated, Any

from fastapi import Query, Request, Response

from api.dialects import places
from api.dialects.places import Place
from api.dialects.route import answer, both_ways, dialect_router
from api.parameters import Latitude, Longitude
from geo.problems import BadInput, Problem

#: Photon's ``type`` and the OSM tag it would carry, by our level.
KINDS = {
    "door": ("house", "place", "house"),
    "interpolated": ("house", "place", "house"),
    "estate": ("locality", "place", "neighbourhood"),
    "road": ("street", "highway", "residential"),
    "intersection": ("street", "highway", "residential"),
    "relative": ("locality", "place", "locality"),
    "natvil": ("locality", "place", "hamlet"),
    "community": ("locality", "place", "village"),
    "town": ("district", "boundary", "administrative"),
    "county": ("city", "boundary", "administrative"),
    "city": ("county", "boundary", "administrative"),
    "province": ("state", "boundary", "administrative"),
}


def refuse(request: Request, problem: Problem) -> Response:
    """An error as Photon says it."""
    status = 400 if isinstance(problem, BadInput) else problem.status
    return answer({"message": f"{problem.sentence}{problem.remedy}"}, status)


router = dialect_router("/dialects/photon", "方言 Photon", refuse)


@both_ways(router, "GET", "/api", "Photon：地址 → 坐标（WGS 84）")
def search(
    q: Annotated[str, Query(min_length=1, max_length=places.LONGEST)],
    limit: Annotated[int, Query(ge=1)] = 15,
    lon: Longitude | None = None,
    lat: Latitude | None = None,
    bbox: Annotated[str | None, Query(description="西,南,东,北")] = None,
) -> Response:
    """Photon's own parameters; ``lang``, ``osm_tag``, ``zoom`` and others are accepted and change nothing."""
    near = (lon, lat) if lon is not None and lat is not None else None
    found = places.find(q, min(limit, 50), near=near)
    if bbox is not None:
        found = inside(found, bbox)
    return _collection(found)


@both_ways(router, "GET", "/reverse", "Photon：坐标（WGS 84）→ 地址")
def reverse(lon: Longitude, lat: Latitude, limit: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The registered address nearest to the point; one, however many were asked for."""
    found = places.at(lon, lat, "wgs84")
    return _collection([found] if found else [])


def inside(found: list[Place], box: str) -> list[Place]:
    """The places within ``west,south,east,north`` in WGS 84 degrees; corners may come in any order.

    Raises:
        BadInput: the box is not four numbers.
    """
    try:
        x1, y1, x2, y2 = (float(part) for part in box.split(","))
    except ValueError as error:
        raise BadInput("范围不是四个数。", "请写成“西,南,东,北”，单位为度。", code="bad-parameter") from error
    (west, east), (south, north) = sorted((x1, x2)), sorted((y1, y2))
    kept = []
    for place in found:
        lon, lat = place.point("wgs84")
        if west <= lon <= east and south <= lat <= north:
            kept.append(place)
    return kept


def number_of(code: str) -> int:
    """A stable number for a code of ours, where a dialect has room for a number only."""
    return int(code) if code.isdecimal() and len(code) <= 12 else zlib.crc32(code.encode())


def _collection(found: list[Place]) -> Response:
    return answer({"type": "FeatureCollection", "features": [_feature(place) for place in found]})


def _feature(place: Place) -> dict[str, Any]:
    kind, key, value = KINDS[place.level]
    known = {
        "osm_type": "N", "osm_id": number_of(place.code), "osm_key": key, "osm_value": value, "type": kind,
        "countrycode": "CN", "country": "中国", "state": place.province, "county": place.city,
        "city": place.county, "district": place.town, "locality": place.village or place.hamlet,
        "street": place.road, "housenumber": place.housenumber if kind == "house" else "",
        # The widgets show ``name`` and ``street`` but no number: without it every door of a road looks the same.
        "name": place.name,
        "extra": {"label": place.label, "level": place.level, "status": place.status, "code": place.code,
                  "confidence": round(place.confidence, 4)},
    }  # fmt: skip
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(place.point("wgs84"))},
        "properties": {name: value for name, value in known.items() if value != ""},
    }
