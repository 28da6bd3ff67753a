"""The register to read: ``/v1/divisions /v1/places /v1/roads /v1/addresses /v1/facilities``, as lists and one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.resources import kinds, shapes
from api.resources.kinds import Resource
from api.resources.parameters import (
    AddressQuery,
    DivisionQuery,
    FacilityQuery,
    ListQuery,
    OneQuery,
    PlaceQuery,
    RoadQuery,
    loose,
)
from api.resources.query import features, one, rows
from geo.problems import NotFound
from geo.store.engine import session

router = APIRouter(prefix="/v1", tags=["登记库"])

Code = Annotated[str, Path(max_length=64, pattern=r"^[\w.-]+$")]


def _list(request: Request, resource: Resource, asked: ListQuery) -> Response:
    form = shapes.accepted(request)
    wanted = asked.wanted()
    with session() as db:
        page = (rows if form == shapes.CSV else features)(db, resource, wanted)
    link = shapes.next_link(request, loose(asked), page.cursor)
    return shapes.table(page, link, resource.name) if form == shapes.CSV else shapes.geojson(page, link)


def _one(resource: Resource, code: str, asked: OneQuery) -> Response:
    with session() as db:
        found = one(db, resource, code, asked.as_of or date.today())
    if found is None:
        raise NotFound(f"没有编码为“{code}”的{resource.title}。", "请检查编码；历史记录请加 as_of 日期。")
    feature, version = found
    # A change of the record sends this back in If-Match, so that nobody writes over what he has not seen.
    return Response(feature, headers={"etag": f'"{version}"'}, media_type=shapes.GEOJSON)


@router.get("/divisions", summary="行政区划", response_class=Response)
def divisions(request: Request, asked: Annotated[DivisionQuery, Query()]) -> Response:
    """Divisions from province to village, in the order of their codes."""
    return _list(request, kinds.DIVISIONS, asked)


@router.get("/divisions/{code}", summary="一个行政区划", response_class=Response)
def division(code: Code, asked: Annotated[OneQuery, Query()]) -> Response:
    """One division by its 12-digit code."""
    return _one(kinds.DIVISIONS, code, asked)


@router.get("/places", summary="地名", response_class=Response)
def places(request: Request, asked: Annotated[PlaceQuery, Query()]) -> Response:
    """Place names in force."""
    return _list(request, kinds.PLACES, asked)


@router.get("/places/{code}", summary="一个地名", response_class=Response)
def place(code: Code, asked: Annotated[OneQuery, Query()]) -> Response:
    """One place name by its code."""
    return _one(kinds.PLACES, code, asked)


@router.get("/roads", summary="道路", response_class=Response)
def roads(request: Request, asked: Annotated[RoadQuery, Query()]) -> Response:
    """Named roads with their lines."""
    return _list(request, kinds.ROADS, asked)


@router.get("/roads/{code}", summary="一条道路", response_class=Response)
def road(code: Code, asked: Annotated[OneQuery, Query()]) -> Response:
    """One road by its code."""
    return _one(kinds.ROADS, code, asked)


@router.get("/addresses", summary="地址", response_class=Response)
def addresses(request: Request, asked: Annotated[AddressQuery, Query()]) -> Response:
    """Registered addresses with their best point."""
    return _list(request, kinds.ADDRESSES, asked)


@router.get("/addresses/{code}", summary="一个地址", response_class=Response)
def address(code: Code, asked: Annotated[OneQuery, Query()]) -> Response:
    """One address by its code, which survives renaming."""
    return _one(kinds.ADDRESSES, code, asked)


@router.get("/facilities", summary="设施", response_class=Response)
def facilities(request: Request, asked: Annotated[FacilityQuery, Query()]) -> Response:
    """Facilities: meal points, cemeteries and others, without the persons behind them."""
    return _list(request, kinds.FACILITIES, asked)


@router.get("/facilities/{code}", summary="一处设施", response_class=Response)
def facility(code: Code, asked: Annotated[OneQuery, Query()]) -> Response:
    """One facility by its code."""
    return _one(kinds.FACILITIES, code, asked)
