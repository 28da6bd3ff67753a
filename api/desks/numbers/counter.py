"""The counter (窗口受理): one form for six kinds, checked as one types, approved and printed in one go."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.numbers.forms import CounterForm, application_of, errors_of, shown
from api.desks.numbers.parts import HOME, LEGEND, clerk_of, shapes
from api.pages.templates import page
from gazetteer.numbering.ground import load
from gazetteer.registration import deciding, looking, taking
from gazetteer.registration.model import HINTS, KINDS, NEW_NUMBER, SIZES, Application, needed
from gazetteer.registration.papers_kept import PAPER_OF
from geo.problems import Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)


@router.get("/new")
def new(request: Request, kind: Annotated[str, Query(max_length=10)] = "新编",
        address: Annotated[str, Query(max_length=64)] = "", handle: Annotated[str, Query(max_length=64)] = "",
        point: Annotated[str, Query(max_length=60)] = "") -> Response:  # fmt: skip
    """The empty form; ``kind``, ``address``, ``handle`` and ``point`` may be given by the page one comes from."""
    given = CounterForm(kind=kind if kind in KINDS else "新编", address=address, handle=handle, point=point,
                        opened=str(int(time.time())))  # fmt: skip
    with session() as db:
        return _form(request, db, given)


@router.post("/new")
def take(request: Request, form: Annotated[CounterForm, Form()]) -> Response:
    """Take in, or take in and approve (``step=approve``), or only look the number up (``step=suggest``)."""
    clerk = clerk_of(request, form.token)
    try:
        with session() as db:
            given = application_of(db, form, channel="窗口", seconds=_seconds(form.opened))
            if form.step == "suggest":
                return _form(request, db, _advised(db, form, given), checked=given)
            name_act(db, actor=clerk.name, action="registration.take", request_id=clerk.request_id)
            given, reason = taking.suggested(db, given), ""
            if form.step == "approve":
                found = taking.findings(db, given)
                taking.refuse_blocked(found)
                reason = taking.demand_reason(found, given.note)
            taken = taking.take(db, given, clerk)
            if form.step == "approve":
                deciding.do(db, taken.code, "approve", clerk, reason)
    except Problem as problem:
        with session() as db:
            return _form(request, db, form, problem=problem)
    approved = "已收件并核准，可以打印。" if form.kind in PAPER_OF else "已收件并核准，原号码已停用。"
    said = approved if form.step == "approve" else "已受理。"
    return done(f"{HOME}/{taken.code}", f"{said}查询码{taken.private}，连同编号交给申请人，只显示这一次。")


def _seconds(opened: str) -> int | None:
    """How long the form was open; what nobody could mean (older than a day) is not counted."""
    spent = (
        int(time.time()) - int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 12 else -1
    )
    return spent if 0 <= spent < 86_400 else None


def _advised(db: Session, form: CounterForm, given: Application) -> CounterForm:
    advised = taking.suggested(db, given)
    return form.model_copy(update={"number": advised.number, "sub": advised.sub, "handle": advised.handle,
                                   "use_reserved": "1" if advised.use_reserved else ""})  # fmt: skip


def _form(
    request: Request,
    db: Session,
    form: CounterForm,
    *,
    problem: Problem | None = None,
    checked: Application | None = None,
) -> Response:
    about = about_form(db, form, problem, checked)
    return page(request, "numbers/new.html", status=problem.status if problem else 200, case=None, **about)


def about_form(
    db: Session, form: CounterForm, problem: Problem | None = None, checked: Application | None = None
) -> dict[str, Any]:
    """What the form's page needs, for a new case and for one that is corrected."""
    ground = None
    if form.handle and form.kind in NEW_NUMBER:
        try:
            ground = load(db, form.handle)
        except Problem as missing:
            problem = problem or missing
    return {
        "given": form if not ground else form.model_copy(update={"handle_name": ground.name}),
        "kinds": [(k, f"{k}：{HINTS[k]}") for k in KINDS], "sizes": [(s, s) for s in SIZES], "new_number": sorted(NEW_NUMBER),
        "needed": needed(form.kind), "needed_of": {k: [m.key for m in needed(k)] for k in KINDS},
        "every_material": list({m.key: m for k in KINDS for m in needed(k)}.values()),
        "errors": errors_of(problem) if problem else {},
        "findings": shown([f for f in problem.findings if f.severity != "block"]) if problem
        else shown(taking.findings(db, checked)) if checked else [],
        "address_text": _address_text(db, form.address), "successor_text": _address_text(db, form.successor), "shape": shapes(ground) if ground else None, "legend": LEGEND,
    }  # fmt: skip


def _address_text(db: Session, code: str) -> str:
    if not code:
        return ""
    try:
        return looking.address_of(db, code)[0]
    except Problem:
        return ""
