"""Batches of comparison: upload an export, see the counts, fetch the package, hand it over."""

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
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import package, queue, terms
from gazetteer.exchange.rehearsal import write_rehearsal
from geo.problems import NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange")
Token = Annotated[str, Form(max_length=200)]
HOME: Final = "/desk/exchange"
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
        f"{HOME}/{batch}?state=待核" if number["待核"] else f"{HOME}/{batch}",
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


def _areas(db: Session) -> list[tuple[str, str]]:
    rows = db.execute(text("""
        SELECT left(d.code, 6), d.name FROM register.division d WHERE d.level = 3 AND d.valid_to IS NULL
          AND left(d.code, 6) IN (SELECT DISTINCT left(division, 6) FROM register.exchange_record) ORDER BY 1
    """))  # fmt: skip
    return [(row[0], row[1]) for row in rows]
