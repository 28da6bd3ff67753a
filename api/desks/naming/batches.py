"""Many roads at once (批量命名): check a batch, group it into opinions, issue them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.done import done
from api.desks.naming.reach import own_of
from api.desks.naming.record import MEDIA
from api.desks.naming.words import OFFICE_ACTS, state_kind
from api.desks.officer import officer_of, reader_of
from api.pages.templates import page
from gazetteer.proposal import batch as batches
from gazetteer.proposal import papers, steps
from gazetteer.proposal.model import Kept
from geo.documents import Document, pdf, pdf_of, word
from geo.problems import Conflict, NotFound
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming/batches")

Token = Annotated[str, Form(max_length=200)]
Wanted = Annotated[int, Query(ge=0, le=500)]


@router.get("/{batch}")
def show(request: Request, batch: str, wanted: Wanted = 0) -> Response:
    """The batch by township with its candidates, and the opinions that it would become."""
    with session() as db:
        title, every = batches.members(db, batch)
        rows = own_of(every, reader_of(request))
        ready = [row for row in rows if row.state == "checked"]
        chosen = batches.groups(ready, wanted) if ready else []
        unsigned = sum(row.state == "announced" and steps.signs_of(db, row.code) == (0, 0) for row in rows)
    ripe = {kind: title for row in rows for kind, title in papers.available(row)}
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state_label] = counts.get(row.state_label, 0) + 1
    return page(request, "naming/batch.html", batch=batch, title=title, rows=rows, towns=batches.townships(rows),
                ready=ready, chosen=chosen, wanted=wanted or len(chosen), counts=counts, kind_of=state_kind, ripe=ripe,
                today=date.today().isoformat(), unsigned=unsigned,
                later=[(act, OFFICE_ACTS[act], sum(row.state == state for row in rows)) for act, state in batches.DECIDED.items()])  # fmt: skip


@router.get("/{batch}/papers/{kind}.{form}.zip")
def all_papers(request: Request, batch: str, kind: str, form: str) -> Response:
    """One kind of paper for every proposal of the batch that has it by now, as Word or PDF files in one archive."""
    if form not in MEDIA or kind not in papers.TITLES:
        raise NotFound("没有这种文书。", "从批次页面下载。")
    packed = io.BytesIO()
    draw = pdf if form == "pdf" else word
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for row, made in _papers(request, batch, kind):
            archive.writestr(f"{row.town}-{row.title}-{row.code}.{form}", draw(made))
    name = quote(f"{papers.TITLES[kind]}-{batch}.zip")
    return Response(packed.getvalue(), media_type="application/zip", headers={
        "content-disposition": f"attachment; filename*=UTF-8''{name}", "cache-control": "no-store"})  # fmt: skip


@router.get("/{batch}/papers/{kind}.pdf")
def printed(request: Request, batch: str, kind: str) -> Response:
    """The same papers one after the other in one PDF, to be printed at once."""
    if kind not in papers.TITLES:
        raise NotFound("没有这种文书。", "从批次页面下载。")
    content = pdf_of([made for _, made in _papers(request, batch, kind)])
    name = quote(f"{papers.TITLES[kind]}-{batch}.pdf")
    return Response(content, media_type="application/pdf", headers={
        "content-disposition": f"inline; filename*=UTF-8''{name}", "cache-control": "no-store"})  # fmt: skip


def _papers(request: Request, batch: str, kind: str) -> list[tuple[Kept, Document]]:
    """The papers of a kind that the batch has by now, one that speaks of several names once.

    Raises:
        Conflict: there is none yet.
    """
    made: list[tuple[Kept, Document]] = []
    told: set[str] = set()
    with session(timeout_s=0) as db:
        for row in own_of(batches.members(db, batch)[1], reader_of(request)):
            if row.code not in told and kind in dict(papers.available(row)):
                told |= {one.code for one in papers.with_it(db, row, kind)}
                made.append((row, papers.draw(db, row, kind, date.today())))
    if not made:
        raise Conflict(f"这个批次还没有{papers.TITLES[kind]}。", "先办理到相应环节。", code="batch.papers")
    return made


@router.post("/{batch}/check")
def check(request: Request, batch: str, token: Token = "") -> Response:
    """Take in and check every proposal of the batch; those with a finding that stops stay."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        name_act(db, actor=officer.name, action="proposal.batch-check", request_id=officer.request_id)
        stays = batches.advance(
            db, batch, officer=steps.Officer(officer.name, officer.roles), on=date.today()
        )
    said = f"有 {len(stays)} 件没有通过，请逐件处理。" if stays else "全部通过校验。"
    return done(f"/desk/naming/batches/{batch}", said)


@router.post("/{batch}/opine")
def opine(
    request: Request,
    batch: str,
    wanted: Annotated[int, Form(ge=0, le=500)] = 0,
    expected: Annotated[int, Form(ge=0)] = 0,
    on: Annotated[date | None, Form()] = None,
    token: Token = "",
) -> Response:
    """Issue one opinion a group, if the batch still is what was shown."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        _, rows = batches.members(db, batch)
        ready = [row for row in rows if row.state == "checked"]
        if len(ready) != expected:
            raise Conflict("这个批次已有变化。", "刷新页面，看过最新内容再出具。", code="batch.changed")
        name_act(db, actor=officer.name, action="proposal.batch-opine", request_id=officer.request_id)
        made = batches.opine(db, batches.groups(ready, wanted), officer=steps.Officer(officer.name, officer.roles),
                             on=on or date.today())  # fmt: skip
    return done(f"/desk/naming/batches/{batch}", f"已出具 {len(made)} 件命名意见，涉及 {len(ready)} 条道路。")


@router.post("/{batch}/act")
def go_on(
    request: Request,
    batch: str,
    act: Annotated[str, Form(max_length=10)],
    expected: Annotated[int, Form(ge=0)],
    number: Annotated[str, Form(max_length=100)] = "",
    body: Annotated[str, Form(max_length=100)] = "",
    on: Annotated[date | None, Form()] = None,
    token: Token = "",
) -> Response:
    """Enter the approval, file or announce every name of the batch that has come to that step."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        rows = [
            row
            for row in own_of(batches.members(db, batch)[1], officer)
            if row.state == batches.DECIDED.get(act)
        ]
        if len(rows) != expected:
            raise Conflict("这个批次已有变化。", "刷新页面，看过最新内容再办理。", code="batch.changed")
        name_act(db, actor=officer.name, action=f"proposal.batch-{act}", request_id=officer.request_id)
        batches.go_on(
            db,
            rows,
            act,
            number,
            officer=steps.Officer(officer.name, officer.roles),
            on=on or date.today(),
            body=body,
        )
    return done(f"/desk/naming/batches/{batch}", f"已办理：{OFFICE_ACTS[act]} {len(rows)} 个名称。")
