"""Batches of comparison: upload an export, see the states, decide many at once, fetch the package, hand it over."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.lists import Bulk, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import package, queue, terms
from gazetteer.exchange.fields import FIELDS, TITLES
from gazetteer.exchange.rehearsal import write_rehearsal
from geo.problems import BadInput, NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange")
Token = Annotated[str, Form(max_length=200)]
HOME: Final = "/desk/exchange"
SIDES: Final = {"both": "两边都有", "national": "只在国家库", "local": "只在登记册"}
STATE_KINDS: Final = {"待核": "check", "一致": "sure", "需改": "likely", "已改": "sure", "存疑": "none"}
_COLUMNS: Final = (Column("name", "名称"), Column("number", "序号"), Column("code", "地名代码"), Column("differing", "不同的字段"),
                   Column("by", "匹配"), Column("state", "状态"))  # fmt: skip
_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json",
                 "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@router.get("")
def home(request: Request) -> Response:
    """Batches so far, and the upload."""
    with session() as db:
        made = db.execute(text("SELECT * FROM register.exchange_batch ORDER BY id DESC LIMIT 100")).all()
        number = {row.id: queue.counts(db, row.id) for row in made}
        areas = _areas(db)
        guesses = sum(not one.settled for one in terms.listed(db, "class"))
    return page(
        request,
        "exchange/home.html",
        batches=made,
        counts=number,
        areas=areas,
        states=queue.STATES,
        guesses=guesses,
    )


@router.post("")
def compare(
    request: Request,
    file: Annotated[UploadFile, File()],
    area: Annotated[str, Form(pattern=r"^\d{6}$")],
    token: Token = "",
) -> Response:
    """Compare an export with the register; seconds, so it is done at once."""
    officer = officer_of(request, token)
    name = Path((file.filename or "").replace("\\", "/")).name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{Path(name).suffix.lower()}"
        path.write_bytes(file.file.read())
        with session(timeout_s=0) as db:
            act(db, actor=officer.name, action="exchange.compare", request_id=officer.request_id)
            batch = queue.compare(db, path, actor=officer.name, area=area, file_name=name)
            number = queue.counts(db, batch)
    return done(
        f"{HOME}/{batch}",
        f"已比对 {sum(number.values())} 条：一致 {number['一致']} 条，待核 {number['待核']} 条。",
    )


@router.get("/export/{area}.{form}")
def export(area: str, form: str) -> Response:
    """All names of a county in the national fields."""
    if not (area.isdigit() and len(area) == 6):
        raise NotFound("没有这个县区。", "县区代码是 6 位数字。")
    return _file(
        lambda db, path: package.export(db, path, area=area), form, f"国家库格式-{area}-{date.today()}"
    )


@router.get("/rehearsal/{area}.csv")
def rehearsal(area: str, differing: Annotated[int, Query(ge=0, le=100_000)] = 366) -> Response:
    """An export to rehearse with: the register's own names with planted differences (示例数据)."""
    if not (area.isdigit() and len(area) == 6):
        raise NotFound("没有这个县区。", "县区代码是 6 位数字。")
    return _file(
        lambda db, path: write_rehearsal(db, path, area=area, differing=differing), "csv", f"演练导出-{area}"
    )


@router.get("/checked")
def checked(
    request: Request,
    year: Annotated[int, Query(ge=1990, le=2200)],
    state: Annotated[str, Query(max_length=4)] = "",
) -> Response:
    """The rows behind a yearly figure."""
    with session() as db:
        rows = db.execute(text("""
            SELECT DISTINCT ON (coalesce(nullif(place_code, ''), code, batch || '-' || number))
                   batch, number, name, place_code, state, checked_by, checked_at
            FROM register.exchange_row WHERE state <> '待核' AND extract(year FROM checked_at) = :year
              AND (:state = '' OR state = :state)
            ORDER BY coalesce(nullif(place_code, ''), code, batch || '-' || number), batch DESC
        """), {"year": year, "state": state}).all()  # fmt: skip
    return page(request, "exchange/checked.html", rows=rows[:5000], total=len(rows), year=year, state=state)


@router.get("/{batch}")
def listed(request: Request, batch: int) -> Response:
    """The queue of a batch."""
    fields = tuple((f.name, f.title) for f in FIELDS if f.compared)
    filters = (Filter("state", "状态", tuple((s, s) for s in queue.STATES)), Filter("side", "范围", tuple(SIDES.items())),
               Filter("field", "不同的字段", fields), Filter("q", "名称或代码"))  # fmt: skip
    asked = asked_of(request, filters, _COLUMNS)
    after = int(asked.cursor) if asked.cursor.isdigit() else 0
    wanted = {name: asked.value(name) for name in ("state", "side", "field", "q")}
    with session() as db:
        head = db.execute(
            text("SELECT * FROM register.exchange_batch WHERE id = :b"), {"b": batch}
        ).one_or_none()
        if head is None:
            raise NotFound(f"没有第 {batch} 批。", "返回清单。")
        found = queue.rows(db, batch, after=after, most=101, **wanted)
        number = queue.counts(db, batch)
    rows = [Row(str(r.number), f"{HOME}/{batch}/{r.number}", _cells(r)) for r in found[:100]]
    listing = Listing(asked, _COLUMNS, rows, None, str(found[99].number) if len(found) > 100 else "",
                      bulk=(Bulk("以登记册为准", f"{HOME}/{batch}/ours"),), empty=("这一批没有记录", "", "", ""))  # fmt: skip
    tabs = [("全部", f"{HOME}/{batch}", not asked.value("state"), sum(number.values()))]
    tabs += [(s, asked.link(state=s), asked.value("state") == s, n) for s, n in number.items()]
    return page(request, "exchange/batch.html", listing=listing, batch=head, counts=number, tabs=tabs)


@router.post("/{batch}/ours")
def ours(
    request: Request, batch: int, keys: Annotated[list[int] | None, Form()] = None, every: Annotated[str, Form()] = "",
    token: Token = "",
) -> Response:  # fmt: skip
    """The register is right in the ticked rows, or in every row that waits."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="exchange.decide", request_id=officer.request_id)
        chosen = keys or []
        if every:
            chosen = [row.number for row in queue.rows(db, batch, state="待核", most=1_000_000)]
        if not chosen:
            raise BadInput("没有选中的条目。", "先勾选，再成批办理。", code="bulk.empty")
        count = queue.ours_for_all(db, batch, chosen, actor=officer.name)
    return done(f"{HOME}/{batch}", f"{count} 条以登记册为准，已列入更新包。")


@router.get("/{batch}/package.{form}")
def fetch(batch: int, form: str) -> Response:
    """The change package."""
    return _file(
        lambda db, path: package.write(db, batch, path), form, f"地名更新包-第{batch}批-{date.today()}"
    )


@router.post("/{batch}/delivered")
def delivered(request: Request, batch: int, token: Token = "") -> Response:
    """The package was handed over."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="exchange.deliver", request_id=officer.request_id)
        count = package.delivered(db, batch, actor=officer.name)
    return done(f"{HOME}/{batch}", f"{count} 条记为已改。")


def _file(make: Callable[[Session, Path], int], form: str, name: str) -> Response:
    if form not in _TYPES:
        raise NotFound("没有这种格式。", f"可用：{'、'.join(_TYPES)}。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{form}"
        with session(timeout_s=0) as db:
            make(db, path)
        content = path.read_bytes()
    return Response(content, media_type=_TYPES[form], headers={
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}.{form}", "cache-control": "no-store"})  # fmt: skip


def _cells(row: queue.Row) -> dict[str, object]:
    return {
        "number": row.number, "name": row.name, "code": row.place_code, "by": row.matched_by or SIDES[row.side],
        "differing": "、".join(TITLES[name] for name in row.differing) or "—",
        "state": Cell(row.state, kind=STATE_KINDS[row.state], note=row.note),
    }  # fmt: skip


def _areas(db: Session) -> list[tuple[str, str]]:
    rows = db.execute(text("""
        SELECT left(d.code, 6), d.name FROM register.division d WHERE d.level = 3 AND d.valid_to IS NULL
          AND left(d.code, 6) IN (SELECT DISTINCT left(division, 6) FROM register.exchange_record) ORDER BY 1
    """))  # fmt: skip
    return [(row[0], row[1]) for row in rows]
