"""The words of papers (文书措辞) at the desk: change them, look at a real paper in them, go back; every version is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.proposal import papers, store, wording
from gazetteer.proposal.model import Kept
from gazetteer.proposal.papers import TITLES
from geo.documents import pdf
from geo.problems import Conflict, NotFound
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming/wordings")

Title = Annotated[str, Form(max_length=100)]
Body = Annotated[str, Form(max_length=4000)]
Token = Annotated[str, Form(max_length=200)]
_LOOKED: int = 500
"""Proposals looked through for one that has the paper."""


@router.get("")
def wordings(request: Request) -> Response:
    """Every paper with the words in use."""
    with session() as db:
        rows = [(kind, title, wording.used(db, kind)) for kind, title in TITLES.items()]
    return page(request, "naming/wordings.html", rows=rows)


@router.get("/{kind}")
def one(request: Request, kind: str, version: Annotated[int, Query(ge=0)] = 0) -> Response:
    """The words of one paper, to be changed; an earlier version fills the form when it is asked for."""
    _known(kind)
    with session() as db:
        used, every = wording.used(db, kind), wording.versions(db, kind)
        example = _example(db, kind)
    shown = next((row for row in every if row.number == version), None)
    return page(request, "naming/wording.html", kind=kind, title=TITLES[kind], used=used, shown=shown or used, versions=every,
                shipped=wording.shipped()[kind], fields=wording.FIELDS, example=example)  # fmt: skip


@router.post("/{kind}")
def change(request: Request, kind: str, title: Title, body: Body = "", token: Token = "") -> Response:
    """Use other words from now on."""
    officer = officer_of(request, token)
    _known(kind)
    with session() as db:
        name_act(db, actor=officer.name, action="naming.wording", request_id=officer.request_id)
        version = wording.change(db, kind, title, body, actor=officer.name)
    return done(f"/desk/naming/wordings/{kind}", f"“{TITLES[kind]}”启用第 {version} 版措辞。")


@router.post("/{kind}/restore")
def restore(request: Request, kind: str, token: Token = "") -> Response:
    """Use the program's words again."""
    officer = officer_of(request, token)
    _known(kind)
    with session() as db:
        name_act(db, actor=officer.name, action="naming.wording", request_id=officer.request_id)
        wording.restore(db, kind, actor=officer.name)
    return done(f"/desk/naming/wordings/{kind}", f"“{TITLES[kind]}”已恢复原文。")


@router.post("/{kind}/preview")
def preview(request: Request, kind: str, title: Title, body: Body = "", token: Token = "") -> Response:
    """The paper of a real proposal in the words on the form, as PDF; the words are not kept."""
    officer = officer_of(request, token)
    _known(kind)
    with session() as db:
        known = _example(db, kind)
        if known is None:
            raise Conflict(
                f"还没有申请办到“{TITLES[kind]}”这一步，不能预览。",
                "有申请办到这一步后再预览。",
                code="wording.no-example",
            )
        name_act(db, actor=officer.name, action="naming.wording-preview", request_id=officer.request_id)
        wording.change(db, kind, title, body, actor=officer.name)
        made = papers.draw(db, known, kind, date.today())
        # Only the picture was wanted.
        db.rollback()
    return Response(pdf(made), media_type="application/pdf", headers={
        "content-disposition": "inline; filename=preview.pdf", "cache-control": "no-store"})  # fmt: skip


def _example(db: Session, kind: str) -> Kept | None:
    """The newest proposal that has come to the paper."""
    rows = store.listed(db, store.Filter(), size=_LOOKED)
    return max(
        (row for row in rows if kind in dict(papers.available(row))),
        key=lambda row: row.made_at,
        default=None,
    )


def _known(kind: str) -> None:
    if kind not in TITLES:
        raise NotFound("没有这种文书。", "从文书清单进入。")
