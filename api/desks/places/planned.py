"""The layer of planned names (地名方案): the list, a new name, taking one off."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.done import done
from api.desks.drawn import drawn
from api.desks.officer import officer_of
from api.desks.places.common import HOME, Code, Token, category_word, day_of
from api.desks.places.tabs import tabs
from api.pages.templates import page
from gazetteer.culture import planned
from gazetteer.naming.model import CATEGORIES
from gazetteer.register import desk
from geo.store.engine import act, session

LEGEND = (
    {"key": "planned", "label": "规划名称", "tone": "amber", "shape": "line"},
    {"key": "used", "label": "已采用", "tone": "plate", "shape": "line"},
)
router = APIRouter(include_in_schema=False, prefix=f"{HOME}/planned")


@router.get("")
def listed(request: Request, q: Annotated[str, Query(max_length=50)] = "") -> Response:
    """Every planned name, and the form for a new one."""
    with session() as db:
        rows, towns, shapes = planned.listed(db, q.strip()), desk.towns(db), planned.shapes(db)
    return page(request, "places/planned.html", rows=rows, towns=towns, q=q, tabs=tabs("planned"),
                categories=[(c, category_word(c)) for c in CATEGORIES], category_word=category_word, shapes=shapes,
                legend=LEGEND)  # fmt: skip


@router.post("")
def add(
    request: Request, name: Annotated[str, Form(max_length=50)], category: Annotated[str, Form(max_length=1)],
    plan: Annotated[str, Form(max_length=100)], division: Annotated[str, Form(max_length=12)] = "",
    meaning: Annotated[str, Form(max_length=500)] = "", approved_on: Annotated[str, Form(max_length=10)] = "",
    geom: Annotated[str, Form(max_length=100_000)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Put a name on the plan."""
    officer = officer_of(request, token)
    shape = drawn(geom, "line") if geom.strip() else None
    with session() as db:
        act(db, actor=officer.name, action="planned_name.add", request_id=officer.request_id)
        planned.add(db, name, category, plan, division=division, geometry=shape, meaning=meaning,
                    approved_on=day_of(approved_on) if approved_on else None)  # fmt: skip
    return done(f"{HOME}/planned", f"“{name.strip()}”已列入方案。")


@router.post("/{code}/retire")
def retire(request: Request, code: Code, token: Token = "") -> Response:
    """Take a name off the plan."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="planned_name.retire", request_id=officer.request_id)
        planned.retire(db, code)
    return done(f"{HOME}/planned", "已从方案中移出。")
