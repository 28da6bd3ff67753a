"""Meal points with everything in force on a day: hours, prices, licence, diners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound

TIERS: Final = ("中央厨房", "老年食堂", "助餐点", "送餐")
STATES: Final = {"open": "营业", "paused": "暂停", "closed": "停办", "planned": "规划"}
MEALS: Final = ("早餐", "中餐", "晚餐")
PAYERS: Final = ("个人", "政府", "社会捐助", "集体", "志愿者")


@dataclass(frozen=True, slots=True)
class Hours:
    """One meal on some days of the week (1 is Monday)."""

    meal: str
    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Price:
    """What one payer gives for one meal of a person from an age on."""

    meal: str
    age_from: int
    payer: str
    amount: Decimal
    document: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Point:
    """A meal point on a day. Prices hold those in force; ``lon`` is None where it stands nowhere yet."""

    code: str
    name: str
    tier: str
    state: str
    address: str
    division: str
    town: str
    town_name: str
    operator: str
    phone: str
    lon: float | None
    lat: float | None
    step_free: str
    delivers: bool
    delivery_minutes: int | None
    per_sitting: int
    sittings: int
    licence_no: str
    licence_until: date | None
    made_up: bool
    last_served: date | None
    served_week: int
    hours: tuple[Hours, ...]
    prices: tuple[Price, ...]

    @property
    def walkable(self) -> bool:
        """Whether people eat there: a kitchen that only cooks and a delivery service are no place to walk to."""
        return self.tier in ("老年食堂", "助餐点")

    @property
    def counts(self) -> bool:
        """Whether it is open, stands somewhere and can be walked to: what coverage counts."""
        return self.state == "open" and self.lon is not None and self.walkable

    @property
    def per_day(self) -> int:
        """Meals a day that it can serve."""
        return self.per_sitting * self.sittings


_POINTS = """
    SELECT f.code, f.name, m.tier, m.state, coalesce(a.standard_address, f.address_text) AS address, coalesce(f.division, '') AS division,
      coalesce(left(f.division, 9) || '000', '') AS town, coalesce(t.name, '') AS town_name, f.operator, f.phone, ST_X(ST_PointOnSurface(f.geom)) AS lon,
      ST_Y(ST_PointOnSurface(f.geom)) AS lat, m.step_free, m.delivers, m.delivery_minutes, m.per_sitting, m.sittings,
      m.licence_no, m.licence_until, m.made_up OR f.made_up AS made_up,
      (SELECT max(day) FROM register.meal_served s WHERE s.facility = f.code AND served > 0 AND day <= :on_day) AS last_served,
      (SELECT coalesce(sum(served), 0) FROM register.meal_served s
         WHERE s.facility = f.code AND day BETWEEN CAST(:on_day AS date) - 6 AND :on_day) AS served_week
    FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
    LEFT JOIN register.address a ON a.code = f.address
    LEFT JOIN register.division t ON t.code = left(f.division, 9) || '000'
    WHERE f.kind = 'meal' AND register.is_in_force(f.valid_from, f.valid_to, :on_day) AND (:code = '' OR f.code = :code)
    ORDER BY f.division, f.code
"""
_HOURS = """
    SELECT facility, meal, days, opens, closes FROM register.meal_hours
    WHERE register.is_in_force(valid_from, valid_to, :on_day) AND (:code = '' OR facility = :code) ORDER BY facility, opens
"""
_PRICES = """
    SELECT facility, meal, age_from, payer, amount, document, valid_from, valid_to FROM register.meal_price
    WHERE register.is_in_force(valid_from, valid_to, :on_day) AND (:code = '' OR facility = :code)
    ORDER BY facility, meal, age_from, payer
"""


def points(db: Session, on_day: date, *, code: str = "") -> list[Point]:
    """Every meal point in force on a day, by place; with ``code`` only that one."""
    asked = {"on_day": on_day, "code": code}
    hours: dict[str, list[Hours]] = {}
    for row in db.execute(text(_HOURS), asked):
        hours.setdefault(row.facility, []).append(Hours(row.meal, tuple(row.days), row.opens, row.closes))
    prices: dict[str, list[Price]] = {}
    for facility, *fields in db.execute(text(_PRICES), asked):
        prices.setdefault(facility, []).append(Price(*fields))
    return [
        _point(dict(row), tuple(hours.get(row["code"], ())), tuple(prices.get(row["code"], ())))
        for row in db.execute(text(_POINTS), asked).mappings()
    ]


def point(db: Session, code: str, on_day: date) -> Point:
    """One meal point.

    Raises:
        NotFound: there is none of this code.
    """
    found = points(db, on_day, code=code) if code else []
    if not found:
        raise NotFound(f"没有编码为 {code} 的助餐点。", "核对编码，或从清单中选择。")
    return found[0]


def price_of(held: Point, meal: str, age: int) -> Decimal | None:
    """What a person of an age pays for a meal; None where no price is known."""
    fitting = [p for p in held.prices if p.meal == meal and p.payer == "个人" and p.age_from <= age]
    return max(fitting, key=lambda p: (p.age_from, p.valid_from)).amount if fitting else None


def _point(row: dict[str, Any], hours: tuple[Hours, ...], prices: tuple[Price, ...]) -> Point:
    return Point(**row, hours=hours, prices=prices)
