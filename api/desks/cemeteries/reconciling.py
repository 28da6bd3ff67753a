"""Two ledgers reconciled (台账核对): upload, match, decide what is suspected, print."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.answers import problem_body
from api.desks.done import done
from api.desks.meals.asking import now
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.service.cemeteries import ledgers
from gazetteer.service.cemeteries.reconciliation import explained, load, paper, steps
from geo.documents import pdf, word
from geo.problems import BadInput, Problem
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/cemeteries/ledgers")
MOST_BYTES = 10_000_000
STATE_KINDS = {
    "一致": "sure",
    "确认同处": "sure",
    "类别不同": "check",
    "疑似同处": "check",
    "仅台账一": "none",
    "仅台账二": "none",
    "确认两处": "none",
}
Short = Annotated[str, Form(max_length=200)]


@router.get("")
def listed(request: Request) -> Response:
    """The ledgers that were taken in, and the form for two."""
    return _list(request)


@router.post("")
def take_in(
    request: Request, file: Annotated[UploadFile, File()], name: Short = "", definition: Annotated[str, Form(max_length=500)] = "",
    token: Short = "",
) -> Response:  # fmt: skip
    """Keep one ledger as it was given; the list again, with the reason, when it is refused."""
    officer = officer_of(request, token)
    try:
        body = file.file.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BadInput("文件太大。", "每次至多 10 MB。", code="too-large")
        shown = PurePath(file.filename or "台账.csv").name
        with tempfile.TemporaryDirectory(prefix="diming-ledger-") as folder, session() as db:
            path = Path(folder) / f"ledger{PurePath(shown).suffix or '.csv'}"
            path.write_bytes(body)
            act(db, actor=officer.name, action="ledger.take", request_id=officer.request_id)
            ledgers.take_in(db, path, name=name, file_name=shown, definition=definition, actor=officer.name,
                            made_up="示例" in body[:4000].decode("utf-8", "ignore"))  # fmt: skip
    except Problem as problem:
        return _list(request, problem)
    return done("/desk/cemeteries/ledgers", f"已收入台账“{name or shown}”。")


@router.post("/reconcile")
def reconcile(
    request: Request, one: Annotated[int, Form()], other: Annotated[int, Form()], token: Short = ""
) -> Response:
    """Match two ledgers and go to the result."""
    officer = officer_of(request, token)
    with session(timeout_s=60) as db:
        act(db, actor=officer.name, action="ledger.reconcile", request_id=officer.request_id)
        number = ledgers.reconcile(db, one, other, actor=officer.name)
    return done(f"/desk/cemeteries/ledgers/{number}", "核对完成。")


@router.get("/{number}")
def result(request: Request, number: int, state: str = "") -> Response:
    """The bridge, and every row of both ledgers with its state."""
    with session() as db:
        held = load(db, number)
    chosen = [(n, m) for n, m in held.matches if state in ("", m.state)]
    tabs = [("全部", f"/desk/cemeteries/ledgers/{number}", not state, len(held.matches))]
    tabs += [
        (s, f"/desk/cemeteries/ledgers/{number}?state={quote(s)}", s == state, n)
        for s, n in held.counts.items()
    ]
    return page(
        request, "cemeteries/reconciliation.html", held=held, steps=steps(held.bridge), explained=explained(held.bridge),
        matches=chosen, tabs=tabs, kinds=STATE_KINDS,
    )  # fmt: skip


@router.post("/{number}/decide")
def decide(
    request: Request, number: int, match: Annotated[int, Form()], decision: Short = "", token: Short = ""
) -> Response:
    """Say of a suspected pair whether it is one site or two."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="ledger.decide", request_id=officer.request_id)
        ledgers.decide(db, match, decision, actor=officer.name)
    return done(f"/desk/cemeteries/ledgers/{number}?state={quote('疑似同处')}", "已核定。")


@router.get("/{number}/paper.pdf")
def as_pdf(number: int) -> Response:
    """The printed reconciliation as PDF."""
    return _paper(number, "application/pdf", pdf)


@router.get("/{number}/paper.docx")
def as_word(number: int) -> Response:
    """The printed reconciliation for Word."""
    return _paper(number, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word)


def _paper(number: int, media: str, drawer: Any) -> Response:
    with session() as db:
        made = paper(load(db, number), now().date())
    return Response(drawer(made), media_type=media, headers={"cache-control": "no-store"})


def _list(request: Request, problem: Problem | None = None) -> Response:
    with session() as db:
        known = ledgers.ledgers(db)
    told = problem_body(problem, problem.status, request) if problem else None
    return page(request, "cemeteries/ledgers.html", status=problem.status if problem else 200, ledgers=known,
                trouble=told["detail"] + told["remedy"] if told else "")  # fmt: skip
