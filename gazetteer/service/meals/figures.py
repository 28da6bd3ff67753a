"""The year's figures of meal service, each with the page that lists its rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

_COUNTS = text("""
    SELECT count(*) FILTER (WHERE m.state = 'open' AND register.is_in_force(f.valid_from, f.valid_to, :last)) AS open,
      count(*) FILTER (WHERE coalesce(m.valid_from, f.valid_from) BETWEEN :first AND :last) AS new,
      (SELECT coalesce(sum(served), 0) FROM register.meal_served WHERE day BETWEEN :first AND :last) AS served,
      count(*) FILTER (WHERE m.licence_until < :last AND m.state = 'open') AS expired
    FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
""")

_OPENED = text("""
    SELECT f.code FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
    WHERE coalesce(m.valid_from, f.valid_from) BETWEEN :first AND :last
""")


def opened_in(db: Session, year: int) -> frozenset[str]:
    """The codes of the points that opened in a year: the rows behind 新增助餐点."""
    last = min(date(year, 12, 31), date.today())
    return frozenset(db.scalars(_OPENED, {"first": date(year, 1, 1), "last": last}))


def figures(db: Session, year: int) -> list[Figure]:
    """Points open at the end of the year, new ones, meals served, licences run out."""
    last = min(date(year, 12, 31), date.today())
    row = db.execute(_COUNTS, {"first": date(year, 1, 1), "last": last}).one()
    return [
        Figure("meals.open", "营业助餐点", row.open, "处", "/desk/meals?state=open", "截止日状态为营业的助餐点。", last),
        Figure("meals.new", "新增助餐点", row.new, "处", f"/desk/meals?year={year}", "启用日期在本年的助餐点。", last),
        Figure("meals.served", "助餐人次", int(row.served), "人次", "/desk/meals", "本年各点每日用餐登记之和。", last),
        Figure("meals.expired", "食品经营许可过期", row.expired, "处", "/desk/meals/expiry", "营业中、许可截止日早于截止日的助餐点。", last),
    ]  # fmt: skip
