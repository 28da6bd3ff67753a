"""The registered name of what carries an address's number: the road, natural village or estate."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from sqlalchemy import text

from geo.problems import Problem
from geo.store.engine import session

log = structlog.get_logger("api.resources")

_SQL = text("SELECT code, handle_name FROM register.address WHERE code = ANY(:codes)")


def handles_of(codes: Sequence[str]) -> dict[str, str]:
    """Code -> handle name of registered addresses. Empty while the database is away: search answers without it."""
    if not codes:
        return {}
    try:
        with session(timeout_s=2) as db:
            return {row.code: row.handle_name for row in db.execute(_SQL, {"codes": list(codes)})}
    except Problem as problem:
        log.warning("handles_unknown", code=problem.code)
        return {}
