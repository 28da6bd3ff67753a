"""One record of the register at the desk: facts, map, past, other names, papers; corrections with a version check."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import officer_of
from api.desks.places.common import HANDLES, Code, Table, Token, category_word, href
from api.desks.places.spelling import advice, spelling
from api.pages.templates import page
from gazetteer.culture import heritage, stories
from gazetteer.register import desk, renaming
from geo.cases import attachments
from geo.problems import NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/places")

_FACTS = {
    "code": "编码", "national_code": "地名代码", "division_name": "所在区划", "specific": "专名", "generic": "通名",
    "romanisation": "罗马字母拼写", "pinyin": "汉语拼音", "road_class": "道路等级", "width_m": "宽度（米）", "length_m": "长度（米）",
    "start_text": "起点", "end_text": "止点", "direction": "走向", "origin": "来历", "meaning": "含义", "history": "历史沿革",
    "heritage": "保护名录", "location": "位置描述", "number": "门牌号", "auxiliary_address": "辅地址", "name": "名称",
    "valid_from": "启用日期", "valid_to": "停用日期", "source": "来源", "version": "版本",
}  # fmt: skip
PAPERS = (("approval", "批复"), ("form", "申请表"), ("map", "位置图"), ("other", "其他"))


@router.get("/{kind}/{code}")
def show(request: Request, kind: Table, code: Code) -> Response:
    """The record."""
    with session() as db:
        context = _context(db, kind, code)
    return page(request, "places/record.html", **context)


@router.get("/{kind}/{code}/edit")
def form(request: Request, kind: Table, code: Code) -> Response:
    """The form to correct it."""
    with session() as db:
        row = desk.record(db, kind, code)
    return page(
        request, "places/edit.html", record=row, kind=kind, fields=desk.FIELDS[kind], href=href(kind, code),
        advice=advice(spelling(row)),
    )  # fmt: skip


@router.post("/{kind}/{code}/edit")
async def correct(request: Request, kind: Table, code: Code) -> Response:
    """Correct some fields, if the record is still the one that was shown."""
    given = await request.form()
    officer = officer_of(request, str(given.get("token", "")))
    values = {name: str(given[name]) for name in desk.FIELDS[kind] if name in given}
    version = str(given.get("version", ""))
    with session() as db:
        act(db, actor=officer.name, action=f"{kind}.correct", request_id=officer.request_id)
        desk.correct(db, kind, code, values, version=int(version) if version.isdigit() else 0)
    return done(href(kind, code), "已更正。")


@router.post("/{kind}/{code}/files")
def attach(
    request: Request, kind: Table, code: Code, file: Annotated[UploadFile, File()],
    paper: Annotated[str, Form(alias="kind", max_length=20)] = "other", token: Token = "",
) -> Response:  # fmt: skip
    """Attach a paper to the record."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action=f"{kind}.attach", request_id=officer.request_id)
        desk.record(db, kind, code)
        attachments.put(db, kind, code, paper, file.filename or "", file.file.read(), actor=officer.name)
    return done(href(kind, code), "已上传。")


@router.get("/{kind}/{code}/files/{number}")
def paper(kind: Table, code: Code, number: uuid.UUID) -> Response:
    """One paper of the record."""
    with session() as db:
        found, content = attachments.read(db, number)
    if found.subject != code or found.owner not in (kind, stories.OWNER):
        raise NotFound("没有这个附件。", "请刷新页面。")
    return Response(content, media_type=found.media_type, headers={"content-disposition": "inline",
                    "x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'"})  # fmt: skip


def _context(db: Session, kind: Table, code: str) -> dict[str, Any]:
    row = desk.record(db, kind, code)
    if kind == "place":
        row["category_word"] = category_word(row["category"])
    if kind == "address":
        row["state"] = "现行" if row["valid_to"] is None else "注销"
        row["handle_word"] = HANDLES.get(row["handle_kind"], "")
    named = kind != "address"
    return {
        "record": row, "kind": kind, "href": href(kind, code), "facts": [(w, f"{v:.10g}" if isinstance(v := row.get(n), float) else v) for n, w in _FACTS.items()],
        "shape": desk.shape(db, kind, code), "past": desk.past(db, kind, code), "aliases": desk.aliases(db, kind, code),
        "renamings": renaming.of_record(db, code) if named else [], "files": attachments.of(db, kind, code),
        "papers": PAPERS, "heritage": heritage.of(db, code) if named else [], "classes": heritage.CLASSES,
        "levels": heritage.LEVELS, "stories": stories.of(db, code, public=False) if named else [],
        "media": attachments.of(db, stories.OWNER, code) if named else [],
    }  # fmt: skip
