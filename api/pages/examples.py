"""A few questions to try, drawn from the district's own addresses and written the careless way people do."""

from __future__ import annotations

import time

import structlog
from sqlalchemy import text

from geo.problems import Problem
from geo.settings import settings
from geo.store.engine import session

log = structlog.get_logger("api.examples")

KEEP_S = 300.0
_SQL = text("""
SELECT DISTINCT ON (handle_name) handle_name, number
FROM (SELECT handle_name, number, code FROM published.address
      WHERE road IS NOT NULL AND number ~ '^[1-9][0-9]?$' ORDER BY code LIMIT 4000) a
ORDER BY handle_name, code DESC LIMIT 60
""")
_DIGITS = "零一二三四五六七八九"
_kept: tuple[float, tuple[str, ...]] = (float("-inf"), ())


def of_data() -> tuple[str, ...]:
    """Three questions that this register can answer; none while the database is away."""
    global _kept
    now = time.monotonic()
    if now - _kept[0] > KEEP_S:
        _kept = (now, _ask())
    return _kept[1]


def _ask() -> tuple[str, ...]:
    try:
        # Not longer than a database is waited for that is away.
        with session(timeout_s=settings().connect_timeout_s) as db:
            found = [(row.handle_name, row.number) for row in db.execute(_SQL)]
    except Problem as problem:
        log.warning("examples_unknown", code=problem.code)
        return ()
    if len(found) < 3:
        return tuple(name + number for name, number in found)
    first, second, third = found[:: len(found) // 3][:3]
    return f"{first[0]}{first[1]}", f"{second[0]}{in_words(int(second[1]))}号", third[0]


def in_words(number: int) -> str:
    """A number below a hundred as people write it: 十二, 四十, 四十二."""
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return leading + (_DIGITS[ones] if ones or not tens else "")
