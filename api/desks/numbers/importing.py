"""Batch import at the desk (批量导入): the file is checked and shown with row numbers; a second press writes it."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.done import done
from api.desks.numbers.parts import HOME, clerk_of
from api.pages.templates import page
from gazetteer.registration import importing
from geo.files import Table, format_of, read_table
from geo.files.limits import check_size
from geo.problems import BadInput, Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

MOST_BYTES = 8 * 2**20


@router.get("/import")
def blank(request: Request) -> Response:
    """The form and the columns it knows."""
    return _page(request)


@router.post("/import")
def take(request: Request, file: Annotated[UploadFile, File()], step: Annotated[str, Form(max_length=10)] = "check",
         token: Annotated[str, Form(max_length=200)] = "") -> Response:  # fmt: skip
    """``check`` tells what each row would do; ``write`` writes the whole file or nothing."""
    clerk = clerk_of(request, token)
    name = PurePath((file.filename or "").replace("\\", "/")).name[:200]
    try:
        table = _read(file, name)
        with session(timeout_s=0) as db:
            checked = importing.check(db, table)
            if step == "write":
                name_act(db, actor=clerk.name, action="registration.import", request_id=clerk.request_id,
                         detail={"file": name, "rows": len(table)})  # fmt: skip
                batch = importing.write(db, checked, clerk, name=name)
                return done(f"{HOME}/batches", f"第{batch}批：已登记{len(checked.rows)}件。")
    except Problem as problem:
        return _page(request, problem=problem)
    return _page(request, checked=checked, file_name=name)


def _read(file: UploadFile, name: str) -> Table:
    if format_of(name) not in ("csv", "xlsx"):
        raise BadInput("只收 CSV 和 XLSX。", "请另存为其中一种再上传。", code="file.format")
    with tempfile.TemporaryDirectory(prefix="diming-registrations-") as folder:
        kept = Path(folder) / f"upload{PurePath(name).suffix.lower()}"
        kept.write_bytes(file.file.read(MOST_BYTES + 1))
        check_size(name, kept.stat().st_size, MOST_BYTES)
        return read_table(kept)


def _page(request: Request, *, problem: Problem | None = None, checked: importing.Checked | None = None,
          file_name: str = "") -> Response:  # fmt: skip
    return page(
        request, "numbers/import.html", status=problem.status if problem else 200, checked=checked, file_name=file_name,
        trouble=problem.sentence + problem.remedy if problem else "",
        findings=list(problem.findings if problem else checked.findings if checked else ())[:300],
        columns=[(names[0], "、".join(names[1:])) for names in importing.FIELDS.values()], most=importing.MOST_ROWS,
    )  # fmt: skip
