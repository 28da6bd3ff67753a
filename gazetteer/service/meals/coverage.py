"""Coverage of meal service (覆盖): who reaches an open point on foot, who has delivery, who has neither.

Walking and delivery are counted apart and never mixed: a hill village that is delivered to is not within 15 minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.meals.points import Point, points
from gazetteer.service.meals.population import Population, population
from gazetteer.service.rules import rules
from gazetteer.service.walking import walking_network
from geo.network import Network, Reach, Times, arrive, bands, reach_of, snap

_AREAS = text("""
    SELECT ST_AsBinary(m.delivery_area) AS area FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
    WHERE m.delivers AND m.state = 'open' AND m.delivery_area IS NOT NULL
      AND register.is_in_force(f.valid_from, f.valid_to, :on_day) ORDER BY m.facility
""")


@dataclass(frozen=True)
class Coverage:
    """Who is reached on a day.

    Attributes:
        on_day: the day.
        minutes: the circle.
        points: every meal point; those that count are open and walkable.
        people: the population by cell.
        times: walking seconds of every cell to the nearest point that counts.
        delivered: cells inside an open point's delivery area.
        network: what was walked on.
        reach: the walk from the points that count.
    """

    on_day: date
    minutes: int
    points: list[Point]
    people: Population
    times: Times
    delivered: NDArray[np.bool_]
    network: Network
    reach: Reach

    @property
    def walked(self) -> NDArray[np.bool_]:
        """Cells within the circle."""
        return np.asarray(self.times.seconds <= self.minutes * 60)

    @property
    def neither(self) -> NDArray[np.bool_]:
        """Cells with neither a point in walking distance nor delivery."""
        return ~self.walked & ~self.delivered


def coverage(db: Session, on_day: date, *, minutes: int | None = None, within: str = "") -> Coverage:
    """The coverage on a day; ``within`` limits the people (not the points) to divisions of that code's beginning."""
    circle = minutes or rules().meals.minutes
    known, people, network = points(db, on_day), population(db, on_day, within=within), walking_network(db)
    at = np.array([[p.lon, p.lat] for p in known if p.counts], dtype=np.float64).reshape(-1, 2)
    reach = reach_of(network, snap(network, at), limit_s=circle * 60.0)
    times = arrive(network, reach, snap(network, people.lonlat))
    return Coverage(on_day, circle, known, people, times, _delivered(db, on_day, people), network, reach)


def reach_bands(held: Coverage) -> list[tuple[int, shapely.Geometry]]:
    """The areas within a third, two thirds and the whole of the circle, as (minutes, area)."""
    steps = [held.minutes * n // 3 for n in (1, 2, 3)]
    areas = bands(held.network, held.reach, [m * 60.0 for m in steps])
    return list(zip(steps, areas, strict=True))


def _delivered(db: Session, on_day: date, people: Population) -> NDArray[np.bool_]:
    areas = [shapely.from_wkb(bytes(row.area)) for row in db.execute(_AREAS, {"on_day": on_day})]
    if not areas or not len(people.lonlat):
        return np.zeros(len(people.lonlat), dtype=bool)
    whole = shapely.union_all(areas)
    shapely.prepare(whole)
    return np.asarray(shapely.contains_xy(whole, people.lonlat[:, 0], people.lonlat[:, 1]))
