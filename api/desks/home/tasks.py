"""What waits for somebody (待办事项), gathered from every room, the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import text
from sqlalchemy.orm import Session

from api import desks
from api.desks.clock_views import ClockView, view
from api.desks.waiting import Due, Waiting
from geo import OFFICE_CLOCK
from geo.cases.clocks import Clock, open_clocks
from geo.cases.days import WorkingDays, working_days

MOST = 300
"""Cases of one kind that are looked at, the longest waiting first."""

_CASES = text("""
    SELECT c.subject, s.label, c.since FROM register."case" c JOIN register.case_state s USING (machine, state)
    WHERE c.machine = :machine
      AND CASE WHEN cardinality(CAST(:states AS text[])) = 0 THEN NOT s.final ELSE c.state = ANY (:states) END
    ORDER BY c.since, c.subject LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class Task:
    """One case that waits: what it is, its title, where it is, its state in words, since when, until when."""

    machine: str
    label: str
    subject: str
    title: str
    href: str
    state: str
    since: datetime
    due_on: date | None
    clock: ClockView | None


def waiting_of(roles: Collection[str]) -> list[Waiting]:
    """The kinds of case that wait for somebody with these roles."""
    kinds: Iterable[Waiting] = (kind for room in desks.ROOMS for kind in getattr(room, "WAITING", ()))
    return [kind for kind in kinds if set(kind.roles) & set(roles)]


def tasks(db: Session, roles: Collection[str]) -> list[Task]:
    """Every case that waits for these roles: those with a deadline first, by the deadline, then the oldest."""
    kinds = waiting_of(roles)
    clocks = _first_clocks(db, {kind.machine for kind in kinds})
    days, today = working_days(db), date.today()
    found = [
        Task(kind.machine, kind.label, subject, title, href, state, since, clock.due_on if clock else None,
             view(clock, today, days) if clock else None)
        for kind in kinds
        for subject, state, since, title, href in _of_kind(db, kind)
        for clock in (clocks.get((kind.machine, subject)),)
    ]  # fmt: skip
    found += [task for kind in _dues_of(roles) for task in _run_out(db, kind, today, days)]
    return sorted(found, key=lambda task: (task.due_on or date.max, task.since, task.subject))


def _dues_of(roles: Collection[str]) -> list[Due]:
    kinds: Iterable[Due] = (kind for room in desks.ROOMS for kind in getattr(room, "DUE", ()))
    return [kind for kind in kinds if set(kind.roles) & set(roles)]


def _run_out(db: Session, kind: Due, today: date, days: WorkingDays) -> Iterator[Task]:
    """What runs out, as tasks with the day it does as their deadline."""
    for one in kind.find(db, today):
        clock = Clock(kind.machine, one.subject, "due", kind.clock, one.since, (one.due_on - one.since).days,
                      "calendar", one.due_on, "", None)  # fmt: skip
        since = datetime.combine(one.since, time(), OFFICE_CLOCK)
        yield Task(kind.machine, kind.label, one.subject, one.title, one.href, one.state, since, one.due_on,
                   view(clock, today, days))  # fmt: skip


def _of_kind(db: Session, kind: Waiting) -> Iterator[tuple[str, str, datetime, str, str]]:
    rows = db.execute(_CASES, {"machine": kind.machine, "states": list(kind.states), "most": MOST}).all()
    told = kind.describe(db, [row.subject for row in rows])
    for row in rows:
        if row.subject in told:
            yield row.subject, row.label, row.since, *told[row.subject]


def _first_clocks(db: Session, machines: Collection[str]) -> dict[tuple[str, str], Clock]:
    """The most urgent clock of each case."""
    first: dict[tuple[str, str], Clock] = {}
    for clock in open_clocks(db, machines):
        first.setdefault((clock.machine, clock.subject), clock)
    return first
