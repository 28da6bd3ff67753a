"""The decision sheet of one road with several names (一路多名判定单): usage, choice, impact list, act, way back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.desks.roads.lists import Code, legend_of
from api.pages.templates import page
from gazetteer.register.impact import orphans
from gazetteer.road_audit import deciding, findings
from geo.problems import Conflict
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/roads")
Token = Annotated[str, Form(max_length=200)]


@router.get("/{code}/decide")
def look(request: Request, code: Code, keep: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The usage of each name; with a choice also what would follow. Nothing is changed."""
    with session() as db:
        found = findings.one(db, code)
        used = deciding.usage(db, found)
        seen = deciding.consequences(db, found, keep) if keep else []
        shape = findings.shapes(db, [code])
    kept = next((name for name in used if name.code == keep), None)
    return page(request, "roads/decide.html", found=found, used=used, kept=kept, impacts=seen, today=date.today(), shape=shape,
                legend=legend_of(found.kind), total=sum(one.addresses for one in seen))  # fmt: skip


@router.post("/{code}/decide")
def decide(
    request: Request, code: Code, keep: Annotated[str, Form(max_length=64)], version: Annotated[int, Form()],
    expected: Annotated[int, Form(ge=0)], reason: Annotated[str, Form(max_length=500)] = "",
    document: Annotated[str, Form(max_length=200)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Keep one name, if as many addresses follow as were shown."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="road.decide", request_id=officer.request_id)
        found = findings.one(db, code)
        if sum(seen.addresses for seen in deciding.consequences(db, found, keep)) != expected:
            raise Conflict("受影响的地址数变了。", "重新查看影响清单后再办。", code="changed")
        made = deciding.decide(db, code, keep, actor=officer.name, on=date.today(), version=version, reason=reason,
                               document=document)  # fmt: skip
        moved = [address for seen in made for address in seen.codes]
        left = len(orphans(db, moved))
    return done(f"/desk/roads/{code}", f"已判定，{len(moved)} 个地址更新，无归属的地址 {left} 个。")


@router.post("/{code}/undo")
def undo(request: Request, code: Code, token: Token = "") -> Response:
    """Take the decision back."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="name.undo", request_id=officer.request_id)
        deciding.take_back(db, code, actor=officer.name)
    return done(f"/desk/roads/{code}", "判定已撤销，名称和地址恢复原状。")
