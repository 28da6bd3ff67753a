"""地名标志 at the desk: the list of all signs, the order on a name's record, what was made, set up and photographed."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.done import done
from api.desks.export import csv_of
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.naming.reach import own_of, own_town, within_reach
from api.desks.officer import Officer, officer_of, reader_of
from api.pages.templates import page
from gazetteer.proposal import batch as batches
from gazetteer.proposal import signs, steps
from gazetteer.proposal.store import PAGE
from geo.cases import attachments
from geo.problems import Conflict, NotFound
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")

COLUMNS = (Column("name", "名称"), Column("spot", "设置位置"), Column("town", "镇街"), Column("state", "状态"),
           Column("ordered", "下单", kind="date"), Column("made", "制作", kind="date"), Column("set", "设置", kind="date"),
           Column("photos", "照片", kind="number"), Column("code", "编号", kind="code"))  # fmt: skip
KINDS = {"ordered": "check", "made": "likely", "set": "sure", "removed": "none"}
_FILTERS = (Filter("state", "状态", (("all", "全部"), *signs.STATES.items())), Filter("photo", "照片", (("yes", "有"), ("no", "没有"))),
            Filter("q", "名称、位置或编号"), Filter("set_year", "设置年度", kind="when-set"))  # fmt: skip
Token = Annotated[str, Form(max_length=200)]
Day = Annotated[date | None, Form()]


@router.get("/signs")
def listed(request: Request) -> Response:
    """Signs that still have to be set, unless the address bar asks otherwise."""
    asked, wanted = _asked(request)
    at = int(asked.cursor) if asked.cursor.isdigit() else 1
    with session() as db:
        rows = [_row(sign) for sign in signs.listed(db, wanted, at=at)]
        total = signs.count(db, wanted)
    more = str(at + 1) if at * PAGE < total else ""
    listing = Listing(asked, COLUMNS, rows, total, more, export="/desk/naming/signs/export",
                      empty=("没有要设置的地名标志", "名称公告后，在申请记录里登记标志。", "/desk/naming?state=announced", "已公告的申请"))  # fmt: skip
    return page(request, "naming/signs.html", listing=listing, year=date.today().year)


@router.get("/signs/export")
def export(request: Request) -> Response:
    """The same list as CSV, every row."""
    with session() as db:
        rows = [_row(sign).cells for sign in signs.listed(db, _asked(request)[1], size=100_000)]
    return csv_of(COLUMNS, rows, f"地名标志-{date.today().isoformat()}")


@router.get("/signs/photos/{file}")
def photo(request: Request, file: UUID) -> Response:
    """One photo of a sign."""
    with session() as db:
        found, content = attachments.read(db, file)
        if found.owner != signs.OWNER:
            raise NotFound("没有这张照片。", "请刷新页面。")
        within_reach(db, signs.find(db, found.subject).proposal, reader_of(request))
    return Response(content, media_type=found.media_type, headers={
        "content-disposition": f"inline; filename*=UTF-8''{quote(found.name)}", "cache-control": "no-store"})  # fmt: skip


@router.post("/{code}/signs")
def order(
    request: Request,
    code: str,
    spots: Annotated[str, Form(max_length=20_000)] = "",
    maker: Annotated[str, Form(max_length=100)] = "",
    on: Day = None,
    token: Token = "",
) -> Response:
    """Order the signs of a name, a line of the form for each; a spot that was offered keeps its position."""
    officer = officer_of(request, token)
    lines = list(dict.fromkeys(line.strip() for line in spots.splitlines() if line.strip()))
    with session() as db:
        known = within_reach(db, code, officer)
        offered = {spot.words: spot for spot in signs.spots(db, known)}
        name_act(db, actor=officer.name, action="sign.order", request_id=officer.request_id)
        made = signs.order(db, code, [offered.get(line, signs.Spot(line)) for line in lines],
                           officer=_who(officer), on=on or date.today(), maker=maker)  # fmt: skip
    return done(f"/desk/naming/{code}#signs", f"已登记 {len(made)} 块标志。")


@router.post("/batches/{batch}/signs")
def order_batch(
    request: Request,
    batch: str,
    maker: Annotated[str, Form(max_length=100)] = "",
    on: Day = None,
    token: Token = "",
) -> Response:
    """Order signs at the usual spots for every announced name of a batch that has none yet."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        rows = [row for row in own_of(batches.members(db, batch)[1], officer) if row.state == "announced"]
        rows = [row for row in rows if steps.signs_of(db, row.code) == (0, 0)]
        if not rows:
            raise Conflict("这个批次没有等待登记标志的名称。", "公告以后再登记标志。", code="batch.signs")
        name_act(db, actor=officer.name, action="sign.order-batch", request_id=officer.request_id)
        made = [signs.order(db, row.code, signs.spots(db, row), officer=_who(officer), on=on or date.today(), maker=maker)
                for row in rows]  # fmt: skip
    return done(
        f"/desk/naming/batches/{batch}", f"已为 {len(rows)} 个名称登记 {sum(map(len, made))} 块标志。"
    )


@router.post("/signs/{sign}")
def move(
    request: Request,
    sign: str,
    step: Annotated[str, Form(max_length=10)],
    version: Annotated[int, Form(ge=1)],
    file: Annotated[UploadFile | None, File()] = None,
    reason: Annotated[str, Form(max_length=500)] = "",
    on: Day = None,
    token: Token = "",
) -> Response:
    """Note that a sign was made, set up (with its photo) or taken down."""
    officer = officer_of(request, token)
    content = file.file.read() if file is not None else b""
    with session() as db:
        name_act(db, actor=officer.name, action=f"sign.{step}", request_id=officer.request_id)
        known = signs.find(db, sign)
        within_reach(db, known.proposal, officer)
        after = signs.move(
            db, sign, step, officer=_who(officer), on=on or date.today(), version=version, reason=reason
        )
        if content and file is not None:
            attachments.put(
                db, signs.OWNER, sign, "photo", file.filename or "照片.jpg", content, actor=officer.name
            )
    return done(f"/desk/naming/{known.proposal}#signs", f"标志 {sign}：{after.state_label}。")


def _who(officer: Officer) -> steps.Officer:
    return steps.Officer(officer.name, officer.roles)


def _asked(request: Request) -> tuple[Asked, signs.Filter]:
    asked = asked_of(request, _FILTERS, COLUMNS)
    state, year, photo = asked.value("state"), asked.value("set_year"), asked.value("photo")
    chosen = int(year) if year.isdigit() and len(year) == 4 else 0
    return asked, signs.Filter(
        state=state if state in signs.STATES else "", open="" if state or chosen else "1", set_year=chosen,
        town=own_town(reader_of(request)), q=asked.value("q"), photo=photo if photo in ("yes", "no") else "",
    )  # fmt: skip


def _row(sign: signs.Sign) -> Row:
    return Row(sign.code, f"/desk/naming/{sign.proposal}#signs", {
        "name": Cell(sign.name, note=sign.pinyin), "spot": sign.spot, "town": sign.town or "",
        "state": Cell(sign.state_label, kind=KINDS[sign.state]), "ordered": sign.ordered_on, "made": sign.made_on or "",
        "set": sign.set_on or "", "photos": sign.photos, "code": sign.code,
    })  # fmt: skip
