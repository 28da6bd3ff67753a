"""Days and times as people read them."""

from __future__ import annotations

from datetime import date, datetime


def moment(at: datetime | None) -> str:
    """A time: 2026年11月21日 14:05."""
    if at is None:
        return ""
    here = at.astimezone()
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def day(on: date | None) -> str:
    """A day: 2026年11月21日."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""
