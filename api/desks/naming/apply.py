"""The public's own application (网上申请): a form without an account, a receipt, a page of progress behind a private code."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from api.desks.naming.forms import words
from api.desks.naming.given import Given, form_of, read
from api.desks.naming.notices import network_of
from api.pages.login import address_of
from api.pages.templates import page
from api.security.caller import check_csrf
from api.security.throttle import check_attempts, note_attempt
from gazetteer.proposal import application, checking, papers, store
from geo.cases import states
from geo.problems import Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/apply")

Fields = Annotated[dict[str, str], Depends(form_of)]
CATEGORIES = {"E": "道路", "F": "住宅区、楼宇", "A": "自然地理实体"}


@router.get("")
def form(request: Request, category: Annotated[str, Query(pattern="^[AEF]$")] = "F") -> Response:
    """The form of a category."""
    return _page(request, Given({"category": category}, None))


@router.post("")
def send(request: Request, form: Fields) -> Response:
    """Keep the application and show number and private code, once; the form again when something is wrong."""
    check_csrf(request, form.get("token", ""))
    given = read({**form, "act": "命名", "record": ""})
    if given.draft is None or given.draft.category not in CATEGORIES:
        return _page(request, given, 422)
    try:
        with session() as db:
            name_act(db, actor="public", action="proposal.apply")
            receipt = application.take(db, given.draft, network=network_of(request))
            checking.keep(db, store.find(db, receipt.number), day=date.today())
    except Problem as problem:
        given.errors[""] = problem.sentence + problem.remedy
        return _page(request, given, problem.status)
    return page(
        request, "naming/receipt.html", status=201, receipt=receipt, shown=application.shown(receipt.code)
    )


@router.get("/{number}")
def ask(request: Request, number: str) -> Response:
    """Ask for the private code; says nothing of whether the number exists."""
    return page(request, "naming/progress.html", number=number[:20], p=None, trouble="", events=(), titles=())


@router.post("/{number}")
def progress(request: Request, number: str, code: Annotated[str, Form(max_length=40)] = "") -> Response:
    """How far the application is, for whoever has its private code; tries are slowed down as logins are."""
    key, address = f"apply:{number[:20].upper()}", address_of(request)
    try:
        with session() as db:
            check_attempts(db, key, address)
            known = application.follow(db, number, code)
            events = states.history(db, "proposal", known.code)
    except Problem as problem:
        if problem.code == "apply.unknown":
            with session() as db:
                note_attempt(db, key, address, succeeded=False)
        return page(request, "naming/progress.html", status=problem.status, number=number[:20], p=None,
                    trouble=problem.sentence + problem.remedy, events=(), titles=())  # fmt: skip
    titles = [title for _, title in papers.available(known)]
    return page(
        request, "naming/progress.html", number=number, p=known, trouble="", events=events, titles=titles
    )


def _page(request: Request, given: Given, status: int = 200) -> Response:
    category = given.values.get("category", "F")
    category = category if category in CATEGORIES else "F"
    with session() as db:
        offered = words(db, store.county_of(db), category)
    return page(request, "naming/apply.html", status=status, values=dict(given.values), errors=given.errors,
                category=category, **{**offered, "categories": CATEGORIES})  # fmt: skip
