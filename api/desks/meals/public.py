"""What citizens ask of meal service: ``/meals``, one point's page, and the same as an interface."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.desks.meals.asking import Asker, asker, now
from api.desks.meals.views import POINT_LEGEND, collection, hours_words, offer_json, point_features
from api.pages.templates import page
from api.parameters import Latitude, Longitude, PlainText, Strict
from gazetteer.service.meals.nearest import Offer, offers
from gazetteer.service.rules import rules
from geo.problems import BadInput, NotFound
from geo.store.engine import session

router = APIRouter(include_in_schema=False)
interface = APIRouter(prefix="/v1", tags=["助餐"])
SHOWN = 30


class MealsPage(Strict):
    """What the page takes from the address bar; a permanent link holds all of it."""

    near: PlainText = ""
    age: int = Field(60, ge=0, le=130)
    lon: Longitude | None = None
    lat: Latitude | None = None
    only: Annotated[str, Field(pattern="^(|now|deliver|wheelchair)$")] = ""


class MealsQuery(Strict):
    """What ``/v1/meals`` takes."""

    lon: Longitude | None = None
    lat: Latitude | None = None
    age: int = Field(60, ge=0, le=130, description="用餐人的年龄，决定价格。")
    at: datetime | None = Field(None, description="时刻（当地时间），默认现在。")
    limit: int = Field(20, ge=1, le=500)


@router.get("/meals")
def meals(request: Request, asked: Annotated[MealsPage, Query()]) -> Response:
    """The nearest meal points for one asker; works without a script."""
    place, moment = asker(asked.near, asked.lon, asked.lat), now()
    with session() as db:
        every = offers(db, moment, age=asked.age, lon=place.lon, lat=place.lat)
    found = [o for o in every if _wanted(o, asked.only)]
    return page(
        request, "meals/public.html", asked=asked, place=place, offers=found[:SHOWN], more=max(len(found) - SHOWN, 0),
        total=len(every), shapes=collection(point_features([o.point for o in found], "/meals") + _here(place)),
        legend=[*POINT_LEGEND, {"key": "here", "label": "我的位置", "tone": "plate", "shape": "dot"}], rules=rules().meals,
    )  # fmt: skip


@router.get("/meals/{code}")
def meal_point(request: Request, code: str, age: Annotated[int, Query(ge=0, le=130)] = 60) -> Response:
    """One point's own page: a permanent link to share."""
    with session() as db:
        found = next((o for o in offers(db, now(), age=age) if o.point.code == code), None)
    if found is None:
        raise NotFound("没有这个助餐点，或者它尚未开办。", "返回助餐点列表查看。")
    return page(
        request, "meals/public_point.html", offer=found, point=found.point, age=age, hours=hours_words(found.point.hours),
        shapes=collection(point_features([found.point], "/meals")), legend=POINT_LEGEND,
    )  # fmt: skip


@interface.get("/meals", summary="附近的助餐点：步行时间、价格、送餐", response_class=Response)
def meals_json(asked: Annotated[MealsQuery, Query()]) -> Response:
    """The nearest first; ``walk_by`` is ``network`` or, for want of a road, ``straight`` (straight line × 1.3)."""
    if (asked.lon is None) != (asked.lat is None):
        raise BadInput("位置只给了一半。", "lon 与 lat 须同时给出。", code="bad-parameter")
    moment = asked.at.replace(tzinfo=None) if asked.at else now()
    with session() as db:
        found = offers(db, moment, age=asked.age, lon=asked.lon, lat=asked.lat)[: asked.limit]
    return Response(orjson.dumps({"meals": [offer_json(o) for o in found]}), media_type="application/json")


def _wanted(offer: Offer, only: str) -> bool:
    if only == "now":
        return offer.opening.now
    if only == "deliver":
        return offer.delivers_here is True or (offer.delivers_here is None and offer.point.delivers)
    return only != "wheelchair" or offer.point.step_free == "可进轮椅"


def _here(place: Asker) -> list[dict[str, object]]:
    if place.lon is None:
        return []
    at = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return [
        {
            "type": "Feature",
            "properties": {"id": "here", "class": "here", "label": place.shown},
            "geometry": at,
        }
    ]
