"""What the office works by: the rules in force (规则配置), its experts (专家名单), the words of papers (文书措辞)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.naming import describe
from gazetteer.proposal import store, voices, wording
from gazetteer.proposal.papers import TITLES
from gazetteer.proposal.procedure import profile_of
from geo.problems import NotFound
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
        request, "naming/rules.html", profile=profile, parts=describe.parts(profile), sure=describe.CERTAINTY
    )


@router.get("/wordings")
def wordings(request: Request) -> Response:
    """Every paper with the words in use."""
    with session() as db:
        rows = [(kind, title, *wording.body(db, kind)) for kind, title in TITLES.items()]
    return page(request, "naming/wordings.html", rows=rows)


@router.get("/wordings/{kind}")
def one_wording(request: Request, kind: str) -> Response:
    """The words of one paper, to be changed."""
    _known(kind)
    with session() as db:
        body, version = wording.body(db, kind)
    return page(request, "naming/wording.html", kind=kind, title=TITLES[kind], body=body, version=version,
                shipped=wording.shipped()[kind]["body"], fields=wording.FIELDS)  # fmt: skip


@router.post("/wordings/{kind}")
def change_wording(
    request: Request, kind: str, body: Annotated[str, Form(max_length=4000)] = "", token: Token = ""
) -> Response:
    """Use other words from now on; what was before stays on record."""
    officer = officer_of(request, token)
    _known(kind)
    with session() as db:
        name_act(db, actor=officer.name, action="naming.wording", request_id=officer.request_id)
        wording.change(db, kind, body, actor=officer.name)
    return done("/desk/naming/wordings", f"“{TITLES[kind]}”的措辞已更新。")


def _known(kind: str) -> None:
    if kind not in TITLES:
        raise NotFound("没有这种文书。", "从文书清单进入。")
