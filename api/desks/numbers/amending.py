"""Correct a case at the desk (修改、补正): the counter's form filled with what was handed in; both versions are kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.numbers.counter import about_form
from api.desks.numbers.forms import CounterForm, application_of, form_of, seen_of
from api.desks.numbers.parts import HOME, clerk_of
from api.pages.templates import page
from gazetteer.registration import amending, deciding, store
from geo.problems import Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)


@router.get("/{code}/edit")
def edit(request: Request, code: str) -> Response:
    """The form with what the case says now."""
    with session() as db:
        case = store.find(db, code)
        given = amending.application_of(db, case)
        return _form(request, db, case, form_of(given, case.handle_name, case.version))


@router.post("/{code}/edit")
def amend(request: Request, code: str, form: Annotated[CounterForm, Form()]) -> Response:
    """Write the corrected case; ``step=accept`` takes one that was sent back in again."""
    clerk = clerk_of(request, form.token)
    try:
        with session() as db:
            given = application_of(db, form, channel="窗口", seconds=None)
            name_act(db, actor=clerk.name, action="registration.amend", request_id=clerk.request_id)
            changed = amending.amend(db, code, given, clerk, seen=seen_of(form))
            if form.step == "accept":
                deciding.do(db, code, "resubmit", clerk)
                deciding.do(db, code, "accept", clerk)
    except Problem as problem:
        with session() as db:
            return _form(request, db, store.find(db, code), form, problem)
    said = f"已修改：{'、'.join(changed)}。" if changed else "没有改动。"
    return done(f"{HOME}/{code}", said + ("已重新受理，时限从今天起算。" if form.step == "accept" else ""))


def _form(
    request: Request, db: Session, case: store.Registration, form: CounterForm, problem: Problem | None = None
) -> Response:
    about: dict[str, Any] = about_form(db, form.model_copy(update={"kind": case.kind}), problem)
    about["kinds"] = [one for one in about["kinds"] if one[0] == case.kind]
    return page(request, "numbers/new.html", status=problem.status if problem else 200, case=case, **about)
