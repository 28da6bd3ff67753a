"""What families ask: the nearest cemetery, free places, the price with its document, the approvals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import shapely
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.desks.cemeteries.views import LEGEND, collection, site_features
from api.desks.meals.asking import Asker, asker, now
from api.pages.templates import page
from api.parameters import Latitude, Longitude, PlainText, Strict
from gazetteer.service.cemeteries.sites import CATEGORIES, Site, site, sites
from geo.geometry import distance_m
from geo.store.engine import session

router = APIRouter(include_in_schema=False)


class CemeteriesPage(Strict):
    """What the page takes from the address bar."""

    near: PlainText = ""
    lon: Longitude | None = None
    lat: Latitude | None = None
    category: Annotated[str, Field(max_length=20)] = ""
    free: Annotated[str, Field(pattern="^(|1)$")] = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A site and how far it is in a straight line, None where nobody said from where."""

    site: Site
    km: float | None


@router.get("/cemeteries")
def cemeteries(request: Request, asked: Annotated[CemeteriesPage, Query()]) -> Response:
    """Every cemetery, the nearest first; works without a script."""
    place = asker(asked.near, asked.lon, asked.lat)
    with session() as db:
        every = sites(db, now().date())
    found = [s for s in every if asked.category in ("", s.category) and (not asked.free or s.free)]
    near = sorted(
        (Near(s, _km(place, s)) for s in found), key=lambda n: (n.km is None, n.km or 0, n.site.code)
    )
    return page(
        request, "cemeteries/public.html", asked=asked, place=place, found=near[:60], more=max(len(near) - 60, 0), total=len(every),
        categories=CATEGORIES, shapes=collection(site_features(found, "/cemeteries")), legend=LEGEND,
    )  # fmt: skip


@router.get("/cemeteries/{code}")
def cemetery(request: Request, code: str) -> Response:
    """One cemetery's own page: a permanent link."""
    today = now().date()
    with session() as db:
        held = site(db, code, today)
    return page(
        request, "cemeteries/public_site.html", site=held, land=held.land_on(today), legend=LEGEND,
        shapes=collection(site_features([held], "/cemeteries", areas=True)),
    )  # fmt: skip


def _km(place: Asker, held: Site) -> float | None:
    if place.lon is None or held.lon is None:
        return None
    return distance_m(shapely.Point(place.lon, place.lat), shapely.Point(held.lon, held.lat)) / 1000
