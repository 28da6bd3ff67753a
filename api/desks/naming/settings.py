"""What the office works by: the rules in force (规则配置), its experts (专家名单), the words of papers (文书措辞)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.naming import describe
from gazetteer.proposal import store, voices
from gazetteer.proposal.procedure import profile_of
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")

Word = Annotated[str, Form(max_length=100)]
Token = Annotated[str, Form(max_length=200)]


@router.get("/experts")
def experts(request: Request) -> Response:
    """Who may be asked to argue."""
    with session() as db:
        rows = voices.experts(db)
    return page(request, "naming/experts.html", rows=rows)


@router.post("/experts")
def add_expert(
    request: Request, name: Word, organisation: Word = "", field: Word = "", token: Token = ""
) -> Response:
    """Put an expert on the list."""
    officer = officer_of(request, token)
    with session() as db:
        name_act(db, actor=officer.name, action="naming.expert", request_id=officer.request_id)
        voices.add_expert(db, name, organisation, field)
    return done("/desk/naming/experts", f"已列入：{name}。")


@router.get("/rules")
def rules(request: Request) -> Response:
    """Every rule, figure, step and clock in force today with its source and how sure it is."""
    with session() as db:
        profile = profile_of(store.county_of(db), date.today())
    return page(
        request, "naming/rules.html", profile=profile, tables=describe.parts(profile), sure=describe.CERTAINTY
    )
