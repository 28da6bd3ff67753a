"""The applicant's own way (网上申请): hand in from home, follow by number and private code, correct, withdraw."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks import clock_views
from api.desks.numbers.forms import CounterForm, application_of, errors_of, shown
from api.pages.login import address_of
from api.pages.templates import page
from api.security.throttle import check_attempts, note_attempt
from gazetteer.registration import deciding, store, taking
from gazetteer.registration.clerk import PUBLIC
from gazetteer.registration.model import HINTS, KINDS, MACHINE, NEW_NUMBER, needed
from geo.cases import states
from geo.problems import BadInput, NotFound, Problem, TooOften
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False)

OPEN = KINDS
HOURLY = 10
"""Applications that the whole public may hand in from one network address in an hour are counted by login attempts' table."""
_NAME = "apply:"


@router.get("/apply/number")
def blank(request: Request, kind: Annotated[str, Query(max_length=10)] = "新编",
          address: Annotated[str, Query(max_length=64)] = "") -> Response:  # fmt: skip
    """The applicant's form."""
    return _form(request, CounterForm(kind=kind if kind in KINDS else "新编", address=address))


@router.post("/apply/number")
def apply(request: Request, form: Annotated[CounterForm, Form()]) -> Response:
    """Hand in; answers with the case's number and the private code, shown once."""
    try:
        with session() as db:
            _slow_down(db, request)
            given = application_of(db, form, channel="网上", seconds=None)
            given = taking.suggested(db, given)
            if given.kind in NEW_NUMBER and given.lon is None:
                raise BadInput(
                    "没有房屋的位置。", "在地图上点出门的位置，或填写经纬度。", code="registration.point"
                )
            if not form.phone.strip():
                raise BadInput("没有写电话。", "填写电话，窗口要联系您。", code="registration.phone")
            name_act(db, actor="public", action="registration.submit")
            taken = taking.take(db, given, PUBLIC)
    except Problem as problem:
        return _form(request, form, problem)
    return page(request, "numbers/applied.html", code=taken.code, private=taken.private)


@router.get("/apply/number/follow")
def ask(request: Request, code: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Where the applicant asks how far the case is; the number may come with the link."""
    return page(request, "numbers/follow.html", case=None, code=code, trouble="", clocks=(), private="", may=(),
                reason="")  # fmt: skip


@router.post("/apply/number/follow")
def follow(request: Request, code: Annotated[str, Form(max_length=20)] = "",
           private: Annotated[str, Form(max_length=8)] = "", act: Annotated[str, Form(max_length=20)] = "") -> Response:  # fmt: skip
    """How far the case is; with ``act`` the applicant withdraws it or hands it in again."""
    try:
        with session() as db:
            check_attempts(db, f"{_NAME}{code[:20]}", address_of(request))
        case = _known(request, code, private)
        with session() as db:
            if act in ("withdraw", "resubmit"):
                name_act(db, actor="public", action=f"registration.{act}")
                deciding.do(db, case.code, act, PUBLIC)
                case = store.find(db, case.code)
            about: dict[str, Any] = {
                "case": case, "code": case.code, "clocks": clock_views.of_case(db, MACHINE, case.code), "private": private,
                "may": states.acts(db, MACHINE, case.code, {"public"}), "trouble": "",
                "reason": next((e.note for e in reversed(states.history(db, MACHINE, case.code)) if e.note), ""),
            }  # fmt: skip
    except Problem as problem:
        return page(request, "numbers/follow.html", status=problem.status, case=None, code=code,
                    trouble=problem.sentence + problem.remedy, clocks=(), private="", may=(), reason="")  # fmt: skip
    return page(request, "numbers/follow.html", **about)


def _known(request: Request, code: str, private: str) -> store.Registration:
    """The case, with a wrong code counted in a transaction of its own, so that guessing is slowed down."""
    try:
        with session() as db:
            return store.follow(db, code, private)
    except NotFound:
        with session() as db:
            note_attempt(db, f"{_NAME}{code[:20]}", address_of(request), succeeded=False)
        raise


def _slow_down(db: Session, request: Request) -> None:
    name = f"{_NAME}new:{address_of(request)}"[:100]
    count = db.scalar(
        text("SELECT count(*) FROM access.login_attempt WHERE name = :n AND at > now() - interval '1 hour'"),
        {"n": name},
    )
    if (count or 0) >= HOURLY:
        raise TooOften("提交的申请太多。", "请一小时后再试，或到窗口办理。", code="apply-throttled")
    note_attempt(db, name, "", succeeded=True)


def _form(request: Request, form: CounterForm, problem: Problem | None = None) -> Response:
    return page(
        request, "numbers/apply.html", status=problem.status if problem else 200, given=form,
        kinds=[(k, f"{k}：{HINTS[k]}") for k in OPEN], needed=needed(form.kind),
        errors=errors_of(problem) if problem else {}, findings=shown(list(problem.findings)) if problem else [],
    )  # fmt: skip
