"""Sample cases that look lived in: their steps on the days they are told of, not all in the minute of loading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo import OFFICE_CLOCK

_STEPS: Final = text("""
    SELECT e.id FROM register.case_event e WHERE e.machine = :machine AND e.subject = :subject ORDER BY e.id
""")
_AT: Final = text("UPDATE register.case_event SET at = :at WHERE id = :id")
_SINCE: Final = text('UPDATE register."case" SET since = :at WHERE machine = :machine AND subject = :subject')


def hour_of(day: date, step: int) -> datetime:
    """An office hour of a day for a step, in Beijing time; never later than now."""
    told = datetime.combine(day, time(9, 10), OFFICE_CLOCK) + timedelta(minutes=47 * (step % 9))
    return min(told, datetime.now(OFFICE_CLOCK))


def lay_back(db: Session, machine: str, subject: str, days: Sequence[date]) -> None:
    """Put the steps of a made-up case on the given days, one for each step; further steps share the last day.

    The audit keeps the true moment beside it.
    """
    ids = list(db.scalars(_STEPS, {"machine": machine, "subject": subject}))
    told = [hour_of(days[min(at, len(days) - 1)], at) for at in range(len(ids))]
    # Two steps of one day stay in order even when now caps them both.
    db.execute(_AT, [{"id": step, "at": at} for step, at in zip(ids, told, strict=True)])
    db.execute(_SINCE, {"machine": machine, "subject": subject, "at": told[-1]})
