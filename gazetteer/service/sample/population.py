"""A made-up old population on a grid of about 200 metres, after where the made-up doors stand."""

from __future__ import annotations

from datetime import date

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

STEP = 0.002
"""Degrees of a cell's side, some 200 m."""
_DOORS = text("""
    SELECT floor(ST_X(p.geom) / :step)::int AS x, floor(ST_Y(p.geom) / :step)::int AS y, count(*) AS doors,
           avg(ST_X(p.geom)) AS lon, avg(ST_Y(p.geom)) AS lat, min(a.division) AS division
    FROM register.address a JOIN register.address_point p ON p.address = a.code
    WHERE a.made_up AND a.valid_to IS NULL GROUP BY 1, 2 ORDER BY 1, 2
""")
_CELL = text("""
    INSERT INTO register.population_cell (cell, division, geom, aged_60, aged_80, source, made_up, valid_from)
    VALUES (:cell, :division, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), :aged_60, :aged_80, '示例数据', true, :since)
""")


def add_population(db: Session, seed: int) -> None:
    """Old people by cell: some three in ten of 2.6 persons a door, a sixth of them from 80."""
    rng = np.random.default_rng([seed, 52])
    rows = []
    for cell in db.execute(_DOORS, {"step": STEP}):
        aged_60 = int(rng.poisson(cell.doors * 2.6 * 0.30))
        rows.append({
            "cell": f"G{cell.x}-{cell.y}", "division": cell.division, "lon": cell.lon, "lat": cell.lat, "aged_60": aged_60,
            "aged_80": int(rng.binomial(aged_60, 1 / 6)), "since": date(2025, 12, 31),
        })  # fmt: skip
    if rows:
        db.execute(_CELL, rows)
