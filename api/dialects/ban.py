"""addok / BAN (Base Adresse Nationale): GeoJSON search and reverse in WGS 84; errors ``{"title", "description"}``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response

from api import geocodejson
from api.dialects import places
from api.dialects.places import Place
from api.dialects.route import answer, both_ways, dialect_router
from api.parameters import Latitude, Longitude
from geo.problems import BadInput, Problem

#: BAN's four types by our level.
TYPES = {
    "door": "housenumber", "interpolated": "housenumber", "road": "street", "intersection": "street",
    "estate": "locality", "natvil": "locality", "relative": "locality", "community": "locality",
    "town": "municipality", "county": "municipality", "city": "municipality", "province": "municipality",
}  # fmt: skip


def refuse(request: Request, problem: Problem) -> Response:
    """An error as addok says it."""
    status = 400 if isinstance(problem, BadInput) else problem.status
    return answer({"title": problem.sentence, "description": problem.remedy}, status)


router = dialect_router("/dialects/ban", "方言 BAN", refuse)


@both_ways(router, "GET", "/search/", "BAN：地址 → 坐标（WGS 84）")
def search(
    q: Annotated[str, Query(min_length=1, max_length=places.LONGEST)],
    limit: Annotated[int, Query(ge=1, le=100)] = 5,
    lon: Longitude | None = None,
    lat: Latitude | None = None,
    type: Annotated[str | None, Query(max_length=20)] = None,
    citycode: Annotated[str | None, Query(pattern=r"^\d{6}$", description="六位区划代码")] = None,
) -> Response:
    """``citycode`` and ``type`` filter as in BAN; ``autocomplete`` and ``postcode`` change nothing."""
    near = (lon, lat) if lon is not None and lat is not None else None
    found = places.find(q, limit, near=near, division=citycode)
    more: dict[str, Any] = {"query": q, "limit": limit}
    filters = {name: value for name, value in (("type", type), ("citycode", citycode)) if value}
    if filters:
        more["filters"] = filters
    if near:
        more["center"] = list(near)
    return _collection(_of_type(found, type), **more)


@both_ways(router, "GET", "/reverse/", "BAN：坐标（WGS 84）→ 地址")
def reverse(
    lon: Longitude,
    lat: Latitude,
    limit: Annotated[int, Query(ge=1, le=100)] = 1,
    type: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:
    """The registered address nearest to the point; one, however many were asked for."""
    found = places.at(lon, lat, "wgs84")
    return _collection(_of_type([found] if found else [], type), limit=limit, center=[lon, lat])


def _of_type(found: list[Place], kind: str | None) -> list[Place]:
    return [place for place in found if kind is None or TYPES[place.level] == kind]


def _collection(found: list[Place], **more: Any) -> Response:
    made_up = any(place.made_up for place in found)
    body = {
        "type": "FeatureCollection", "version": "draft", "features": [_feature(place) for place in found],
        "attribution": geocodejson.SAMPLE_ATTRIBUTION if made_up else geocodejson.ATTRIBUTION,
        "licence": "", **more,
    }  # fmt: skip
    return answer(body)


def _feature(place: Place) -> dict[str, Any]:
    known = {"label": place.label, "score": round(place.confidence, 4), **facts(place)}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(place.point("wgs84"))},
        "properties": {
            **{name: value for name, value in known.items() if value != ""},
            "importance": round(place.confidence, 4),
            "distance": round(place.distance_m),
            "level": place.level,
            "status": place.status,
        },
    }


def facts(place: Place) -> dict[str, str]:
    """What BAN tells of a place, in the words of its columns; ``city`` is the unit that ``citycode`` numbers."""
    kind = TYPES[place.level]
    context = "，".join(name for name in (place.province, place.city, place.county) if name)
    return {
        "id": place.code, "type": kind, "name": place.name,
        "housenumber": place.housenumber if kind == "housenumber" else "", "street": place.road,
        "postcode": "", "citycode": place.adcode, "city": place.county, "district": place.town,
        "context": context,
    }  # fmt: skip
