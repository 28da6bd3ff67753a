"""What the pages say about the data as a whole: whose district, whether it is made up, how new it is."""

from __future__ import annotations

import time
from dataclasses import dataclass

import structlog
from sqlalchemy import text

from geo.problems import Problem
from geo.settings import settings
from geo.store.engine import session

log = structlog.get_logger("api.surroundings")

KEEP_S = 60.0
NO_REVIEW = "未经审图，不得公开发布"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The data as a whole, as the base layout tells it."""

    district: str = ""
    made_up: bool = False
    updated: str = ""

    @property
    def review_number(self) -> str:
        """The map's 审图号 line; without a number a map may not be published (地图管理条例 15)."""
        number = settings().map_review_number.strip()
        # A number is given to a map of real data; it can never stand on made-up lines.
        return f"审图号：{number}" if number and not self.made_up else NO_REVIEW


# A register is made up or real as a whole; looking at a part of it keeps the question quick at any size.
_SQL = text("""
SELECT coalesce((SELECT name FROM published.division WHERE code = left(a.division, 6) || '000000'), '') AS district,
       EXISTS (SELECT FROM (SELECT made_up FROM register.address LIMIT 5000) b WHERE made_up) AS made_up,
       to_char((SELECT max(changed_at) FROM register.data_change), 'YYYY"年"FMMM"月"FMDD"日"') AS updated
FROM (SELECT division FROM register.address LIMIT 1) a
""")

_kept: tuple[float, Surroundings] = (float("-inf"), Surroundings())


def of_data() -> Surroundings:
    """The surroundings, asked of the database at most every few seconds; the last known ones while it is away."""
    global _kept
    asked_at, known = _kept
    now = time.monotonic()
    if now - asked_at < KEEP_S:
        return known
    _kept = (now, _ask(known))
    return _kept[1]


def _ask(known: Surroundings) -> Surroundings:
    try:
        # Not longer than a database is waited for that is away.
        with session(timeout_s=settings().connect_timeout_s) as db:
            row = db.execute(_SQL).one_or_none()
    except Problem as problem:
        # A page about a trouble must still be drawn while the database is in trouble.
        log.warning("surroundings_unknown", code=problem.code)
        return known
    return Surroundings(row.district, row.made_up, row.updated or "") if row else Surroundings()
