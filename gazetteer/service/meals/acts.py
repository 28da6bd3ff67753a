"""Office acts on meal points: state, licence, a new price, new hours. Prices and hours are superseded, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.meals.points import MEALS, PAYERS, STATES, point
from geo.problems import BadInput, Conflict


def set_price(
    db: Session,
    code: str,
    meal: str,
    age_from: int,
    payer: str,
    amount: Decimal,
    *,
    on_day: date,
    document: str = "",
) -> None:
    """A price from a day on; the one before ends that day.

    Raises:
        BadInput: unknown meal or payer, a negative amount, or a day not after the beginning of the present price.
        NotFound: no such point.
    """
    point(db, code, on_day)
    if meal not in MEALS or payer not in PAYERS or not 0 <= amount <= 1000 or not 0 <= age_from <= 130:
        raise BadInput(
            "价格没有登记：餐次、付款方、年龄或金额不对。",
            "从列表中选择，金额填 0 至 1000 元。",
            code="meal.price",
        )
    asked = {"code": code, "meal": meal, "age": age_from, "payer": payer, "day": on_day}
    since = db.scalar(
        text("SELECT valid_from FROM register.meal_price WHERE facility = :code AND meal = :meal AND age_from = :age "
             "AND payer = :payer AND valid_to IS NULL FOR UPDATE"), asked,
    )  # fmt: skip
    if since and on_day <= since:
        raise BadInput(
            f"启用日期不晚于现行价格的启用日期 {since}。", "填写更晚的日期。", code="meal.price-date"
        )
    db.execute(
        text("UPDATE register.meal_price SET valid_to = :day, updated_at = now() WHERE facility = :code AND meal = :meal "
             "AND age_from = :age AND payer = :payer AND valid_to IS NULL"), asked,
    )  # fmt: skip
    db.execute(
        text("INSERT INTO register.meal_price (facility, meal, age_from, payer, amount, document, made_up, valid_from) "
             "SELECT :code, :meal, :age, :payer, :amount, :document, made_up, :day FROM register.meal_point WHERE facility = :code"),
        asked | {"amount": amount, "document": document},
    )  # fmt: skip


def set_state(db: Session, code: str, state: str, *, version: int, licence_until: date | None = None) -> None:
    """Open, pause or close a point, and renew its licence's last day.

    Raises:
        BadInput: no such state.
        Conflict: somebody changed the point since version ``version`` was read.
    """
    if state not in STATES:
        raise BadInput("没有这种状态。", "从列表中选择状态。", code="meal.state")
    done = db.execute(
        text("UPDATE register.meal_point SET state = :state, licence_until = coalesce(:until, licence_until), "
             "version = version + 1, updated_at = now() WHERE facility = :code AND version = :version RETURNING facility"),
        {"code": code, "state": state, "until": licence_until, "version": version},
    ).first()  # fmt: skip
    if done is None:
        raise Conflict("这个助餐点已被别人修改。", "刷新页面后重新填写。", code="version")


def set_hours(
    db: Session, code: str, meal: str, days: Sequence[int], opens: time, closes: time, *, on_day: date
) -> None:
    """The hours of a meal from a day on; those before end that day.

    Raises:
        BadInput: unknown meal, no day of the week, or closing not after opening.
    """
    if meal not in MEALS or not days or not set(days) <= set(range(1, 8)) or closes <= opens:
        raise BadInput(
            "供餐时间没有登记：餐次、星期或起止时间不对。",
            "至少选一天，结束时间要晚于开始时间。",
            code="meal.hours",
        )
    asked = {
        "code": code,
        "meal": meal,
        "day": on_day,
        "days": sorted(set(days)),
        "opens": opens,
        "closes": closes,
    }
    db.execute(
        text("UPDATE register.meal_hours SET valid_to = greatest(CAST(:day AS date), valid_from), updated_at = now() "
             "WHERE facility = :code AND meal = :meal AND valid_to IS NULL"), asked,
    )  # fmt: skip
    db.execute(
        text("INSERT INTO register.meal_hours (facility, meal, days, opens, closes, made_up, valid_from) "
             "SELECT :code, :meal, :days, :opens, :closes, made_up, :day FROM register.meal_point WHERE facility = :code"),
        asked,
    )  # fmt: skip


def version_of(db: Session, code: str) -> int:
    """The version of a point's row, to be given back with a change."""
    return int(
        db.scalar(text("SELECT version FROM register.meal_point WHERE facility = :code"), {"code": code}) or 0
    )


def price_history(db: Session, code: str) -> list[dict[str, object]]:
    """Every price that the point ever had, the newest first."""
    rows = db.execute(
        text("SELECT meal, age_from, payer, amount, document, valid_from, valid_to FROM register.meal_price "
             "WHERE facility = :code ORDER BY valid_to DESC NULLS FIRST, meal, age_from, payer"), {"code": code},
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]
