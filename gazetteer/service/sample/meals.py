"""Made-up details of the meal points: tiers, hours, prices by payer, licences, diners of the last four weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

SINCE = date(2024, 1, 1)
_POINT = text("""
    INSERT INTO register.meal_point (facility, tier, state, per_sitting, sittings, licence_no, licence_until, step_free,
      delivers, delivery_minutes, delivery_area, source, made_up, valid_from)
    SELECT code, CAST(:tier AS text), :state, :per_sitting, :sittings, :licence, :until, :step_free, :delivers, :minutes,
      CASE WHEN :delivers THEN ST_SetSRID(ST_Multi(ST_Buffer(geom::geography, :radius)::geometry), 4490) END, '示例数据', true, :since
    FROM register.facility WHERE code = :code
""")
_HOURS = text("""
    INSERT INTO register.meal_hours (facility, meal, days, opens, closes, made_up, valid_from)
    VALUES (:code, :meal, :days, :opens, :closes, true, :since)
""")
_PRICE = text("""
    INSERT INTO register.meal_price (facility, meal, age_from, payer, amount, document, made_up, valid_from, valid_to)
    VALUES (:code, :meal, :age, :payer, :amount, '示例定价单', true, :since, :until)
""")
_SERVED = text(
    "INSERT INTO register.meal_served (facility, day, meal, served, made_up) VALUES (:code, :day, :meal, :served, true)"
)
_TIMES = {"早餐": ("06:30", "08:00"), "中餐": ("10:30", "12:30"), "晚餐": ("16:30", "18:00")}


def add_meals(db: Session, seed: int, today: date) -> None:
    """A tier, hours, prices, a licence and diners for each made-up meal point of the register."""
    rng = np.random.default_rng([seed, 51])
    found = db.execute(
        text("SELECT code, category, state, capacity, attributes FROM register.facility "
             "WHERE kind = 'meal' AND made_up AND valid_to IS NULL ORDER BY code")
    ).all()  # fmt: skip
    for serial, row in enumerate(found):
        meals = [m for m in _TIMES if m in str(row.attributes.get("供餐", "中餐"))]
        days = [1, 2, 3, 4, 5] if "五" in str(row.attributes.get("开放日", "")) else [1, 2, 3, 4, 5, 6, 7]
        db.execute(_POINT, _point(serial, row, rng, today))
        for meal in meals:
            opens, closes = _TIMES[meal]
            db.execute(
                _HOURS,
                {
                    "code": row.code,
                    "meal": meal,
                    "days": days,
                    "opens": opens,
                    "closes": closes,
                    "since": SINCE,
                },
            )
            db.execute(_PRICE, _prices(row, meal))
        if row.state != "停用":
            db.execute(_SERVED, _diners(serial, row.code, meals, rng, today))


def _point(serial: int, row: Any, rng: np.random.Generator, today: date) -> dict[str, Any]:
    delivers = str(row.attributes.get("送餐", "")) == "是"
    return {
        "code": row.code, "tier": row.category, "state": "paused" if row.state == "停用" else "open",
        "per_sitting": int(row.capacity or 20), "sittings": 2 if row.category == "老年食堂" else 1,
        "licence": f"示例JY3331003{serial:07d}", "until": today + timedelta(days=int(rng.integers(-20, 900))),
        "step_free": ("可进轮椅", "需协助", "有台阶", "未核")[serial % 4], "delivers": delivers,
        "minutes": 30 if delivers else None, "radius": 1500.0, "since": SINCE,
    }  # fmt: skip


def _prices(row: Any, meal: str) -> list[dict[str, Any]]:
    """What the person pays, what the district adds, what the village adds; and the price before, ended."""
    at_60, at_80 = float(row.attributes.get("60岁以上价格", 8)), float(row.attributes.get("80岁以上价格", 5))
    share = 0.5 if meal == "早餐" else 1.0
    rows = [
        (60, "个人", at_60 * share),
        (80, "个人", at_80 * share),
        (60, "政府", 2.0),
        (80, "政府", 4.0),
        (60, "集体", 1.0),
    ]
    base = {"code": row.code, "meal": meal}
    now = [base | {"age": a, "payer": p, "amount": v, "since": SINCE, "until": None} for a, p, v in rows]
    before = base | {
        "age": 60,
        "payer": "个人",
        "amount": at_60 * share + 1,
        "since": date(2022, 1, 1),
        "until": SINCE,
    }
    return [*now, before]


def _diners(
    serial: int, code: str, meals: list[str], rng: np.random.Generator, today: date
) -> list[dict[str, Any]]:
    """Four weeks of counts; every ninth point has served nobody for two weeks (僵尸点)."""
    last = today - timedelta(days=15 if serial % 9 == 4 else 1)
    days = [last - timedelta(days=n) for n in range(28)]
    return [
        {"code": code, "day": day, "meal": meal, "served": int(rng.integers(8, 60))}
        for day in days
        for meal in meals
    ]
