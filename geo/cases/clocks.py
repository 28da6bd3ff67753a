"""Statutory time limits (时限): started by an act, stopped by another, told in words.

due = start(db, "proposal", "P-1", "filing", label="备案", on=today, days=15, basis="calendar", source="地名管理条例第十三条")
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.cases.days import WorkingDays, working_days

Basis = Literal["calendar", "working"]
SOON_DAYS = 3

_START = text("""
    INSERT INTO register.case_clock (machine, subject, name, label, started_on, days, basis, due_on, source)
    VALUES (:machine, :subject, :name, :label, :on, :days, :basis, :due, :source)
    ON CONFLICT ON CONSTRAINT pk_case_clock DO UPDATE SET label = excluded.label, started_on = excluded.started_on,
      days = excluded.days, basis = excluded.basis, due_on = excluded.due_on, source = excluded.source,
      stopped_on = NULL
""")
_STOP = text("""
    UPDATE register.case_clock SET stopped_on = greatest(started_on, CAST(:on AS date))
    WHERE machine = :machine AND subject = :subject AND name = :name AND stopped_on IS NULL
""")
_COLUMNS = "machine, subject, name, label, started_on, days, basis, due_on, source, stopped_on"
_SUBJECT = text(
    f"SELECT {_COLUMNS} FROM register.case_clock WHERE machine = :machine AND subject = :subject "  # noqa: S608
    "ORDER BY started_on, due_on"
)
_OPEN = text(
    f"SELECT {_COLUMNS} FROM register.case_clock WHERE stopped_on IS NULL "  # noqa: S608
    "AND (CAST(:machines AS text[]) IS NULL OR machine = ANY (CAST(:machines AS text[]))) ORDER BY due_on, subject"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit of one case; ``due_on`` is the last day on which the act is in time."""

    machine: str
    subject: str
    name: str
    label: str
    started_on: date
    days: int
    basis: Basis
    due_on: date
    source: str
    stopped_on: date | None

    @property
    def kept(self) -> bool | None:
        """Whether the limit was kept; None while the clock runs."""
        return None if self.stopped_on is None else self.stopped_on <= self.due_on


def start(
    db: Session, machine: str, subject: str, name: str, *, label: str, on: date, days: int, basis: Basis,
    source: str = "",
) -> date:  # fmt: skip
    """Start a clock, or start it anew, and give the last day in time. The day of the act is not counted."""
    due = working_days(db).add(on, days) if basis == "working" else on + timedelta(days=days)
    db.execute(_START, {"machine": machine, "subject": subject, "name": name, "label": label, "on": on,
                        "days": days, "basis": basis, "due": due, "source": source})  # fmt: skip
    return due


def stop(db: Session, machine: str, subject: str, name: str, *, on: date) -> None:
    """The act was done; a clock that does not run is left alone."""
    db.execute(_STOP, {"machine": machine, "subject": subject, "name": name, "on": on})


def of_subject(db: Session, machine: str, subject: str) -> list[Clock]:
    """Every clock of a case in the order they were started."""
    return [Clock(*row) for row in db.execute(_SUBJECT, {"machine": machine, "subject": subject})]


def open_clocks(db: Session, machines: Collection[str] | None = None) -> list[Clock]:
    """Every running clock, the most urgent first; of some machines only, when they are named."""
    wanted = None if machines is None else list(machines)
    return [Clock(*row) for row in db.execute(_OPEN, {"machines": wanted})]


def words(clock: Clock, today: date, days: WorkingDays) -> str:
    """The state of a clock as one reads it: 还剩 3 个工作日, 今天到期, 已超期 2 天, 按时办结, 超期办结."""
    if clock.stopped_on is not None:
        return "按时办结" if clock.kept else f"超期 {(clock.stopped_on - clock.due_on).days} 天办结"
    if today > clock.due_on:
        return f"已超期 {(today - clock.due_on).days} 天"
    if today == clock.due_on:
        return "今天到期"
    if clock.basis == "working":
        return f"还剩 {days.between(today, clock.due_on)} 个工作日"
    return f"还剩 {(clock.due_on - today).days} 天"


def level(clock: Clock, today: date) -> Literal["done", "late", "soon", "fine"]:
    """How pressing a clock is: for the colour beside the words."""
    if clock.stopped_on is not None:
        return "done"
    left = (clock.due_on - today).days
    return "late" if left < 0 else "soon" if left <= SOON_DAYS else "fine"
