"""Where the next n meal points belong (下一批点位): the optimum over candidate places, explained, beside the greedy choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import sparse
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.meals.coverage import Coverage, coverage
from geo.network import arrive, reach_of, snap
from geo.siting import Plan, Reason, cover, cover_greedily, explain

MOST_CANDIDATES = 500
_DOORS = text("""
    SELECT DISTINCT ON (code) code, address, lon, lat, division FROM (
      SELECT a.code, a.standard_address AS address, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat, a.division,
        row_number() OVER (PARTITION BY floor(ST_X(p.geom) / 0.003), floor(ST_Y(p.geom) / 0.003) ORDER BY a.code) AS rank
      FROM register.address a JOIN register.address_point p ON p.address = a.code
      WHERE a.valid_to IS NULL AND a.room = '' AND left(a.division, char_length(:within)) = :within) AS doors
    WHERE rank = 1 ORDER BY code
""")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered door where a point could stand: one for each cell of about 300 metres."""

    code: str
    address: str
    lon: float
    lat: float
    division: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """One chosen place with its reason.

    Attributes:
        place: where.
        reason: what it adds and what would be lost without it; weights are people from 60.
        aged_80: people from 80 among those it newly reaches.
        villages: codes of the divisions of those people, the most people first.
        instead: the best other place in its stead.
    """

    place: Candidate
    reason: Reason
    aged_80: int
    villages: tuple[str, ...]
    instead: Candidate | None


@dataclass(frozen=True)
class NextPoints:
    """The next n places.

    Attributes:
        held: the coverage as it is.
        proposed: in the order in which building them adds most soonest.
        plan: the optimum.
        greedy: what choosing one after the other would give.
        before: people from 60 reached today.
        after: with the proposed ones.
        total: all people from 60.
        candidates: how many places were considered.
    """

    held: Coverage
    proposed: list[Proposed]
    plan: Plan
    greedy: Plan
    before: int
    after: int
    total: int
    candidates: int


def next_points(
    db: Session, on_day: date, count: int, *, minutes: int | None = None, within: str = ""
) -> NextPoints:
    """The ``count`` places that bring most people from 60 into the circle; the same input gives the same answer.

    Candidates are registered doors, one for each cell of some 300 m; with more than 500 those with most unreached
    people around them stay.
    """
    held = coverage(db, on_day, minutes=minutes, within=within)
    open_cells = np.flatnonzero(~held.walked & (held.people.aged_60 > 0))
    weight = held.people.aged_60[open_cells].astype(np.float64)
    places, reaches = _candidates(db, held, open_cells, weight, within)
    plan, greedy = cover(reaches, weight, count), cover_greedily(reaches, weight, count)
    proposed = [_proposed(held, open_cells, places, reason) for reason in explain(reaches, weight, plan)]
    before, total = int(held.people.aged_60[held.walked].sum()), int(held.people.aged_60.sum())
    return NextPoints(held, proposed, plan, greedy, before, before + round(plan.value), total, len(places))


def _candidates(
    db: Session, held: Coverage, cells: np.ndarray[tuple[int], np.dtype[np.int64]],
    weight: np.ndarray[tuple[int], np.dtype[np.float64]], within: str,
) -> tuple[list[Candidate], sparse.csr_array]:  # fmt: skip
    found = [Candidate(*row) for row in db.execute(_DOORS, {"within": within})]
    at = snap(held.network, np.array([[c.lon, c.lat] for c in found], dtype=np.float64).reshape(-1, 2))
    targets = snap(held.network, held.people.lonlat[cells])
    near = _near(at.metres, targets.metres, held.minutes * 60 * held.network.walk.speed_mps)
    gain = np.array([weight[n].sum() for n in near])
    # The straight line is never longer than the walk, so whoever is dropped here could not have won much.
    kept = sorted(np.argsort(-gain, kind="stable")[:MOST_CANDIDATES].tolist())
    rows, columns = [], []
    for row, candidate in enumerate(kept):
        if not len(near[candidate]):
            continue
        reach = reach_of(held.network, at.take(np.array([candidate])), limit_s=held.minutes * 60.0)
        times = arrive(held.network, reach, targets.take(near[candidate]))
        inside = near[candidate][np.isfinite(times.seconds)]
        rows.extend([row] * len(inside))
        columns.extend(inside.tolist())
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(kept), len(cells)))
    return [found[i] for i in kept], matrix


def _near(
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    targets: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    radius: float,
) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    from scipy.spatial import cKDTree

    if not len(targets) or not len(points):
        return [np.zeros(0, dtype=np.int64) for _ in points]
    return [np.sort(np.asarray(n, dtype=np.int64)) for n in cKDTree(targets).query_ball_point(points, radius)]


def _proposed(
    held: Coverage, cells: np.ndarray[tuple[int], np.dtype[np.int64]], places: list[Candidate], reason: Reason
) -> Proposed:
    newly = cells[list(reason.newly)] if reason.newly else cells[:0]
    by_village: dict[str, int] = {}
    for cell in newly:
        code = held.people.division[int(cell)]
        by_village[code] = by_village.get(code, 0) + int(held.people.aged_60[int(cell)])
    villages = tuple(sorted(by_village, key=lambda v: (-by_village[v], v)))
    instead = places[reason.instead] if reason.instead >= 0 else None
    return Proposed(places[reason.site], reason, int(held.people.aged_80[newly].sum()), villages, instead)
