"""Siting overlay (选址核查) and capacity forecast (容量预测)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.answers import problem_body
from api.desks.cemeteries.views import collection
from api.desks.drawn import drawn
from api.desks.meals.asking import now
from api.desks.meals.views import feature
from api.pages.templates import page
from api.parameters import Strict
from gazetteer.service.cemeteries.forecast import forecast, need, spread
from gazetteer.service.cemeteries.overlay import around, grounds, overlay, rules_on
from gazetteer.service.cemeteries.sites import sites
from gazetteer.service.meals.population import population
from gazetteer.service.names import towns
from gazetteer.service.rules import rules
from geo.problems import Problem
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/cemeteries")
_LEGEND = (
    {"key": "site", "label": "拟选位置", "tone": "plate", "shape": "dot"},
    {"key": "ring", "label": "附近、可视范围", "tone": "plate", "shape": "area"},
    {"key": "forbidden", "label": "禁止的范围", "tone": "marker", "shape": "area"},
    {"key": "check", "label": "需人工核的范围", "tone": "amber", "shape": "area"},
)
# Half as much again as the widest ring stands around the place, so that what lies beside it shows.
_MARGIN = 0.5


class SitingQuery(Strict):
    """A place and the parameters of the overlay."""

    at: Annotated[str, Field(max_length=20_000)] = ""
    near_m: float = Field(300, ge=1, le=5000)
    visible_m: float = Field(1000, ge=1, le=10_000)
    day: date | None = None


class ForecastQuery(Strict):
    """The forecast's parameters; the rule file's without them."""

    population: int = Field(default_factory=lambda: rules().cemeteries.population, ge=1, le=50_000_000)
    per_mille: float = Field(default_factory=lambda: rules().cemeteries.death_rate * 1000, ge=0.1, le=50)
    share: float = Field(default_factory=lambda: rules().cemeteries.share, ge=0.01, le=1)


@router.get("/siting")
def siting(request: Request, asked: Annotated[SitingQuery, Query()]) -> Response:
    """A drawn or typed place against the rules in force on a day; the rule table with every version below."""
    today = asked.day or now().date()
    verdict, trouble, shapes, focus = None, "", [], ""
    with session() as db:
        if asked.at:
            try:
                shape = drawn(asked.at, "polygon" if _many(asked.at) else "point")
                wkt = shapely.to_wkt(shape)
                verdict = overlay(db, wkt, today, near_m=asked.near_m, visible_m=asked.visible_m)
                rings = [
                    (m, around(db, wkt, m)) for m in sorted({asked.visible_m, asked.near_m}, reverse=True)
                ]
                shapes, focus = _drawn(shape, rings), _box(ring for _, ring in rings)
            except Problem as problem:
                told = problem_body(problem, problem.status, request)
                trouble = told["detail"] + told["remedy"]
        table = rules_on(db, None)
        ground = [
            feature(
                g.shape, id=f"g{g.id}", label=g.name, **{"class": "forbidden" if g.forbidden else "check"}
            )
            for g in grounds(db, today)
        ]
    return page(request, "cemeteries/siting.html", asked=asked, today=today, verdict=verdict, table=table, trouble=trouble,
                shapes=collection(ground + shapes), legend=_LEGEND, focus=focus)  # fmt: skip


def _drawn(place: shapely.Geometry, rings: Iterable[tuple[float, shapely.Geometry]]) -> list[dict[str, Any]]:
    """The place over its rings, the widest first."""
    return [
        *(feature(ring, id=f"r{metres:.0f}", label="", **{"class": "ring"}) for metres, ring in rings),
        feature(place, id="site", label="拟选位置", **{"class": "site"}),
    ]


def _box(rings: Iterable[shapely.Geometry]) -> str:
    """West, south, east, north that the map begins with."""
    west, south, east, north = shapely.total_bounds(list(rings))
    wide, high = (east - west) * _MARGIN / 2, (north - south) * _MARGIN / 2
    return f"{west - wide:.5f},{south - high:.5f},{east + wide:.5f},{north + high:.5f}"


@router.get("/forecast")
def forecast_page(request: Request, asked: Annotated[ForecastQuery, Query()]) -> Response:
    """Years left by township, with the formula and the self-test of the whole district."""
    today, rule = now().date(), rules().cemeteries
    rate = asked.per_mille / 1000
    with session() as db:
        names, people = dict(towns(db)), population(db, today)
        free: dict[str, int] = {}
        for held in sites(db, today):
            free[held.town] = free.get(held.town, 0) + held.free
    weights = dict.fromkeys(names, 0.0)
    for division, count in zip(people.division, people.aged_60.tolist(), strict=True):
        weights[division[:9] + "000"] = weights.get(division[:9] + "000", 0.0) + count
    rows = forecast(spread(asked.population, weights), free, death_rate=rate, share=asked.share)
    ten = need(asked.population, rate, rule.years_planned, asked.share)
    return page(request, "cemeteries/forecast.html", asked=asked, rows=rows, names=names, ten=ten, years=rule.years_planned,
                free=sum(free.values()), rules=rules(), made_up=people.made_up)  # fmt: skip


def _many(text: str) -> bool:
    return (
        "Polygon" in text or "POLYGON" in text.upper() or len([x for x in text.splitlines() if x.strip()]) > 2
    )
