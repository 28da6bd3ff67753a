"""Meal points in the words of a page and as features of a map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import mapping

from gazetteer.service.meals.nearest import Offer
from gazetteer.service.meals.opening import days_words
from gazetteer.service.meals.points import STATES, Hours, Point

STATE_KINDS = {"open": "sure", "paused": "check", "closed": "none", "planned": "likely"}
POINT_LEGEND = (
    {"key": "open", "label": "营业", "tone": "sign", "shape": "dot"},
    {"key": "paused", "label": "暂停", "tone": "amber", "shape": "dot"},
    {"key": "closed", "label": "停办", "tone": "grey", "shape": "dot"},
)


def hours_words(hours: Iterable[Hours]) -> list[str]:
    """中餐 10:30–12:30（每天)."""
    return [f"{h.meal} {h.opens:%H:%M}–{h.closes:%H:%M}（{days_words(h.days)}）" for h in hours]


def feature(shape: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    """One GeoJSON feature, coordinates to a decimetre."""
    rounded = shapely.set_precision(shape, 1e-6) if shape.geom_type != "Point" else shape
    return {"type": "Feature", "properties": properties, "geometry": mapping(rounded)}


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def point_features(points: Iterable[Point], href: str, *, named: bool = True) -> list[dict[str, Any]]:
    """The points that stand somewhere, each leading to its page under ``href``; ``named`` on the map or not."""
    return [
        feature(shapely.Point(p.lon, p.lat), id=p.code, label=p.name if named else "", href=f"{href}/{p.code}", made_up=p.made_up,
                **{"class": p.state})
        for p in points if p.lon is not None
    ]  # fmt: skip


def offer_json(offer: Offer) -> dict[str, Any]:
    """One offer as the interface gives it."""
    p, lunch = offer.point, offer.lunch_tomorrow
    return {
        "code": p.code, "name": p.name, "tier": p.tier, "state": p.state, "state_label": STATES[p.state],
        "address": p.address, "phone": p.phone, "lon": p.lon, "lat": p.lat, "walk_minutes": offer.minutes,
        "walk_by": None if offer.minutes is None else "straight" if offer.straight else "network",
        "open_now": offer.opening.now, "opening": offer.opening.words, "meal": offer.meal,
        "price": None if offer.price is None else float(offer.price), "delivers_here": offer.delivers_here,
        "lunch_tomorrow": None if lunch is None else f"{lunch.opens:%H:%M}-{lunch.closes:%H:%M}",
        "step_free": p.step_free, "made_up": p.made_up, "href": f"/meals/{p.code}",
    }  # fmt: skip
