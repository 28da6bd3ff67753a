"""One registration: what was applied for, by whom, its clock, its steps, its materials, its papers."""

from __future__ import annotations

import uuid
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy.orm import Session

from api.desks import clock_views
from api.desks.done import done
from api.desks.numbers.forms import shown
from api.desks.numbers.parts import HOME, LEGEND, STATE_KINDS, clerk_of, issuer, reading_clerk, shapes
from api.desks.persons import note_persons
from api.pages.templates import page
from gazetteer.numbering.ground import load
from gazetteer.registration import amending, deciding, looking, papers, store, taking
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import MACHINE, NEW_NUMBER, needed
from gazetteer.registration.papers_kept import PAPER_OF
from geo.cases import attachments, states
from geo.documents import pdf, word
from geo.problems import BadInput, Finding, NotFound, Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

SAID = {"accept": "已受理。", "return": "已退回补正。", "approve": "已核准。", "refuse": "已作出不予办理的决定。",
        "withdraw": "已撤回。", "resubmit": "已重新提交。"}  # fmt: skip
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Token = Annotated[str, Form(max_length=200)]


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """One case."""
    clerk = reading_clerk(request)
    with session() as db:
        note_persons(db, request, "register.registration_person", [store.find(db, code).code], door="登记页")
        return _record(request, db, code, clerk)


@router.post("/{code}/act")
def do(request: Request, code: str, act: Annotated[str, Form(max_length=20)],
       note: Annotated[str, Form(max_length=2000)] = "", token: Token = "") -> Response:  # fmt: skip
    """Take one step with the case; approving in spite of a warning asks for the reason, as the counter does."""
    clerk = clerk_of(request, token)
    try:
        with session() as db:
            name_act(db, actor=clerk.name, action=f"registration.{act}", request_id=clerk.request_id)
            if act == "approve":
                _demand_reason(db, code, note)
            deciding.do(db, code, act, clerk, note)
    except BadInput as problem:
        with session() as db:
            return _record(request, db, code, clerk, problem, note)
    return done(f"{HOME}/{code}", SAID.get(act, "已办理。"))


def _demand_reason(db: Session, code: str, note: str) -> None:
    """What the counter wrote at intake counts; what an applicant wrote on the web does not."""
    case = store.find(db, code)
    if case.state == "accepted":
        found = _findings(db, case)
        taking.refuse_blocked(found)
        taking.demand_reason(found, note or (case.note if case.channel != "网上" else ""))


def _findings(db: Session, case: store.Registration) -> list[Finding]:
    return taking.findings(db, amending.application_of(db, case), own=case.code)


def _record(request: Request, db: Session, code: str, clerk: Clerk, problem: Problem | None = None,
            note: str = "") -> Response:  # fmt: skip
    case = store.find(db, code)
    about: dict[str, Any] = {
        "case": case, "person": store.person_of(db, code), "clocks": clock_views.of_case(db, MACHINE, code),
        "transitions": [t for t in states.acts(db, MACHINE, code, clerk.roles) if t.act not in ("resubmit", "undo")],
        "events": states.history(db, MACHINE, code), "files": attachments.of(db, MACHINE, code),
        "materials": [(m.key, m.name) for m in needed(case.kind)], "state_kind": STATE_KINDS[case.state],
        "paper": PAPER_OF.get(case.kind) if case.state == "approved" else None,
        "successor": looking.successor(db, case.address) if case.address else None,
        "findings": [], "shape": None, "legend": LEGEND, "corrections": amending.corrections(db, code),
        "editable": case.state in amending.OPEN[""], "note": note,
        "trouble": problem.sentence + problem.remedy if problem else "",
    }  # fmt: skip
    if case.state in ("submitted", "accepted"):
        about["findings"] = shown(_findings(db, case))
    if case.kind in NEW_NUMBER and case.handle:
        new = [(case.lon, case.lat, case.title)] if case.lon is not None and case.lat is not None else []
        about["shape"] = shapes(load(db, case.handle), new)
    return page(request, "numbers/record.html", status=problem.status if problem else 200, **about)


@router.get("/{code}/paper.{ending}")
def paper(request: Request, code: str, ending: str) -> Response:
    """The 门牌证 or 地名证明 as ``pdf`` or ``docx``."""
    if ending not in ("pdf", "docx"):
        raise NotFound("没有这种格式。", "可用的格式：pdf、docx。")
    with session() as db:
        note_persons(
            db, request, "register.registration_person", [store.find(db, code).code], door="门牌文书"
        )
        made = papers.paper(db, code, issuer())
    body = pdf(made) if ending == "pdf" else word(made)
    name = quote(f"{made.title}-{code}.{ending}")
    return Response(body, media_type="application/pdf" if ending == "pdf" else _DOCX, headers={
        "content-disposition": f"{'inline' if ending == 'pdf' else 'attachment'}; filename*=UTF-8''{name}",
        "cache-control": "no-store"})  # fmt: skip


@router.post("/{code}/files")
def attach(request: Request, code: str, file: Annotated[UploadFile, File()],
           kind: Annotated[str, Form(max_length=20)] = "", token: Token = "") -> Response:  # fmt: skip
    """Add a scanned material."""
    clerk = clerk_of(request, token)
    content = file.file.read(attachments.MOST_BYTES + 1)
    with session() as db:
        name_act(db, actor=clerk.name, action="registration.attach", request_id=clerk.request_id)
        case = store.find(db, code)
        attachments.put(db, MACHINE, case.code, kind, file.filename or "附件", content, actor=clerk.shown)
    return done(f"{HOME}/{code}", "已上传。")


@router.get("/{code}/files/{attachment}")
def fetch(code: str, attachment: uuid.UUID) -> Response:
    """One material of this case."""
    with session() as db:
        store.find(db, code)
        known, body = attachments.read(db, attachment)
    if (known.owner, known.subject) != (MACHINE, code):
        raise NotFound("没有这个附件。", "请刷新页面。")
    return Response(body, media_type=known.media_type, headers={
        "content-disposition": f"attachment; filename*=UTF-8''{quote(known.name)}", "cache-control": "no-store"})  # fmt: skip
