"""Nominatim: search and reverse, WGS 84, formats ``json``, ``jsonv2``, ``geojson`` and ``geocodejson``.

``json`` is what geopy and leaflet-control-geocoder ask for; numbers of the point and the box are strings in it.
Errors are ``{"error": {"code", "message"}}``; a point with nothing near is ``{"error": "Unable to geocode"}``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Request, Response

from api.dialects import nominatim_forms, places
from api.dialects.photon import inside
from api.dialects.route import answer, both_ways, dialect_router
from api.parameters import Latitude, Longitude
from geo.problems import BadInput, Problem

Format = Literal["json", "jsonv2", "geojson", "geocodejson"]
Switch = Annotated[bool | None, Query()]
Part = Annotated[str, Query(max_length=100)]

#: What may be known about a structured question, from the largest to the smallest: that is how Chinese reads.
LARGEST_FIRST = ("state", "city", "county", "street", "amenity")


def refuse(request: Request, problem: Problem) -> Response:
    """An error as Nominatim says it."""
    status = 400 if isinstance(problem, BadInput) else problem.status
    return answer({"error": {"code": status, "message": f"{problem.sentence}{problem.remedy}"}}, status)


router = dialect_router("/dialects/nominatim", "方言 Nominatim", refuse)


@both_ways(router, "GET", "/search", "Nominatim：地址 → 坐标（WGS 84）")
def search(
    q: Annotated[str | None, Query(max_length=places.LONGEST)] = None,
    amenity: Part = "",
    street: Part = "",
    city: Part = "",
    county: Part = "",
    state: Part = "",
    country: Part = "",
    postalcode: Part = "",
    format: Format = "jsonv2",
    limit: Annotated[int, Query()] = 10,
    addressdetails: Switch = None,
    viewbox: Annotated[str | None, Query(description="西,南,东,北")] = None,
    bounded: bool = False,
    countrycodes: Part = "",
) -> Response:
    """One text, or its parts; other parameters of Nominatim are accepted and change nothing."""
    parts = {"amenity": amenity, "street": street, "city": city, "county": county, "state": state}
    text = _question(q, parts, country or postalcode)
    found = places.find(text, min(max(limit, 1), 40)) if _in_china(countrycodes) else []
    if viewbox and bounded:
        found = inside(found, viewbox)
    return answer(nominatim_forms.listed(found, format, text, addressdetails))


@both_ways(router, "GET", "/reverse", "Nominatim：坐标（WGS 84）→ 地址")
def reverse(
    lon: Longitude,
    lat: Latitude,
    format: Format = "jsonv2",
    zoom: Annotated[int, Query(ge=0, le=22)] = 18,
    addressdetails: bool = True,
) -> Response:
    """The registered address nearest to the point; a smaller ``zoom`` gives the division around it."""
    found = places.at(lon, lat, "wgs84")
    if found is None:
        return answer({"error": "Unable to geocode"})
    place = nominatim_forms.coarser(found, zoom)
    return answer(nominatim_forms.single(place, format, f"{lon},{lat}", addressdetails))


def _question(q: str | None, parts: dict[str, str], beside: str) -> str:
    given = [parts[name].strip() for name in LARGEST_FIRST if parts[name].strip()]
    if q and given:
        raise BadInput("q 与分项参数不能同时使用。", "只给 q，或只给 street、city 等。", code="bad-parameter")
    text = q.strip() if q else "".join(given)
    if not text and not beside:
        raise BadInput(
            "没有给出要查的地址。", "请用 q，或 street、city 等分项参数。", code="missing-parameter"
        )
    return text or beside


def _in_china(codes: str) -> bool:
    """Whether the countries asked for let this country pass; none asked for lets all pass."""
    return not codes.strip() or "cn" in {code.strip().lower() for code in codes.split(",")}
