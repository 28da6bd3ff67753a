"""Which day is a working day (工作日): the yearly holiday notice of the State Council, and what the office adds.

The calendar comes from the package ``chinesecalendar``, which carries each year's notice with its shifted working days.
For a year whose notice is not out, weekends alone are free, and ``known`` says so. A row of ``register.day_off``
goes before both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
from sqlalchemy import text
from sqlalchemy.orm import Session

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar to count with; ``own`` maps days to whether they are working days."""

    own: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.own:
            return self.own[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < _SATURDAY

    def known(self, day: date) -> bool:
        """Whether the holiday notice of this day's year is in the calendar."""
        try:
            chinese_calendar.is_workday(day)
        except NotImplementedError:
            return False
        return True

    def add(self, start: date, days: int) -> date:
        """The day on which a limit of so many working days ends; the day of the event is not counted.

        A limit of no days ends on the day itself.
        """
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative when ``end`` lies before."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def working_days(db: Session) -> WorkingDays:
    """The calendar with the office's own days."""
    rows = db.execute(text("SELECT day, working FROM register.day_off"))
    return WorkingDays({row.day: row.working for row in rows})
