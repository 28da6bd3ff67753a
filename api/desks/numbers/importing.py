"""Batch import at the desk (批量导入): the file is checked and shown with row numbers; a second press writes it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.done import done
from api.desks.numbers.kept import keep, kept
from api.desks.numbers.parts import HOME, clerk_of
from api.pages.templates import page
from gazetteer.registration import importing
from geo.files import format_of, read_table
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
def take(request: Request, file: Annotated[UploadFile | None, File()] = None,
         step: Annotated[str, Form(max_length=10)] = "check", key: Annotated[str, Form(max_length=32)] = "",
         name: Annotated[str, Form(max_length=200)] = "", token: Annotated[str, Form(max_length=200)] = "") -> Response:  # fmt: skip
    """``check`` tells what each row would do; ``write`` writes the whole file or nothing.

    ``key`` stands for the file that was checked a moment ago, so that it need not be chosen again.
    """
    clerk = clerk_of(request, token)
    try:
        if file is not None and file.filename:
            name, key = _taken(file, clerk.name)
        place = kept(key, who=clerk.name)
        table = read_table(place)
        with session(timeout_s=0) as db:
            checked = importing.check(db, table)
            if step == "write":
                name_act(db, actor=clerk.name, action="registration.import", request_id=clerk.request_id,
                         detail={"file": name, "rows": len(table)})  # fmt: skip
                batch = importing.write(db, checked, clerk, name=PurePath(name).name)
                place.unlink(missing_ok=True)
                return done(f"{HOME}/batches", f"第{batch}批：已登记{len(checked.rows)}件。")
    except Problem as problem:
        return _page(request, problem=problem)
    return _page(request, checked=checked, file_name=name, key=key)


def _taken(file: UploadFile, who: str) -> tuple[str, str]:
    """Keep what came; its plain name and its key."""
    name = PurePath((file.filename or "").replace("\\", "/")).name[:200]
    if format_of(name) not in ("csv", "xlsx"):
        raise BadInput("只收 CSV 和 XLSX。", "请另存为其中一种再上传。", code="file.format")
    content = file.file.read(MOST_BYTES + 1)
    check_size(name, len(content), MOST_BYTES)
    return name, keep(name, content, who=who)


def _page(request: Request, *, problem: Problem | None = None, checked: importing.Checked | None = None,
          file_name: str = "", key: str = "") -> Response:  # fmt: skip
    return page(
        request, "numbers/import.html", status=problem.status if problem else 200, checked=checked, file_name=file_name,
        key=key if checked and not checked.refused and checked.rows else "",
        trouble=problem.sentence + problem.remedy if problem else "",
        findings=list(problem.findings if problem else checked.findings if checked else ())[:300],
        columns=[(names[0], "、".join(names[1:])) for names in importing.FIELDS.values()], most=importing.MOST_ROWS,
    )  # fmt: skip
