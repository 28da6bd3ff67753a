"""Files of bad addresses (整改名单): the list of them, taking one in, starting it, fetching what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from api import lookup
from api.answers import problem_body
from api.desks.repairs.parts import HOME, officer_of, see_other, words
from api.pages.templates import page
from api.repairs import upload, work
from gazetteer.repair import batches, learning, result
from geo.files import write_table
from geo.problems import Problem
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

SAMPLE_NOTICE = "示例数据：标准地址和坐标由程序生成，不代表真实地址"
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def listed(request: Request) -> Response:
    """Every file with how far it is, and the form that takes in another."""
    return _list(request)


@router.post("")
def take_in(request: Request, file: Annotated[UploadFile, File()], token: Token = "") -> Response:
    """Read a file and go to its page, where the column is confirmed; the form again, with the reason, when refused."""
    officer = officer_of(request, token)
    try:
        given = upload.read(file.file, file.filename or "")
        with session(timeout_s=0) as db:
            made = batches.take_in(
                db, given, actor=officer.name, shown=officer.shown, request_id=officer.request_id
            )
    except Problem as problem:
        return _list(request, problem)
    return see_other(f"{HOME}/{made}")


@router.post("/{batch}/start")
def start(
    request: Request, batch: int, column: Annotated[str, Form(max_length=200)] = "", token: Token = ""
) -> Response:
    """Confirm the column; the matching goes on in the background."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        batches.start(db, batch, column, actor=officer.name, request_id=officer.request_id)
        work.queue(db, batch)
    return see_other(f"{HOME}/{batch}")


@router.get("/{batch}/file")
def fetch(batch: int) -> Response:
    """The file again in the format it had, every row and column, and what became of each row behind them."""
    with session(timeout_s=0) as db:
        known = batches.find(db, batch)
        out = result.repaired(db, known)
    encoding = "gb18030" if known.encoding.lower().startswith("gb") else "utf-8-sig"
    with tempfile.TemporaryDirectory(prefix="diming-repaired-") as folder:
        made = Path(folder) / f"repaired.{known.format}"
        notice = SAMPLE_NOTICE if out.made_up else None
        write_table(made, out.columns, notice=notice, layer=known.layer or "整改结果", encoding=encoding)
        body = made.read_bytes()
    name = f"{PurePath(known.file_name).stem}-整改结果.{known.format}"
    return Response(body, headers=_attachment(name), media_type=_MEDIA[known.format])


@router.get("/{batch}/training")
def training(batch: int) -> Response:
    """Confirmed rows as labelled lines for ``diming train``."""
    engine = lookup.engine()
    with session() as db:
        known = batches.find(db, batch)

    def lines() -> Iterator[str]:
        with session(timeout_s=0) as db:
            yield from learning.training_lines(db, batch, engine)

    name = f"{PurePath(known.file_name).stem}-训练数据.jsonl"
    return StreamingResponse(
        lines(), headers=_attachment(name), media_type="application/x-ndjson; charset=utf-8"
    )


def _attachment(name: str) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "cache-control": "no-store"}


def _list(request: Request, problem: Problem | None = None) -> Response:
    with session() as db:
        known = batches.newest(db)
    told = problem_body(problem, problem.status, request) if problem else None
    trouble = told["detail"] + told["remedy"] if told else ""
    findings = problem.findings if problem else ()
    status = problem.status if problem else 200
    return page(
        request, "repairs/list.html", status=status, batches=known, trouble=trouble, findings=findings,
        most_rows=upload.MOST_ROWS, most_mb=upload.MOST_BYTES // 2**20, **words(),
    )  # fmt: skip
