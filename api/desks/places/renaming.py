"""Rename, merge and give up names at the desk (更名、并名、销名): the impact list first, then the act, then a way back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import officer_of
from api.desks.places.common import Code, Named, Text, Token, day_of, href
from api.pages.templates import page
from gazetteer.register import renaming, undoing
from gazetteer.register.impact import Record, impact, record_of, roads_called, roads_meeting
from geo.problems import BadInput, Conflict
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/places")


@router.get("/{kind}/{code}/rename")
def look(
    request: Request, kind: Named, code: Code, name: Annotated[str, Query(max_length=50)] = ""
) -> Response:
    """The form for a new name, and the impact list; nothing is changed."""
    with session() as db:
        seen = impact(db, kind, code)
    return page(
        request,
        "places/rename.html",
        impact=seen,
        kind=kind,
        new_name=name,
        today=date.today(),
        href=href(kind, code),
    )


@router.post("/{kind}/{code}/rename")
def rename(
    request: Request, kind: Named, code: Code, name: Annotated[str, Form(max_length=50)], version: Annotated[int, Form()],
    expected: Annotated[int, Form(ge=0)], on: Annotated[str, Form(max_length=10)] = "", reason: Text = "",
    document: Annotated[str, Form(max_length=200)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Rename, if as many addresses follow as the officer has seen."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action=f"{kind}.rename", request_id=officer.request_id)
        _as_shown(impact(db, kind, code).addresses, expected)
        done_ = renaming.rename(db, kind, code, name, actor=officer.name, on=day_of(on, default=date.today()), reason=reason,
                                document=document, version=version)  # fmt: skip
    return done(href(kind, code), f"已更名，{done_.addresses} 个地址随之更新，旧名已转为别名。")


@router.get("/{kind}/{code}/retire")
def ask(
    request: Request, kind: Named, code: Code, successor: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """What giving up the name would do, with a successor or without."""
    with session() as db:
        heir = _heir(db, record_of(db, kind, code), successor.strip()) if successor.strip() else None
        seen = impact(db, kind, code, successor=heir.code if heir else "")
        near = roads_meeting(db, code) if kind == "road" else []
    return page(request, "places/retire.html", impact=seen, kind=kind, successor=successor.strip(), heir=heir, near=near,
                today=date.today(), href=href(kind, code))  # fmt: skip


@router.post("/{kind}/{code}/retire")
def retire(
    request: Request, kind: Named, code: Code, version: Annotated[int, Form()], expected: Annotated[int, Form(ge=0)],
    successor: Annotated[str, Form(max_length=64)] = "", on: Annotated[str, Form(max_length=10)] = "", reason: Text = "",
    document: Annotated[str, Form(max_length=200)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Give the name up or merge it, if as many addresses are concerned as the officer has seen."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(
            db,
            actor=officer.name,
            action=f"{kind}.{'merge' if successor else 'retire'}",
            request_id=officer.request_id,
        )
        _as_shown(impact(db, kind, code).addresses, expected)
        renaming.retire(db, kind, code, actor=officer.name, on=day_of(on, default=date.today()), reason=reason,
                        document=document, successor=successor, version=version)  # fmt: skip
    return done(href(kind, code), "已并名，地址已转到接收的名称。" if successor else "已销名，历史保留。")


@router.post("/renamings/{number}/undo")
def undo(request: Request, number: int, token: Token = "") -> Response:
    """Take an act back."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="name.undo", request_id=officer.request_id)
        back = undoing.undo(db, number, actor=officer.name)
    return done(href(back.record.kind, back.record.code), "已撤销，名称和地址恢复原状。")


def _heir(db: Session, record: Record, said: str) -> Record:
    """The road that takes the addresses over, by its name or its code."""
    found = [road for road in roads_called(db, said, record.division) if road.code != record.code]
    if not found:
        raise BadInput(f"没有叫“{said}”的其他道路。", "填写道路的标准名称或编码。", code="successor")
    if len(found) > 1:
        codes = "、".join(road.code for road in found)
        raise BadInput(f"有 {len(found)} 条道路叫“{said}”。", f"改填编码：{codes}。", code="successor.many")
    return found[0]


def _as_shown(now: int, expected: int) -> None:
    if now != expected:
        raise Conflict(
            f"受影响的地址现在是 {now} 个，您看到的是 {expected} 个。",
            "重新查看影响清单后再办。",
            code="changed",
        )
