"""The desk's list of meal points, the list of licences that run out, one point's record with its acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.export import csv_of
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of, one_page
from api.desks.meals.asking import now
from api.desks.meals.views import POINT_LEGEND, STATE_KINDS, collection, hours_words, point_features
from api.desks.officer import officer_of
from api.pages.dates import day
from api.pages.templates import page
from gazetteer.service.founding import count_bare
from gazetteer.service.meals import acts
from gazetteer.service.meals.figures import opened_in
from gazetteer.service.meals.indicators import idle_points
from gazetteer.service.meals.opening import opening
from gazetteer.service.meals.points import MEALS, PAYERS, STATES, TIERS, Point, point, points, price_of
from gazetteer.service.rules import rules
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/meals")

COLUMNS = (
    Column("name", "助餐点", sortable=True), Column("tier", "类型"), Column("town", "镇街", sortable=True),
    Column("state", "状态"), Column("per_day", "每日份数", sortable=True, kind="number"),
    Column("lunch_60", "60 岁中餐", kind="number"), Column("lunch_80", "80 岁中餐", kind="number"),
    Column("week", "近 7 天人次", sortable=True, kind="number"), Column("licence", "许可到期"),
)  # fmt: skip
FILTERS = (
    Filter("q", "名称或地址"), Filter("tier", "类型", tuple((t, t) for t in TIERS)),
    Filter("state", "状态", tuple(STATES.items())), Filter("year", "启用年份"),
)  # fmt: skip
Short = Annotated[str, Form(max_length=200)]
_SORTS = {
    "name": lambda p: p.name,
    "town": lambda p: p.division,
    "per_day": lambda p: p.per_day,
    "week": lambda p: p.served_week,
}


@router.get("")
def listed(request: Request) -> Response:
    """Every meal point that the filters let through."""
    asked = asked_of(request, FILTERS, COLUMNS, sort="town")
    today = now().date()
    with session() as db:
        every = points(db, today)
        opened, waiting = _opened(db, asked), count_bare(db, "meal", today)
    found = _sorted(_filtered(every, asked, opened), asked)
    rows = [Row(p.code, f"/desk/meals/{p.code}", _cells(p, today)) for p in found]
    shown, following = one_page(rows, asked)
    listing = Listing(asked, COLUMNS, shown, total=len(rows), next_cursor=following, export="/desk/meals/export",
                      empty=("还没有助餐点", "先在“数据”里导入设施，再为助餐点建立台账。", "/desk/meals/new", "建立台账"))  # fmt: skip
    return page(
        request, "meals/list.html", listing=listing, idle=len(idle_points(every, today)), waiting=waiting
    )


@router.get("/export")
def export(request: Request) -> Response:
    """The same list as CSV."""
    asked, today = asked_of(request, FILTERS, COLUMNS, sort="town"), now().date()
    with session() as db:
        found = _sorted(_filtered(points(db, today), asked, _opened(db, asked)), asked)
    return csv_of(COLUMNS, (_cells(p, today) for p in found), f"助餐点-{today.isoformat()}")


@router.get("/expiry")
def expiry(request: Request) -> Response:
    """Licences that have run out or soon will, the earliest first; and points that served nobody of late."""
    today = now().date()
    until = today + timedelta(days=rules().meals.licence_warn_days)
    with session() as db:
        every = points(db, today)
    due = [p for p in every if p.licence_until and p.licence_until <= until and p.state in ("open", "paused")]
    return page(
        request, "meals/expiry.html", due=sorted(due, key=lambda p: (p.licence_until or today, p.code)), today=today,
        idle=idle_points(every, today), rules=rules().meals, states=STATES, kinds=STATE_KINDS,
    )  # fmt: skip


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """One point: facts, hours, prices with their dates, licence, and the forms to change them."""
    moment = now()
    with session() as db:
        held = point(db, code, moment.date())
        history, version = acts.price_history(db, code), acts.version_of(db, code)
    return page(
        request, "meals/record.html", point=held, opening=opening(held, moment), history=history, version=version,
        hours=hours_words(held.hours), states=STATES, kinds=STATE_KINDS, today=moment.date(), meals=MEALS, payers=PAYERS,
        shapes=collection(point_features([held], "/desk/meals")), legend=POINT_LEGEND,
        warning=_licence_words(held, moment.date()),
    )  # fmt: skip


@router.post("/{code}/price")
def price(
    request: Request, code: str, meal: Short = "", payer: Short = "", age_from: Short = "60", amount: Short = "",
    on_day: Short = "", document: Short = "", token: Short = "",
) -> Response:  # fmt: skip
    """A new price from a day on."""
    officer = officer_of(request, token)
    try:
        value, age, start = Decimal(amount), int(age_from), date.fromisoformat(on_day)
    except (InvalidOperation, ValueError) as error:
        raise BadInput(
            "价格没有登记：金额、年龄或日期不对。",
            "金额如 6.5，年龄如 60，日期如 2026-01-01。",
            code="meal.price",
        ) from error
    if not value.is_finite():
        raise BadInput("价格没有登记：金额不对。", "金额如 6.5。", code="meal.price")
    with session() as db:
        act(db, actor=officer.name, action="meal.price", request_id=officer.request_id)
        acts.set_price(db, code, meal, age, payer, value, on_day=start, document=document)
    return done(f"/desk/meals/{code}", f"已登记：{meal} {age} 岁起 {payer} {value} 元，自 {day(start)}。")


@router.post("/{code}/state")
def state(
    request: Request, code: str, state: Short = "", licence_until: Short = "", version: Annotated[int, Form()] = 0,
    token: Short = "",
) -> Response:  # fmt: skip
    """Open, pause, close; renew the licence."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="meal.state", request_id=officer.request_id)
        acts.set_state(db, code, state, version=version, licence_until=_date(licence_until))
    return done(f"/desk/meals/{code}", "已保存。")


@router.post("/{code}/hours")
def hours(
    request: Request, code: str, meal: Short = "", opens: Short = "", closes: Short = "",
    days: Annotated[list[int] | None, Form()] = None, on_day: Short = "", token: Short = "",
) -> Response:  # fmt: skip
    """New hours of a meal from a day on."""
    officer = officer_of(request, token)
    try:
        start, first, last = date.fromisoformat(on_day), time.fromisoformat(opens), time.fromisoformat(closes)
    except ValueError as error:
        raise BadInput(
            "供餐时间没有登记：时间或日期不对。", "时间如 10:30，日期如 2026-01-01。", code="meal.hours"
        ) from error
    with session() as db:
        act(db, actor=officer.name, action="meal.hours", request_id=officer.request_id)
        acts.set_hours(db, code, meal, days or [], first, last, on_day=start)
    return done(f"/desk/meals/{code}", f"已登记{meal}供餐时间。")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput("日期不对。", "写成 2026-01-01 的样子。", code="date") from error


def _opened(db: Session, asked: Asked) -> frozenset[str] | None:
    """The points that opened in the year asked for, None without one."""
    year = asked.value("year")
    return opened_in(db, int(year)) if year.isdecimal() and len(year) == 4 else None


def _filtered(every: list[Point], asked: Asked, opened: frozenset[str] | None) -> Iterator[Point]:
    q, tier, state = asked.value("q"), asked.value("tier"), asked.value("state")
    for p in every:
        if opened is not None and p.code not in opened:
            continue
        if (not q or q in p.name or q in p.address) and tier in ("", p.tier) and state in ("", p.state):
            yield p


def _sorted(found: Iterator[Point], asked: Asked) -> list[Point]:
    return sorted(found, key=_SORTS.get(asked.sort, _SORTS["town"]), reverse=asked.descending)


def _cells(p: Point, today: date) -> dict[str, object]:
    warning = _licence_words(p, today)
    return {
        "name": Cell(p.name, note="示例数据" if p.made_up else ""), "tier": p.tier, "town": p.town_name,
        "state": Cell(STATES[p.state], kind=STATE_KINDS[p.state]), "per_day": p.per_day,
        "lunch_60": _yuan(price_of(p, "中餐", 60)), "lunch_80": _yuan(price_of(p, "中餐", 80)), "week": p.served_week,
        "licence": Cell(warning, kind="none" if "过期" in warning else "check") if warning
        else day(p.licence_until) if p.licence_until else "未登记",
    }  # fmt: skip


def _yuan(value: Decimal | None) -> str:
    return "—" if value is None else f"{value.normalize():f} 元"


def _licence_words(p: Point, today: date) -> str:
    """已过期 3 天, 还有 20 天到期; empty while it is far."""
    if p.licence_until is None:
        return ""
    left = (p.licence_until - today).days
    if left < 0:
        return f"已过期 {-left} 天"
    return f"还有 {left} 天到期" if left <= rules().meals.licence_warn_days else ""
