"""Time limits as a page shows them: words and a light (时限)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from api.pages.dates import day
from geo.cases.clocks import SOON_DAYS, Clock, of_subject, words
from geo.cases.days import WorkingDays, working_days

Level = Literal["ok", "soon", "over", "done"]


@dataclass(frozen=True, slots=True)
class ClockView:
    """What ``desk.clock`` draws: 备案：还剩 3 个工作日（2026年11月26日）, with the light that goes with it."""

    label: str
    words: str
    level: Level
    due: str


def of_case(db: Session, machine: str, subject: str) -> list[ClockView]:
    """The clocks of one case, for the head of its page."""
    return views(db, of_subject(db, machine, subject))


def views(db: Session, clocks: Iterable[Clock], today: date | None = None) -> list[ClockView]:
    """Clocks as shown, in the order given."""
    days = working_days(db)
    return [view(clock, today or date.today(), days) for clock in clocks]


def view(clock: Clock, today: date, days: WorkingDays) -> ClockView:
    """One clock as shown."""
    return ClockView(clock.label, words(clock, today, days), _level(clock, today, days), day(clock.due_on))


def _level(clock: Clock, today: date, days: WorkingDays) -> Level:
    if clock.stopped_on is not None:
        return "done"
    if today > clock.due_on:
        return "over"
    left = days.between(today, clock.due_on) if clock.basis == "working" else (clock.due_on - today).days
    return "soon" if left <= SOON_DAYS else "ok"
