"""Which lines a construction site crosses or comes near (B6)."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import Nearness, Tolerances, nearness

_NEAR = text("""
    SELECT code, name, ST_AsBinary(geom) AS course FROM register.boundary_line
    WHERE valid_to IS NULL AND geom IS NOT NULL
      AND ST_DWithin(geom, ST_SetSRID(ST_GeomFromWKB(:site), 4490), :degrees) ORDER BY code
""")
_DEGREE_M = 80_000.0
"""A degree measures at least this much in the east-west direction up to 44° N; the exact metres are measured after."""


@dataclass(frozen=True, slots=True)
class NearLine:
    """A line that a site concerns: whether it crosses it, and how near it is."""

    code: str
    name: str
    nearness: Nearness


def near_lines(db: Session, site: shapely.Geometry, tolerances: Tolerances) -> list[NearLine]:
    """The lines whose two sides must consent to this site (CGCS2000 degrees), the nearest first."""
    found = [
        NearLine(row.code, row.name, nearness(site, shapely.from_wkb(bytes(row.course))))
        for row in db.execute(
            _NEAR, {"site": shapely.to_wkb(site), "degrees": 2 * tolerances.near_m / _DEGREE_M}
        )
    ]
    concerned = [one for one in found if one.nearness.needs_consent(tolerances.near_m)]
    return sorted(concerned, key=lambda one: one.nearness.distance_m)
