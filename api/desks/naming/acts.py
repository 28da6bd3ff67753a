"""What an officer does with one proposal: steps, written reasons, chosen names, opinions of others, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.naming.given import form_of
from api.desks.naming.reach import editable, within_reach
from api.desks.naming.words import DONE
from api.desks.officer import officer_of, reader_of
from gazetteer.proposal import checking, deciding, entering, steps, store, voices
from gazetteer.proposal.model import MACHINE
from gazetteer.proposal.papers.reports import SECTIONS
from geo.cases import attachments
from geo.problems import BadInput, NotFound
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")

Fields = Annotated[dict[str, str], Depends(form_of)]
Token = Annotated[str, Form(max_length=200)]
_REASONED = ("correct", "return", "refuse", "end")


@router.post("/{code}/act")
def do(request: Request, code: str, form: Fields) -> Response:
    """Take one step; its day, number and words come with the form."""
    officer, act = officer_of(request, form.get("token", "")), form.get("act", "")
    with session() as db:
        name_act(db, actor=officer.name, action=f"proposal.{act[:20]}", request_id=officer.request_id)
        within_reach(db, code, officer)
        _step(db, code, act, form, steps.Officer(officer.name, officer.roles))
    return done(f"/desk/naming/{code}", DONE.get(act, "已办理。"))


@router.post("/{code}/name")
def choose(request: Request, code: str, form: Fields) -> Response:
    """Take one of the offered names, or another that is typed in; the check sheet is made anew."""
    officer = officer_of(request, form.get("token", ""))
    with session() as db:
        known = editable(db, code, officer)
        name_act(db, actor=officer.name, action="proposal.name", request_id=officer.request_id)
        if form.get("ask"):
            checking.store_candidates(
                db, code, checking.suggestions(db, known.draft, day=date.today(), without=code)
            )
            return done(f"/desk/naming/{code}#names", "已列出备选名称。")
        name = form.get("name", "").strip()[:50]
        source = next((row["source"] for row in known.candidates if row["name"] == name), "")
        meaning = f"{source}。" if source else known.draft.meaning
        store.change(db, code, replace(known.draft, name=name, meaning=meaning), version=known.version)
        checking.keep(db, store.find(db, code), day=date.today())
    return done(f"/desk/naming/{code}", f"已改用“{name}”并重新校验。")


@router.post("/{code}/reasons")
def reasons(request: Request, code: str, form: Fields) -> Response:
    """Keep the written reasons (书面说明) that warnings ask for, and check again."""
    officer = officer_of(request, form.get("token", ""))
    with session() as db:
        known = editable(db, code, officer)
        name_act(db, actor=officer.name, action="proposal.reasons", request_id=officer.request_id)
        given = {
            k: v.strip()[:1000] for k, v in form.items() if k.startswith("N") and len(k) == 3 and v.strip()
        }
        store.change(db, code, replace(known.draft, reasons=given), version=known.version)
        checking.keep(db, store.find(db, code), day=date.today())
    return done(f"/desk/naming/{code}", "书面说明已保存，已重新校验。")


@router.post("/{code}/reports")
def reports(request: Request, code: str, form: Fields) -> Response:
    """Keep what the office writes into the three reports."""
    officer = officer_of(request, form.get("token", ""))
    keys = {f"{kind}.{key}" for kind, rows in SECTIONS.items() for key, _ in rows}
    with session() as db:
        known = store.find(db, code)
        name_act(db, actor=officer.name, action="proposal.reports", request_id=officer.request_id)
        given = {key: form[key].strip()[:4000] for key in keys if form.get(key, "").strip()}
        store.set_fields(db, known.code, reports=given)
    return done(f"/desk/naming/{code}#reports", "报告内容已保存。")


@router.post("/{code}/voices")
def enter_voice(request: Request, code: str, form: Fields) -> Response:
    """Enter what an expert, a department or the joint meeting said."""
    officer, kind = officer_of(request, form.get("token", "")), form.get("kind", "")
    if kind not in ("expert", "department", "meeting"):
        raise BadInput("没有选择意见来源。", "选择专家、部门或联席会议。", code="voice.kind")
    with session() as db:
        name_act(db, actor=officer.name, action="proposal.voice", request_id=officer.request_id)
        voices.add(db, code, kind, form.get("content", ""), actor=officer.name, name=form.get("name", "")[:50],  # type: ignore[arg-type]
                   organisation=form.get("organisation", "")[:100], verdict=form.get("verdict", ""), given_on=_day(form))  # fmt: skip
    return done(f"/desk/naming/{code}#voices", "意见已录入。")


@router.post("/{code}/voices/{voice}")
def handle_voice(request: Request, code: str, voice: int, form: Fields) -> Response:
    """Say what became of an opinion."""
    officer = officer_of(request, form.get("token", ""))
    with session() as db:
        name_act(db, actor=officer.name, action="proposal.voice-handle", request_id=officer.request_id)
        voices.handle(db, voice, form.get("outcome", ""), form.get("handling", "")[:2000], actor=officer.name,
                      shown=form.get("shown", "")[:2000] if form.get("publish") else "")  # fmt: skip
    return done(f"/desk/naming/{code}#voices", "采纳情况已保存。")


@router.post("/files")
def attach(
    request: Request,
    code: Annotated[str, Query(max_length=20)],
    file: Annotated[UploadFile, File()],
    kind: Annotated[str, Form(max_length=20)] = "other",
    token: Token = "",
) -> Response:
    """Attach a paper to an application."""
    officer = officer_of(request, token)
    content = file.file.read()
    with session() as db:
        known = within_reach(db, code, officer)
        name_act(db, actor=officer.name, action="proposal.attach", request_id=officer.request_id)
        attachments.put(db, MACHINE, known.code, kind, file.filename or "附件", content, actor=officer.name)
    return done(f"/desk/naming/{code}#files", "材料已上传。")


@router.get("/files/{file}")
def attached(request: Request, file: UUID) -> Response:
    """One attached paper; never shown inside the page, so that nothing in it can act here."""
    with session() as db:
        found, content = attachments.read(db, file)
        if found.owner != MACHINE:
            raise NotFound("没有这个附件。", "请刷新页面。")
        within_reach(db, found.subject, reader_of(request))
    return Response(content, media_type=found.media_type, headers={
        "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name)}", "cache-control": "no-store",
    })  # fmt: skip


def _step(db: Session, code: str, act: str, form: dict[str, str], officer: steps.Officer) -> None:
    on, note, number = _day(form), form.get("note", "")[:2000], form.get("number", "")[:100]
    if act in _REASONED:
        steps.reasoned(db, code, act, officer=officer, note=note, on=on)
    elif act == "accept":
        steps.accept(db, code, officer=officer, on=on, note=note)
    elif act in ("check", "notice", "close"):
        {"check": steps.check, "notice": steps.notice, "close": steps.close}[act](
            db, code, officer=officer, on=on
        )
    elif act == "opine":
        deciding.opine(db, [code], officer=officer, on=on, number=number, content=note)
    elif act == "approve":
        deciding.approve(
            db, [code], number, officer=officer, on=on, body=form.get("body", "")[:100], content=note
        )
    else:
        _late_step(db, code, act, note, number, on, officer)


def _late_step(
    db: Session, code: str, act: str, note: str, number: str, on: date, officer: steps.Officer
) -> None:
    if act == "file":
        steps.file(db, code, number, officer=officer, on=on)
    elif act == "announce":
        entering.announce(db, code, number, officer=officer, on=on)
    elif act == "sign":
        steps.sign(db, code, officer=officer, on=on, note=note)
    else:
        steps.simple(db, code, act, officer=officer, note=note, on=on)


def _day(form: dict[str, str]) -> date:
    given = form.get("on", "").strip()
    if not given:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise BadInput(
            f"办理日期“{given[:20]}”不是日期。", "写成 2026-11-21 的样子。", code="proposal.date"
        ) from error
