"""The desk's list of cemeteries, one site's record with its acts, the seven-point self-check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.desks import clock_views
from api.desks.cemeteries.views import LEGEND, collection, site_features
from api.desks.done import done
from api.desks.export import csv_of
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of, one_page
from api.desks.meals.asking import now
from api.desks.officer import officer_of, reader_of
from api.pages.templates import page
from gazetteer.service.cemeteries import acts
from gazetteer.service.cemeteries.checks import FOUND, MACHINE, checks, open_case, record
from gazetteer.service.cemeteries.indicators import eco_shares
from gazetteer.service.cemeteries.sites import CATEGORIES, CHANGES, LAND, Site, site, sites
from gazetteer.service.founding import count_bare
from gazetteer.service.names import district_prefix, division_names
from gazetteer.service.rules import rules
from geo.cases import states
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/cemeteries")

COLUMNS = (
    Column("name", "名称", sortable=True), Column("category", "类别"), Column("town", "镇街", sortable=True),
    Column("total", "穴位", sortable=True, kind="number"), Column("used", "已用", kind="number"),
    Column("free", "空余", sortable=True, kind="number"), Column("land", "土地"), Column("price", "价格"), Column("upkeep", "维护"),
)  # fmt: skip
FILTERS = (Filter("q", "名称"), Filter("category", "类别", tuple((c, c) for c in CATEGORIES)))
CHECK_FILTERS = (Filter("found", "结论", tuple((f, f) for f in FOUND)),)
CHECK_COLUMNS = (
    Column("name", "公墓"), Column("town", "镇街"), Column("round", "批次"), Column("item", "项目"), Column("found", "结论"),
    Column("state", "整改"), Column("note", "说明"),
)  # fmt: skip
Short = Annotated[str, Form(max_length=200)]
_SORTS = {
    "name": lambda s: s.name,
    "town": lambda s: s.division,
    "total": lambda s: s.total,
    "free": lambda s: s.free,
}


@router.get("")
def listed(request: Request) -> Response:
    """Every site with its places and what an auditor asks of it."""
    asked, today = asked_of(request, FILTERS, COLUMNS, sort="town"), now().date()
    with session() as db:
        every, waiting = sites(db, today), count_bare(db, "cemetery", today)
        shares = eco_shares(db, today, today.year - 1, district_prefix(db))
        if shares[1].value is None:
            shares[1] = eco_shares(db, today, today.year - 2, district_prefix(db))[1]
    found = _sorted(_filtered(every, asked), asked)
    rows = [Row(s.code, f"/desk/cemeteries/{s.code}", _cells(s, today)) for s in found]
    shown, following = one_page(rows, asked)
    listing = Listing(asked, COLUMNS, shown, total=len(rows), next_cursor=following, export="/desk/cemeteries/export",
                      empty=("还没有公墓", "先在“数据”里导入设施，再为公墓建立台账。", "/desk/cemeteries/new", "建立台账"))  # fmt: skip
    return page(request, "cemeteries/list.html", listing=listing, shares=shares, waiting=waiting)


@router.get("/export")
def export(request: Request) -> Response:
    """The same list as CSV."""
    asked, today = asked_of(request, FILTERS, COLUMNS, sort="town"), now().date()
    with session() as db:
        found = _sorted(_filtered(sites(db, today), asked), asked)
    return csv_of(COLUMNS, (_cells(s, today) for s in found), f"公墓-{today.isoformat()}")


@router.get("/checks")
def check_list(request: Request) -> Response:
    """What the self-check found, and how far its rectification is."""
    asked = asked_of(request, CHECK_FILTERS, CHECK_COLUMNS)
    with session() as db:
        found = checks(db, found=asked.value("found"))
    rows = [
        Row(c.subject, f"/desk/cemeteries/checks/{c.id}", {
            "name": c.name, "town": c.town_name, "round": c.round, "item": f"{c.item}．{c.label}",
            "found": Cell(c.found, kind="check" if c.found == "存在问题" else "sure"),
            "state": c.state_label or ("未开始" if c.found == "存在问题" else ""), "note": c.note})
        for c in found
    ]  # fmt: skip
    shown, following = one_page(rows, asked)
    listing = Listing(asked, CHECK_COLUMNS, shown, total=len(rows), next_cursor=following,
                      empty=("还没有自查记录", "在公墓的记录页登记。", "", ""))  # fmt: skip
    return page(request, "cemeteries/checks.html", listing=listing)


@router.get("/checks/{number}")
def check_one(request: Request, number: int) -> Response:
    """One finding with its rectification: acts, clock, history."""
    reader = reader_of(request)
    with session() as db:
        held = next((c for c in checks(db) if c.id == number), None)
        if held is None:
            raise BadInput("没有这条自查记录。", "返回自查清单。", code="cemetery.check")
        begun = bool(held.state)
        transitions = states.acts(db, MACHINE, held.subject, reader.roles) if begun else []
        events = states.history(db, MACHINE, held.subject) if begun else []
        clocks = clock_views.of_case(db, MACHINE, held.subject) if begun else []
    return page(
        request,
        "cemeteries/check.html",
        check=held,
        transitions=transitions,
        events=events,
        clocks=clocks,
        begun=begun,
    )


@router.post("/checks/{number}")
def check_act(
    request: Request, number: int, act_name: Annotated[str, Form(alias="act", max_length=40)], note: Annotated[str, Form(max_length=2000)] = "",
    token: Short = "",
) -> Response:  # fmt: skip
    """Open the rectification, or take the next step."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action=f"cemetery.{act_name}", request_id=officer.request_id)
        if act_name == "open":
            open_case(db, f"K{number}", on_day=now().date(), actor=officer.name, note=note)
        else:
            states.move(
                db, MACHINE, f"K{number}", act_name, actor=officer.name, roles=officer.roles, note=note
            )
    return done(f"/desk/cemeteries/checks/{number}", "已办理。")


@router.get("/{code}")
def site_record(request: Request, code: str) -> Response:
    """One site: facts, places, prices, land with its dates, approvals, self-check, and the forms to change them."""
    today = now().date()
    with session() as db:
        held = site(db, code, today)
        found, names = checks(db, facility=code), division_names(db, held.villages)
    return page(
        request, "cemeteries/record.html", site=held, land=held.land_on(today), statuses=held.statuses(today), checks=found,
        villages=[names.get(v, v) for v in held.villages], legend=LEGEND, changes=CHANGES, land_classes=LAND, found_words=FOUND,
        items=rules().cemeteries.checks, today=today, over=_over(held),
        shapes=collection(site_features([held], "/desk/cemeteries", areas=True)),
    )  # fmt: skip


@router.post("/{code}/movement")
def movement(
    request: Request, code: str, plot: Short = "", change: Short = "", places: Short = "", on_day: Short = "", note: Short = "",
    token: Short = "",
) -> Response:  # fmt: skip
    """Book a movement of places."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="cemetery.movement", request_id=officer.request_id)
        acts.move_places(db, code, plot, change, _whole(places), on_day=_day(on_day), note=note)
    return done(f"/desk/cemeteries/{code}", f"已登记：{plot}{change} {places} 个。")


@router.post("/{code}/price")
def price(
    request: Request, code: str, plot: Short = "", price: Short = "", priced_by: Short = "", document: Short = "",
    on_day: Short = "", token: Short = "",
) -> Response:  # fmt: skip
    """A new price from a day on."""
    officer = officer_of(request, token)
    try:
        value = Decimal(price)
    except InvalidOperation as error:
        raise BadInput("价格不是数字。", "只填数字，如 12800。", code="cemetery.price") from error
    if not value.is_finite() or value > 10_000_000:
        raise BadInput("价格不是有效的数字。", "只填数字，如 12800。", code="cemetery.price")
    with session() as db:
        act(db, actor=officer.name, action="cemetery.price", request_id=officer.request_id)
        acts.set_price(db, code, plot, value, priced_by, on_day=_day(on_day), document=document)
    return done(f"/desk/cemeteries/{code}", f"已登记{plot}价格。")


@router.post("/{code}/land")
def land(
    request: Request,
    code: str,
    land_class: Short = "",
    document: Short = "",
    on_day: Short = "",
    token: Short = "",
) -> Response:
    """The land class from a day on."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="cemetery.land", request_id=officer.request_id)
        acts.set_land(db, code, land_class, on_day=_day(on_day), document=document)
    return done(f"/desk/cemeteries/{code}", f"已登记地类：{land_class}。")


@router.post("/{code}/check")
def check(
    request: Request,
    code: str,
    item: Short = "",
    found: Short = "",
    round_name: Short = "",
    note: Short = "",
    token: Short = "",
) -> Response:
    """Write down what was found at one of the seven points."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="cemetery.check", request_id=officer.request_id)
        record(
            db,
            code,
            _whole(item),
            found,
            round_name=round_name,
            on_day=now().date(),
            actor=officer.name,
            note=note,
        )
    return done(f"/desk/cemeteries/{code}", "已登记自查结果。")


def _over(held: Site) -> list[str]:
    """Plots larger than the provincial limits for ash graves."""
    limits = {"单穴": rules().cemeteries.single_m2, "双穴": rules().cemeteries.double_m2}
    return [
        f"{p.plot}占地 {p.grave_area_m2:g} 平方米，超过 {limits[p.plot]:g} 平方米"
        for p in held.plots if p.plot in limits and p.grave_area_m2 and p.grave_area_m2 > limits[p.plot]
    ]  # fmt: skip


def _whole(text: str) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise BadInput(f"“{text}”不是整数。", "只填数字。", code="number") from error
    if not 0 <= value <= 10_000_000:
        raise BadInput("数量超出范围。", "核对数量。", code="number")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("日期不对。", "写成 2026-01-01 的样子。", code="date") from error


def _filtered(every: list[Site], asked: Asked) -> Iterator[Site]:
    q, category = asked.value("q"), asked.value("category")
    return (s for s in every if (not q or q in s.name or q in s.address) and category in ("", s.category))


def _sorted(found: Iterator[Site], asked: Asked) -> list[Site]:
    return sorted(found, key=_SORTS.get(asked.sort, _SORTS["town"]), reverse=asked.descending)


def _cells(s: Site, today: date) -> dict[str, object]:
    return {
        "name": Cell(s.name, note="示例数据" if s.made_up else ""), "category": s.category, "town": s.town_name, "total": s.total,
        "used": s.used, "free": s.free, **s.statuses(today),
    }  # fmt: skip
