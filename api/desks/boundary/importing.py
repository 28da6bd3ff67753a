"""Register forms (界桩登记表、成果表) in by hand: upload, findings by row and field, differences, take in, take back."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy.orm import Session

from api.desks.boundary import taken
from api.desks.boundary.parts import HOME, download, logged, seer
from api.desks.boundary.taken import Taken
from api.desks.data.words import DATUMS, on_the_page
from api.desks.done import done
from api.desks.officer import Officer, officer_of, reader_of
from api.pages.templates import page
from boundary import access, register
from boundary.exporting import export_markers
from boundary.importing.differing import Guard, Seen, watching
from boundary.importing.run import import_file
from boundary.importing.taking_back import take_back
from boundary.reading_log import note_read
from boundary.tolerances import tolerances
from geo.problems import Conflict, Finding, NotAllowed, Problem
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)
Token = Annotated[str, Form(max_length=200)]
SHOWN: Final = 300
COLUMNS: Final = "columns.found"
STATES: Final = {
    "refused": "有问题，没有入库", "checked": "已检查，没有入库", "done": "已入库", "undone": "已撤销",
}  # fmt: skip
_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/import")
def form(request: Request) -> Response:
    """The form for a file, and the newest files."""
    return _form(request)


@router.post("/import")
def take(
    request: Request, file: Annotated[UploadFile, File()], datum: Annotated[str, Form(max_length=20)] = "",
    token: Token = "",
) -> Response:  # fmt: skip
    """Keep the file and check it; nothing is written yet."""
    officer = officer_of(request, token)
    try:
        made = taken.keep(file.file, file.filename or "", officer.name, datum)
    except Problem as problem:
        return _form(request, problem)
    _run(made, officer, dry_run=True)
    return done(f"{HOME}/import/{made.key}")


@router.get("/import/{key}")
def shown(request: Request, key: str) -> Response:
    """What the check found, or what was taken in."""
    made = taken.find(key)
    with session() as db:
        codes = [str(one["code"]) for one in made.changes]
        officer = reader_of(request)
        note_read(db, codes, actor=officer.name, door="登记表导入", request_id=officer.request_id)
    findings = [Finding("import", s, w, e, r, row=row) for s, row, w, e, r in made.findings]  # type: ignore[arg-type]
    return page(request, "boundary/import.html", taken=made, findings=findings, home=HOME, state=STATES[made.state],
                titles=made.columns, at=datetime.fromtimestamp(made.at).astimezone())  # fmt: skip


@router.post("/import/{key}")
def put_in(request: Request, key: str, token: Token = "") -> Response:
    """Write what was checked."""
    officer, made = officer_of(request, token), taken.find(key)
    if made.state != "checked":
        raise Conflict("这个文件没有通过检查，或已经入库", "请重新上传改正后的文件")
    _run(made, officer, dry_run=False)
    return done(f"{HOME}/import/{key}", made.said if made.state == "done" else "没有入库，原因见下。")


@router.post("/import/{key}/undo")
def undo(request: Request, key: str, token: Token = "") -> Response:
    """Put everything back as it was before the file."""
    officer, made = officer_of(request, token), taken.find(key)
    if made.state != "done":
        raise Conflict("这个文件没有入库，或已经撤销", "请刷新页面")
    with session() as db:
        _own(officer)(db, [str(one["code"]) for one in made.changes])
    take_back(made.before, made.added, made.versions, actor=officer.name, tolerances=tolerances())
    made.state = "undone"
    taken.save(made)
    return done(
        f"{HOME}/import/{key}", f"已撤销：改回 {len(made.before)} 颗，停用新增的 {len(made.added)} 颗。"
    )


@router.get("/lines/{code}/markers.{ending}")
def export(request: Request, code: str, ending: Literal["csv", "xlsx"]) -> Response:
    """The registers of one line's markers as a file that the import takes back; internal, noted in the audit."""
    with session() as db:
        access.check_line(db, seer(request), code)
        line, known = register.line(db, code), register.markers(db, code)
        logged(db, request, known, "登记表导出")
    with tempfile.TemporaryDirectory(prefix="diming-export-") as folder:
        file = Path(folder) / f"markers.{ending}"
        export_markers(file, [one.code for one in known])
        return download(file.read_bytes(), f"{line.name}界桩登记表（内部）.{ending}", _MEDIA[ending])


def _run(made: Taken, officer: Officer, *, dry_run: bool) -> None:
    """Check or write; what came of it stands in ``made``."""
    seen = Seen()
    try:
        report = import_file("markers", made.path, datum=made.datum or None, dry_run=dry_run, actor=officer.name,
                             steps=watching(seen, tolerances(), _own(officer)))  # fmt: skip
    except Problem as problem:
        found = list(problem.findings)
        wrong = len({one.row for one in found if one.severity == "block"})
        told = (
            f"{wrong} 行有问题，整个文件没有入库。"
            if wrong
            else on_the_page(f"{problem.sentence}{problem.remedy}")
        )
        made.state, made.said = "refused", told
    else:
        made.state, made.said = "checked" if dry_run else "done", on_the_page(report.sentence())
        made.state = "refused" if report.refused else made.state
        made.columns, found = report.columns, list(report.findings)
        made.changes, made.before, made.versions = (
            [asdict(one) for one in seen.changes],
            seen.before,
            seen.versions,
        )
    # Which columns were recognised stands at the side of the page, in Chinese.
    shown = [f for f in found if f.code != COLUMNS][:SHOWN]
    made.findings = [[f.severity, f.row, _column(f.where), f.evidence, on_the_page(f.remedy)] for f in shown]
    taken.save(made)


def _column(where: str) -> str:
    """The column of ``第 3 行 · 序号``; the row has a place of its own."""
    return where.rpartition(" · ")[2]


def _own(officer: Officer) -> Guard:
    """Stops where a marker is on none of the officer's lines."""

    def guard(db: Session, codes: Collection[str]) -> None:
        strange = [code for code in codes if not access.may_see_marker(db, officer, code)]
        if strange:
            raise NotAllowed(f"{'、'.join(strange[:5])} 不在您辖区的界线上", "请由界线相邻一方或上级科室导入")

    return guard


def _form(request: Request, problem: Problem | None = None) -> Response:
    trouble = on_the_page(f"{problem.sentence}{problem.remedy}") if problem else ""
    return page(
        request, "boundary/import_new.html", status=problem.status if problem else 200, trouble=trouble, home=HOME,
        datums=DATUMS, files=taken.recent(), states=STATES, most_mb=taken.SHELF.most_bytes // 2**20,
    )  # fmt: skip
