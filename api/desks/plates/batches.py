"""Batches (制作批次): put together, sheets for the maker, what came."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.desks.plates.parts import HOME, SAMPLE_NOTICE, Token, attachment, tabs
from api.pages.templates import page
from gazetteer.plates import batches, records
from gazetteer.plates.codes import read_code
from gazetteer.plates.face.grid import sheets_pdf
from gazetteer.plates.face.layout import face_of
from gazetteer.plates.face.pdf import MOST, pdf
from gazetteer.plates.face.words import words_of
from geo.files import write_table
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/batches")

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("")
def listed(request: Request) -> Response:
    """Every batch with its counts, and the form that puts the next together."""
    with session() as db:
        context: dict[str, Any] = {
            "batches": batches.newest(db),
            "waiting": batches.waiting(db),
            "makers": batches.makers(db),
            "roads": batches.waiting_roads(db),
        }
    return page(request, "plates/batches.html", tabs=tabs("/batches"), **context)


@router.post("")
def make(
    request: Request,
    maker: Annotated[str, Form(max_length=60)] = "",
    town: Annotated[str, Form(max_length=12)] = "",
    road: Annotated[str, Form(max_length=64)] = "",
    note: Annotated[str, Form(max_length=200)] = "",
    token: Token = "",
) -> Response:
    """Put what waits in a township, or along a road, together for a maker."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="plate.make", request_id=officer.request_id)
        code = batches.make(
            db, maker, actor=officer.name, roles=officer.roles, town=town, road=road.strip(), note=note
        )
    return done(f"{HOME}/batches/{code}", "批次已生成，可以下载制作清单和制作图。")


@router.get("/{code}")
def one(request: Request, code: str) -> Response:
    """A batch: its plates by route, its sheets, the form for a delivery, the faults so far."""
    with session() as db:
        batch = batches.get(db, code)
        plates = records.listed(db, batch=code, limit=500)
        faults = batches.faults_of(db, code)
        pdfs = -(-records.count(db, batch=code) // MOST)
    return page(request, "plates/batch.html", batch=batch, plates=plates, faults=faults, pdfs=pdfs)


@router.get("/{code}/sheet.{form}")
def sheet(code: str, form: Literal["csv", "xlsx"]) -> Response:
    """The maker's list."""
    with session(timeout_s=0) as db:
        batch = batches.get(db, code)
        columns = batches.sheet(db, code)
    with tempfile.TemporaryDirectory(prefix="diming-sheet-") as folder:
        made = Path(folder) / f"sheet.{form}"
        write_table(made, columns, notice=SAMPLE_NOTICE if batch.made_up else None, layer="制作清单")
        body = made.read_bytes()
    return Response(body, media_type=_MEDIA[form], headers=attachment(f"{code}-制作清单.{form}"))


@router.get("/{code}/faces.pdf")
def faces(code: str, part: Annotated[int, Query(ge=1, le=1000)] = 1) -> Response:
    """The faces at true size, in the order of the list; large batches in parts."""
    with session(timeout_s=0) as db:
        batches.get(db, code)
        wanted = records.codes(db, batch=code)[(part - 1) * MOST : part * MOST]
        drawn = [face_of(words) for words in words_of(db, wanted)]
    return Response(pdf(drawn), media_type="application/pdf", headers=attachment(f"{code}-制作图-{part}.pdf"))


@router.get("/{code}/sheets.pdf")
def sheets(code: str, part: Annotated[int, Query(ge=1, le=1000)] = 1) -> Response:
    """The faces laid side by side at true size with crop marks (拼版); large batches in parts."""
    with session(timeout_s=0) as db:
        batches.get(db, code)
        wanted = records.codes(db, batch=code)[(part - 1) * MOST : part * MOST]
        drawn = [face_of(words) for words in words_of(db, wanted)]
    return Response(sheets_pdf(drawn, code), media_type="application/pdf",
                    headers=attachment(f"{code}-拼版-{part}.pdf"))  # fmt: skip


@router.post("/{code}/receive")
def receive(
    request: Request,
    code: str,
    faults: Annotated[str, Form(max_length=20_000)] = "",
    came: Annotated[str, Form(max_length=100_000)] = "",
    token: Token = "",
) -> Response:
    """Take a delivery in; ``faults`` has a line for each bad plate: code, blank, what is wrong.

    ``came`` has the codes that were in the boxes, one a line; empty for all that were still out.
    """
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="plate.receive", request_id=officer.request_id)
        got = batches.receive(db, code, _faults(faults), actor=officer.name, roles=officer.roles,
                              came=list(_faults(came)) or None)  # fmt: skip
    return done(
        f"{HOME}/batches/{code}", f"已收货：合格 {got.good} 块，有问题 {got.faulty} 块（已退回重做）。"
    )


def _faults(said: str) -> dict[str, str]:
    """Codes of a field, one a line, each with the words behind it.

    Raises:
        BadInput: a line does not begin with a plate's code.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(said.splitlines(), 1):
        if not line.strip():
            continue
        typed, _, fault = line.strip().replace("，", " ").replace(",", " ").partition(" ")
        code = read_code(typed)
        if code is None:
            raise BadInput(
                f"第 {number} 行：“{typed[:20]}”不是门牌码。",
                "每行写一个门牌码和问题，例如“7K3M-9QXA-2BD 字错”。",
            )
        found[code] = fault.strip() or "未说明"
    return found
