"""Addresses in, places out: ``/v1/geocode``, ``/v1/reverse``, ``/v1/suggest``, ``/v1/parse``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api import geocodejson, lookup, query_string
from api.parameters import GeocodeQuery, ParseQuery, ReverseQuery, SuggestQuery
from gazetteer.address.answering.engine import Geocoder
from geo.problems import BadInput

# These answer from memory in a millisecond and less: in the loop itself, without a thread that costs as much again.
router = APIRouter(prefix="/v1", tags=["地址"])

GEOJSON = "application/geo+json; charset=utf-8"
PLAIN = "application/json; charset=utf-8"


Asked = TypeVar("Asked", bound=BaseModel)
Body = dict[str, Any]


async def _answered(
    request: Request, model: type[Asked], answer: Callable[[Geocoder, Asked], Body], media_type: str = GEOJSON
) -> Response:
    asked = query_string.read(request, model)
    return Response(orjson.dumps(answer(await lookup.ready(), asked)), media_type=media_type)


@router.get(
    "/geocode",
    summary="地址 → 标准地址与坐标",
    response_class=Response,
    openapi_extra=query_string.described(GeocodeQuery),
)
async def geocode(request: Request) -> Response:
    """GeocodeJSON 0.1.0. ``status``：auto 可直接采用，review 需人工核对，none 未找到。"""
    return await _answered(request, GeocodeQuery, geocoded)


def geocoded(engine: Geocoder, asked: GeocodeQuery) -> Body:
    """The body of an answer of ``/v1/geocode``.

    Raises:
        BadInput: half of a point was given.
    """
    found = engine.geocode(
        asked.q, limit=asked.limit, as_of=asked.as_of, division=asked.division, near=_near(asked)
    )
    return geocodejson.answer(found, asked.datum)


def _near(asked: GeocodeQuery) -> tuple[float, float] | None:
    if asked.lon is None and asked.lat is None:
        return None
    if asked.lon is None or asked.lat is None:
        raise BadInput("参考点只给了一半。", "lon 与 lat 须同时给出。", code="bad-parameter")
    return geocodejson.between(asked.lon, asked.lat, asked.datum, "cgcs2000")


@router.get(
    "/reverse",
    summary="坐标 → 最近的地址",
    response_class=Response,
    openapi_extra=query_string.described(ReverseQuery),
)
async def reverse(request: Request) -> Response:
    """The nearest registered address with the road, village and division around the point."""
    return await _answered(request, ReverseQuery, reversed_at)


def reversed_at(engine: Geocoder, asked: ReverseQuery) -> Body:
    """The body of an answer of ``/v1/reverse``."""
    point = geocodejson.between(asked.lon, asked.lat, asked.datum, "cgcs2000")
    return geocodejson.nearby(engine.reverse(*point), asked.lon, asked.lat, asked.datum)


@router.get(
    "/suggest",
    summary="边输边查：汉字、拼音、首字母",
    response_class=Response,
    openapi_extra=query_string.described(SuggestQuery),
)
async def suggest(request: Request) -> Response:
    """Completions of what was typed so far, best first."""
    return await _answered(request, SuggestQuery, suggested)


def suggested(engine: Geocoder, asked: SuggestQuery) -> Body:
    """The body of an answer of ``/v1/suggest``."""
    return geocodejson.suggestions(engine.suggest(asked.q, asked.limit), asked.q, asked.datum)


@router.get(
    "/parse",
    summary="拆分地址要素，指出不规范之处",
    response_class=Response,
    openapi_extra=query_string.described(ParseQuery),
)
async def parse(request: Request) -> Response:
    """Elements and defects with their place in the text as given; nothing is looked up."""
    return await _answered(request, ParseQuery, parsed_of, PLAIN)


def parsed_of(engine: Geocoder, asked: ParseQuery) -> Body:
    """The body of an answer of ``/v1/parse``."""
    parsed = engine.parse(asked.q)
    return {
        "text": asked.q,
        "elements": geocodejson.elements(parsed),
        "defects": [dataclasses.asdict(d) for d in parsed.defects],
        "steps": [dataclasses.asdict(s) for s in parsed.steps],
    }
