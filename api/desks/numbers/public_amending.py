"""The applicant corrects what was sent back (补正), with the number and the private code, and hands it in again."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from api.desks.numbers.forms import CounterForm, application_of, form_of, seen_of, with_address
from api.desks.numbers.public import about_application, check_reachable, checked, followed, refused
from api.pages.templates import page
from gazetteer.registration import amending, deciding, store, taking
from gazetteer.registration.clerk import PUBLIC
from gazetteer.registration.model import Application
from geo.problems import Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False)


class AmendForm(CounterForm):
    """The application's form with what opens the case."""

    code: str = Field("", max_length=20)
    private: str = Field("", max_length=8)


@router.post("/apply/number/amend")
def amend(request: Request, form: Annotated[AmendForm, Form()]) -> Response:
    """Without ``step`` the form filled with the case; ``step=save`` corrects it and hands it in again.

    The private code comes in the body, never in an address that a browser would keep.
    """
    try:
        case = checked(request, form.code, form.private)
    except Problem as problem:
        return refused(request, form.code, problem)
    try:
        with session() as db:
            known = amending.application_of(db, case)
            if form.step != "save":
                filled = form_of(known, case.handle_name, case.version)
                return _form(request, case, form.private, filled)
            name_act(db, actor="public", action="registration.amend")
            given = _given(db, form, known, case.handle_name)
            check_reachable(given)
            amending.amend(db, case.code, given, PUBLIC, seen=seen_of(form))
            deciding.do(db, case.code, "resubmit", PUBLIC)
            case = store.find(db, case.code)
    except Problem as problem:
        return _form(request, case, form.private, form, problem)
    return followed(request, case, form.private)


def _given(db: Session, form: CounterForm, known: Application, name: str) -> Application:
    """The stored application with what the applicant's form shows; what it does not show stays as it was."""
    # A name that was typed anew counts, not the code that the case had before.
    asked = with_address(form.model_copy(update={"handle": "", "kind": known.kind}))
    typed = application_of(db, asked, channel="网上", seconds=None)
    person = replace(typed.person, id_number=known.person.id_number)
    same_road = form.handle_name == name
    given = replace(
        known, person=person, address=typed.address, handle=known.handle if same_road else typed.handle,
        number=typed.number, sub=known.sub if typed.number == known.number else "", lon=typed.lon, lat=typed.lat,
        same_as=typed.same_as, materials=typed.materials, note=typed.note,
    )  # fmt: skip
    return taking.suggested(db, given)


def _form(
    request: Request,
    case: store.Registration,
    private: str,
    form: CounterForm,
    problem: Problem | None = None,
) -> Response:
    about = about_application(form.model_copy(update={"kind": case.kind}), problem)
    about["kinds"] = [one for one in about["kinds"] if one[0] == case.kind]
    return page(
        request,
        "numbers/apply.html",
        status=problem.status if problem else 200,
        case=case,
        private=private,
        **about,
    )
