"""The import wizard (导入向导): upload, look at the columns, say the datum, check, import."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse
from sqlalchemy import text
from starlette.datastructures import FormData

from api.desks.data import work
from api.desks.data.orders import SHELF, Order, find, keep, recent, save
from api.desks.data.words import DATUMS, ENDINGS, POSITION_TITLES, TITLES, TOLD, on_the_page
from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.register.importing.sheet import POSITION
from gazetteer.register.kinds import KINDS
from geo.files import guess_columns, read_table
from geo.problems import BadInput, Conflict, Finding, NotFound, Problem
from geo.store.engine import act as name_act
from geo.store.engine import session
from geo.store.jobs import defer

router = APIRouter(include_in_schema=False, prefix="/desk/data")

FIRST = 5
_BATCHES = text("""
    SELECT id, kind, file_name, imported_at, actor, row_count, inserted, updated, unchanged, refused, undone_at
    FROM register.import_batch ORDER BY id DESC LIMIT 20
""")
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def home(request: Request) -> Response:
    """The form for a file, imports under way, what was imported, what can be fetched."""
    return _home(request)


@router.post("")
def take(
    request: Request, file: Annotated[UploadFile, File()], kind: Annotated[str, Form(max_length=20)] = "",
    token: Token = "",
) -> Response:  # fmt: skip
    """Keep the file, read its columns, and go to its page."""
    officer = officer_of(request, token)
    try:
        if kind not in dict(TITLES):
            raise BadInput("还没有选择种类。", "请选择这个文件是哪一类数据。", code="import.kind")
        order = keep(file.file, file.filename or "", kind, officer.name)
        _look_into(order)
    except Problem as problem:
        return _home(request, problem)
    return done(f"/desk/data/{order.key}")


@router.get("/{key}")
def shown(request: Request, key: str) -> Response:
    """How far the file is: its columns, the findings of the check, the progress, the outcome."""
    order = find(key)
    kind = KINDS[order.kind]
    fields = [(f.name, f.title, f.required, _choices(order)) for f in kind.fields]
    if kind.shape != "none":
        fields += [(name, title, False, _choices(order)) for name, title in POSITION_TITLES.items()]
    findings = [Finding("import", s, w, e, r) for s, w, e, r in order.findings]
    return page(
        request, "data/import.html", order=order, kind=kind, fields=fields, datums=DATUMS, findings=findings
    )


@router.post("/{key}")
async def ask(request: Request, key: str) -> Response:
    """Check the file with these columns and this datum, or import it after a check."""
    form = await request.form()
    officer = officer_of(request, str(form.get("token", "")))
    order = find(key)
    if order.at_work:
        raise Conflict("这个文件正在处理。", "请等它结束，进度写在页面上。", code="import.at-work")
    dry_run = form.get("step") != "import"
    if dry_run:
        _take_choices(order, form)
    elif order.state != "checked" or (order.refused and not order.partial):
        raise Conflict(
            "这个文件还没有通过检查。", "请先检查，改正或除去有问题的行。", code="import.unchecked"
        )
    order.state, order.said, order.findings, order.refused = "checking" if dry_run else "importing", "", [], 0
    order.step, order.done, order.total = "排队", 0, 0
    save(order)
    with session() as db:
        action = "import.check" if dry_run else "import.start"
        name_act(
            db, actor=officer.name, action=action, request_id=officer.request_id, detail={"file": order.name}
        )
        defer(db, work.NAME, key=order.key, dry_run=dry_run)
    return done(f"/desk/data/{key}")


@router.get("/{key}/refused")
def refused(key: str) -> Response:
    """The rows that were left out, to be mended and given again."""
    order = find(key)
    made = next(order.folder.glob("*.refused.csv"), None)
    if made is None:
        raise NotFound("没有被除外的行。", "这个文件的行都已入库。", code="import.none-refused")
    return FileResponse(made, media_type="text/csv; charset=utf-8", filename=made.name)


def _look_into(order: Order) -> None:
    table, kind = read_table(order.path), KINDS[order.kind]
    wanted = {f.name: (f.title, *f.headers) for f in kind.fields} | (POSITION if kind.shape != "none" else {})
    order.headers, order.rows = list(table.headers), len(table)
    order.mapping = dict(guess_columns(table.headers, wanted).mapping)
    columns = [column[:FIRST] for column in table.columns.values()]
    order.first = [
        ["" if cell is None else str(cell)[:60] for cell in row] for row in zip(*columns, strict=True)
    ]
    save(order)


def _choices(order: Order) -> list[tuple[str, str]]:
    return [(header, header) for header in order.headers]


def _take_choices(order: Order, form: FormData) -> None:
    names = [*(f.name for f in KINDS[order.kind].fields), *POSITION]
    chosen = {name: str(form.get(f"column-{name}", "")) for name in names}
    order.mapping = {name: header for name, header in chosen.items() if header in order.headers}
    datum = str(form.get("datum", ""))
    order.datum = datum if datum in dict(DATUMS) else ""
    order.partial, order.trust = bool(form.get("partial")), bool(form.get("trust"))


def _home(request: Request, problem: Problem | None = None) -> Response:
    with session() as db:
        batches = db.execute(_BATCHES).mappings().all()
    trouble = on_the_page(f"{problem.sentence}{problem.remedy}") if problem else ""
    return page(
        request, "data/home.html", status=problem.status if problem else 200, kinds=TITLES, titles=TOLD,
        trouble=trouble, orders=recent(), batches=batches, endings=ENDINGS, most_mb=SHELF.most_bytes // 2**20,
    )  # fmt: skip
