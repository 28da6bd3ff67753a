"""Spot checks (抽查): draw, walk, judge, say what it means for all."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.export import csv_of
from api.desks.lists import Column
from api.desks.officer import officer_of
from api.desks.plates.parts import HOME, Token, tabs
from api.pages.templates import page
from gazetteer.plates import checks
from gazetteer.plates.kinds import profile
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/checks")

COLUMNS = (Column("plate", "门牌码"), Column("standard_address", "标准地址"), Column("maker", "制作单位"),
           Column("town", "镇街"), Column("passed", "结果"), Column("fault", "问题"))  # fmt: skip


@router.get("")
def listed(request: Request) -> Response:
    """Every check with its result, and the form that draws the next."""
    with session() as db:
        found = checks.newest(db)
    rules = profile()
    return page(request, "plates/checks.html", checks=found, tabs=tabs("/checks"), rate=rules.check_rate * 100,
                source=rules.check_source, seed=len(found) + 1)  # fmt: skip


@router.post("")
def draw(
    request: Request,
    rate: Annotated[float, Form(gt=0, le=100)] = 2,
    seed: Annotated[int, Form(ge=0, le=2**31 - 1)] = 1,
    title: Annotated[str, Form(max_length=100)] = "",
    token: Token = "",
) -> Response:
    """Draw a sample of what hangs today."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="plate.check", request_id=officer.request_id)
        made = checks.draw(db, rate=rate / 100, seed=seed, actor=officer.name, title=title.strip())
    return done(f"{HOME}/checks/{made}", "已抽出样本。")


@router.get("/{check}")
def one(request: Request, check: int) -> Response:
    """The sample in the order one walks it, with the result so far."""
    with session() as db:
        known = checks.get(db, check)
        context: dict[str, Any] = {"items": checks.items(db, check), "strata": checks.by_stratum(db, check)}
        again = checks.again(db, check)
    return page(request, "plates/check.html", check=known, again=again, **context)


@router.post("/{check}")
def judge(
    request: Request,
    check: int,
    plate: Annotated[str, Form(max_length=11)],
    passed: Annotated[int, Form(ge=0, le=1)],
    fault: Annotated[str, Form(max_length=200)] = "",
    token: Token = "",
) -> Response:
    """Write down what was found at one plate."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="plate.judge", request_id=officer.request_id)
        checks.judge(db, check, plate, passed=bool(passed), fault=fault, actor=officer.name)
    return done(f"{HOME}/checks/{check}#p-{plate}", "已保存。")


@router.get("/{check}/list.csv")
def export(check: int) -> Response:
    """The sample as CSV, to take along on paper."""
    with session() as db:
        known = checks.get(db, check)
        rows = [{**row, "passed": {True: "合格", False: "不合格", None: ""}[row["passed"]]}
                for row in checks.items(db, check)]  # fmt: skip
    return csv_of(COLUMNS, rows, f"{known.title}-抽查清单")
