"""Papers of a round and of a marker (文书): one by one as Word or PDF, or all of them in one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi import Form as FormField
from sqlalchemy.orm import Session

from api.desks.boundary.parts import HOME, download, logged, seer
from api.desks.done import done
from api.desks.officer import officer_of
from boundary import access, papers, register, rounds
from boundary.inspection import of_round
from boundary.papers import queue
from geo.documents import Document, pdf, word
from geo.problems import NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=HOME)
Form = Literal["docx", "pdf"]
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS: Final[dict[str, tuple[Callable[[Document], bytes], str]]] = {
    "docx": (word, _WORD),
    "pdf": (pdf, "application/pdf"),
}


@router.post("/rounds/{code}/papers")
def ask(request: Request, code: str, token: Annotated[str, FormField(max_length=200)] = "") -> Response:
    """Have all papers of the round drawn in the background."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        access.check_line(db, officer, rounds.find(db, code).line)
        act(db, actor=officer.name, action="round.papers", request_id=officer.request_id)
        count = queue.ask(db, code, actor=officer.name)
    return done(f"{HOME}/rounds/{quote(code)}", f"正在生成 {count} 份文书，完成后可以下载。")


@router.get("/rounds/{code}/papers.zip")
def everything(request: Request, code: str) -> Response:
    """All papers of the round as Word and PDF, once they are drawn."""
    with session(timeout_s=0) as db:
        _round(request, code, db)
        made = queue.read(db, code)
    return download(made, f"{code}-联检成果.zip", "application/zip")


@router.get("/rounds/{code}/papers/{kind}.{form}")
def paper(request: Request, code: str, kind: str, form: Form) -> Response:
    """Report, filing letter or agreement of the round."""
    with session(timeout_s=0) as db:
        _round(request, code, db)
        document = papers.paper(db, code, kind, on=date.today())
    return _drawn(document, form)


@router.get("/rounds/{code}/markers/{marker}/record.{form}")
def record(request: Request, code: str, marker: str, form: Form) -> Response:
    """The joint inspection record of one marker."""
    with session() as db:
        access.check_marker(db, seer(request), marker)
        logged(db, request, [register.marker(db, marker)], "联检记录表")
        found = next((one for one in of_round(db, code) if one.reading.marker == marker), None)
        if found is None:
            raise NotFound("这颗界桩在本轮还没有联检记录", "完成外业后再打印")
        document = papers.inspection_record(db, found)
    return _drawn(document, form)


@router.get("/markers/{code}/register.{form}")
def register_form(request: Request, code: str, form: Form) -> Response:
    """The register form of one marker."""
    with session() as db:
        access.check_marker(db, seer(request), code)
        logged(db, request, [register.marker(db, code)], "界桩登记表")
        document = papers.register_form(db, code)
    return _drawn(document, form)


def _round(request: Request, code: str, db: Session) -> None:
    made = rounds.find(db, code)
    access.check_line(db, seer(request), made.line)
    logged(db, request, register.markers(db, made.line), "联检文书")


def _drawn(document: Document, form: Form) -> Response:
    draw, media_type = _FORMS[form]
    return download(draw(document), f"{document.title}.{form}", media_type)
