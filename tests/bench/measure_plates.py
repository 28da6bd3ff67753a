"""An existing list of plates into a register of 370,000 doors, and how fast its figures are after that."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gazetteer.numbering.model import Plan
from tests.bench.alone import alone, quantile
from tests.bench.frame import Context, Row, diming, measurement
from tests.bench.register_of_size import district, plate_list

TIMES = 5
STREET = 2_000


@measurement("plates", "Door plates: an existing list, production and progress (made-up data)")
def plates(context: Context) -> list[Row]:
    """``diming plates import`` by the clock; then a batch of 5,000 and the figures of the progress page, in one process."""
    with district(context) as (env, folder, doors, wanted):
        file = plate_list(env, folder, wanted)
        took = diming(env, "plates", "import", file, "--source", "bench")
        told = alone(_figures, env["DIMING_HOME"])
    count = int(told.pop("plates"))
    return [
        Row("doors in the register", f"{doors:,}"),
        Row("`diming plates import`", f"{count:,} plates in {took:.1f} s ({count / took:,.0f} a second)"),
        *(Row(what, f"{seconds:.2f} s") for what, seconds in told.items()),
    ]


def _figures(home: str) -> dict[str, float]:
    """Seconds for each figure, the middle one of five where it only reads; and how many plates there are."""
    os.environ["DIMING_HOME"] = home
    from datetime import date

    from sqlalchemy import text

    from gazetteer.plates import batches, orders, progress, records
    from geo.store.acts import act
    from geo.store.engine import session

    told: dict[str, float] = {}
    roles = frozenset({"officer"})
    with session(timeout_s=0) as db:
        told["plates"] = records.count(db)
        for by, name in progress.TITLES.items():
            told[f"progress by {name}"] = _seconds(lambda by=by: progress.lines(db, by, date.today()))
        told["doors without a plate"] = _seconds(lambda: progress.without_plate(db))
        told["map of 6,000 doors"] = _seconds(lambda: progress.on_map(db))
        act(db, actor="bench", action="plate.order")
        codes = db.scalars(
            text("SELECT a.code FROM register.address a WHERE a.valid_to IS NULL AND a.number <> '' AND a.bld = '' "
                 "AND NOT EXISTS (SELECT FROM register.plate p WHERE p.address = a.code) ORDER BY a.code LIMIT 5000")
        ).all()  # fmt: skip
        for code in codes:
            orders.order(db, code, "", "新编", actor="bench")
        made: list[str] = []
        told[f"put {len(codes):,} plates together for a maker"] = _seconds(
            lambda: made.append(batches.make(db, "标牌一厂", actor="bench", roles=roles)), 1
        )
        told["their list for the maker"] = _seconds(lambda: batches.sheet(db, made[0]), 1)
        told["take the delivery in"] = _seconds(
            lambda: batches.receive(db, made[0], {}, actor="bench", roles=roles), 1
        )
        told |= _street(db)
    return told


def _street(db: Session) -> dict[str, float]:
    """Two thousand doors along the longest road of the register: planned, written, taken back."""
    from datetime import date

    from sqlalchemy import text

    from gazetteer.numbering import batches
    from gazetteer.numbering.ground import load
    from gazetteer.numbering.plane import to_degrees

    code = db.scalar(
        text("SELECT road FROM register.road_segment WHERE road IS NOT NULL AND valid_to IS NULL GROUP BY 1 "
             "ORDER BY sum(ST_Length(geom)) DESC, 1 LIMIT 1")
    )  # fmt: skip
    ground, today = load(db, str(code)), date.today()
    at = np.linspace(5, ground.line.length_m - 5, STREET)
    middle = shapely.get_coordinates(shapely.line_interpolate_point(ground.line.line, at))
    aside = middle + np.where(np.arange(STREET) % 2, 8.0, -8.0)[:, None]
    points = [(float(lon), float(lat)) for lon, lat in to_degrees(aside, ground.line.meridian)]
    plans: list[Plan] = []
    made: list[int] = []
    told = {
        f"plan a street of {STREET:,} doors": _seconds(
            lambda: plans.append(batches.plan_for(ground, points)), 1
        )
    }
    told["- write it"] = _seconds(lambda: made.append(batches.write_plan(
        db, ground, points, plans[0], actor="bench", shown="bench", on_day=today)), 1)  # fmt: skip
    told["- take it back"] = _seconds(lambda: batches.undo(db, made[0], by="bench", on_day=today), 1)
    return told


def _seconds(do: Callable[[], object], times: int = TIMES) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append(time.perf_counter() - began)
    return quantile(found, 0.5)
