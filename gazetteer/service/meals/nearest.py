"""What a citizen asks (离我最近的助餐点): how far, open now, what it costs at my age, does it deliver to me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.meals.opening import Opening, opening, serves
from gazetteer.service.meals.points import Hours, Point, points, price_of
from gazetteer.service.walking import walking_network
from geo.network import reach_of, snap
from geo.network.arrive import arrive

_DELIVERS = text("""
    SELECT facility FROM register.meal_point
    WHERE delivers AND state = 'open' AND ST_Covers(delivery_area, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490))
""")


@dataclass(frozen=True, slots=True)
class Offer:
    """One meal point for one asker.

    Attributes:
        point: the point.
        minutes: walking minutes at an old person's pace, None when nobody said from where or it stands nowhere.
        straight: the minutes are of a straight line times the detour, for want of a road.
        opening: now, or when next.
        price: what the asker pays for lunch (or the meal served now), None where unknown.
        meal: which meal the price is of.
        delivers_here: True and False where the asker's place is known, else None.
        lunch_tomorrow: its hours, None when there is none.
    """

    point: Point
    minutes: int | None
    straight: bool
    opening: Opening
    price: Decimal | None
    meal: str
    delivers_here: bool | None
    lunch_tomorrow: Hours | None


def offers(
    db: Session, at: datetime, *, age: int = 60, lon: float | None = None, lat: float | None = None
) -> list[Offer]:
    """Every public meal point, the nearest first; without a place by state, tier and code.

    Args:
        db: the unit of work.
        at: the moment in the district's own clock.
        age: of who eats.
        lon: where the asker is, CGCS2000.
        lat: the same.
    """
    known = [p for p in points(db, at.date()) if p.state != "planned"]
    here = lon is not None and lat is not None
    delivering = set(db.scalars(_DELIVERS, {"lon": lon, "lat": lat})) if here else set()
    minutes = _minutes(db, known, lon, lat) if lon is not None and lat is not None else {}
    made = [_offer(p, at, age, minutes.get(p.code), p.code in delivering if here else None) for p in known]
    return sorted(made, key=_order)


def _order(offer: Offer) -> tuple[int, int, int, str]:
    away = offer.minutes if offer.minutes is not None else 10**6
    return (
        offer.point.state != "open" or not offer.point.walkable,
        away,
        not offer.opening.now,
        offer.point.code,
    )


def _offer(
    point: Point, at: datetime, age: int, way: tuple[int, bool] | None, delivers: bool | None
) -> Offer:
    now = opening(point, at)
    meal = now.meal if now.now else "中餐"
    minutes, straight = way if way else (None, False)
    return Offer(
        point, minutes, straight, now, price_of(point, meal, age), meal, delivers,
        serves(point, "中餐", at + timedelta(days=1)),
    )  # fmt: skip


def _minutes(db: Session, known: list[Point], lon: float, lat: float) -> dict[str, tuple[int, bool]]:
    """Minutes from the asker to every point, rounded up: nobody is told a way shorter than it is."""
    placed = [p for p in known if p.lon is not None]
    if not placed:
        return {}
    network = walking_network(db)
    reach = reach_of(network, snap(network, np.array([[lon, lat]])), toward=False)
    times = arrive(
        network, reach, snap(network, np.array([[p.lon, p.lat] for p in placed], dtype=np.float64))
    )
    return {
        p.code: (int(np.ceil(s / 60)), bool(straight))
        for p, s, straight in zip(placed, times.seconds, times.straight, strict=True)
        if np.isfinite(s)
    }
