"""Days and times as people read them: always Beijing time, whatever the server's clock is set to."""

from __future__ import annotations

from datetime import date, datetime

from geo import OFFICE_CLOCK


def moment(at: datetime | None) -> str:
    """A time: 2026年11月21日 14:05, Beijing time."""
    if at is None:
        return ""
    here = at.astimezone(OFFICE_CLOCK)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def day(on: date | None) -> str:
    """A day: 2026年11月21日; of a time, the day in Beijing."""
    if isinstance(on, datetime) and on.tzinfo is not None:
        on = on.astimezone(OFFICE_CLOCK)
    return f"{on.year}年{on.month}月{on.day}日" if on else ""
