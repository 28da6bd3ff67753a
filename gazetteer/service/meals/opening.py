"""When a meal point serves (供餐时间): open now, what is served next, lunch tomorrow. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gazetteer.service.meals.points import Hours, Point

_DAY = ("今天", "明天", "后天")
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is served at a moment: ``now`` says whether, ``meal`` which, ``words`` says it to a person."""

    now: bool
    meal: str
    words: str


def opening(point: Point, at: datetime) -> Opening:
    """Whether something is served at a moment (the district's own clock), or when next within a week."""
    if point.state != "open":
        words = {"paused": "暂停供餐", "closed": "已停办", "planned": "尚未开办"}[point.state]
        return Opening(False, "", words)
    now = next(
        (h for h in point.hours if at.isoweekday() in h.days and h.opens <= at.time() < h.closes), None
    )
    if now:
        return Opening(True, now.meal, f"正在供应{now.meal}，到 {now.closes:%H:%M}")
    coming = _next(point.hours, at)
    if coming is None:
        return Opening(False, "", "供餐时间未登记")
    days, hours = coming
    day = _DAY[days] if days < 3 else f"周{_WEEK[(at + timedelta(days=days)).isoweekday() - 1]}"
    return Opening(False, hours.meal, f"{day} {hours.opens:%H:%M} 供应{hours.meal}")


def serves(point: Point, meal: str, at: datetime) -> Hours | None:
    """The hours of a meal on the day of ``at``; None when it is not served that day."""
    if point.state != "open":
        return None
    return next((h for h in point.hours if h.meal == meal and at.isoweekday() in h.days), None)


def days_words(days: tuple[int, ...]) -> str:
    """每天, 周一至周五, 周一、周三."""
    if len(days) == 7:
        return "每天"
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"周{_WEEK[days[0] - 1]}至周{_WEEK[days[-1] - 1]}"
    return "、".join(f"周{_WEEK[d - 1]}" for d in days)


def _next(hours: tuple[Hours, ...], at: datetime) -> tuple[int, Hours] | None:
    for days in range(8):
        weekday = (at + timedelta(days=days)).isoweekday()
        for held in sorted(hours, key=lambda h: h.opens):
            if weekday in held.days and (days or held.opens > at.time()):
                return days, held
    return None
