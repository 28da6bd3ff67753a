"""What stands beside the public map as a list: the same things in words, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.meals.asking import Asker, now
from gazetteer.service.meals.nearest import Offer, offers
from geo.geometry import distance_m

#: Entries of each kind that the list shows.
MOST: Final = 20
_FAR_MINUTES: Final = 90
_CEMETERIES = text("""
SELECT code, name, category, free, made_up, ST_X(geom) AS lon, ST_Y(geom) AS lat
FROM published.cemetery WHERE ST_GeometryType(geom) = 'ST_Point' ORDER BY code
""")
_HERITAGE = text("""
SELECT code, standard_name AS name, heritage, made_up, ST_X(at) AS lon, ST_Y(at) AS lat
FROM (SELECT p.*, ST_PointOnSurface(p.geom) AS at FROM published.place p WHERE p.heritage NOT IN ('', '否') AND p.geom IS NOT NULL) q
ORDER BY code
""")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: where it leads, what it is, how far it is."""

    name: str
    href: str
    kind: str
    what: str
    far: str
    lon: float | None
    lat: float | None
    made_up: bool


def meals(db: Session, place: Asker) -> tuple[list[Item], int]:
    """Meal points (助餐点), nearest first with walking minutes; and how many there are."""
    found = offers(db, now(), lon=place.lon, lat=place.lat)
    return [_meal(one) for one in found[:MOST]], len(found)


def cemeteries(db: Session, place: Asker) -> tuple[list[Item], int]:
    """Cemeteries (公墓), nearest first in a straight line."""
    return _near(
        place,
        [Item(r.name, f"/cemeteries/{r.code}", "cemeteries", f"{r.category}，{'有空余' if r.free else '没有空余'}",
              "", r.lon, r.lat, r.made_up) for r in db.execute(_CEMETERIES)],
    )  # fmt: skip


def heritage(db: Session, place: Asker) -> tuple[list[Item], int]:
    """Protected names (地名文化遗产), nearest first in a straight line."""
    return _near(
        place,
        [Item(r.name, f"/n/{r.code}", "heritage", "地名保护名录" if r.heritage == "是" else r.heritage, "", r.lon, r.lat, r.made_up)
         for r in db.execute(_HERITAGE)],
    )  # fmt: skip


def _meal(offer: Offer) -> Item:
    far = ""
    if offer.minutes is not None:
        far = f"步行 {offer.minutes} 分钟" if offer.minutes <= _FAR_MINUTES else "步行 1 个半小时以上"
        far += "（直线估算）" if offer.straight else ""
    p = offer.point
    return Item(
        p.name, f"/meals/{p.code}", "meals", f"{p.tier}，{offer.opening.words}", far, p.lon, p.lat, p.made_up
    )


def _near(place: Asker, items: list[Item]) -> tuple[list[Item], int]:
    if place.lon is None or place.lat is None:
        return items[:MOST], len(items)
    here: Any = shapely.Point(place.lon, place.lat)
    far = sorted(
        ((distance_m(here, shapely.Point(i.lon, i.lat)), i) for i in items), key=lambda pair: pair[0]
    )
    return [_at(metres, item) for metres, item in far[:MOST]], len(items)


def _at(metres: float, item: Item) -> Item:
    said = f"直线 {metres / 1000:.1f} 公里" if metres >= 1000 else f"直线 {round(metres, -1):.0f} 米"
    return Item(item.name, item.href, item.kind, item.what, said, item.lon, item.lat, item.made_up)
