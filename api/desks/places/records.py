"""One record of the register at the desk: facts, map, past, other names, papers; corrections with a version check."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.desks.done import done
from api.desks.officer import Officer, officer_of
from api.desks.places.common import HANDLES, Code, Table, Token, category_word, href
from api.desks.places.spelling import advice, spelling
from api.pages.dates import day
from api.pages.templates import page
from gazetteer.culture import heritage, stories
from gazetteer.plates import records as plates
from gazetteer.register import desk, renaming
from gazetteer.registration import looking
from geo.cases import attachments
from geo.problems import Conflict, NotFound
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
    return _form(request, kind, row, {name: _text(row[name]) for name in desk.FIELDS[kind]})


@router.post("/{kind}/{code}/edit")
async def correct(request: Request, kind: Table, code: Code) -> Response:
    """Correct some fields, if the record is still the one that was shown."""
    given = await request.form()
    officer = officer_of(request, str(given.get("token", "")))
    values = {name: str(given[name]) for name in desk.FIELDS[kind] if name in given}
    before = {name: str(given.get(f"was.{name}", "")) for name in desk.FIELDS[kind]}
    version = str(given.get("version", ""))
    return await run_in_threadpool(
        _correct, request, kind, code, officer, values, before, int(version) if version.isdigit() else 0
    )


def _correct(
    request: Request, kind: Table, code: str, officer: Officer, values: dict[str, str], before: dict[str, str], version: int
) -> Response:  # fmt: skip
    try:
        with session() as db:
            act(db, actor=officer.name, action=f"{kind}.correct", request_id=officer.request_id)
            desk.correct(db, kind, code, values, version=version)
    except Conflict as problem:
        if problem.code != "version":
            raise
        return _clashed(request, kind, code, values, before)
    return done(href(kind, code), "已更正。")


def _clashed(
    request: Request, kind: Table, code: str, values: dict[str, str], before: dict[str, str]
) -> Response:
    """The form again on the newest version, what the other officer wrote beside what this one did; nothing is lost.

    A field that only one of the two touched keeps that one's wording.
    """
    with session() as db:
        row = desk.record(db, kind, code)
        last = next(reversed(desk.past(db, kind, code)), None)
    now = {name: _text(row[name]) for name in desk.FIELDS[kind]}
    mine = {name: value.strip() for name, value in values.items()}
    shown = {name: now[name] if mine.get(name, "") == before[name].strip() else mine[name] for name in now}
    clashes = [(title, before[name], now[name], shown[name]) for name, title in desk.FIELDS[kind].items()
               if now[name] != shown[name] or now[name] != before[name].strip()]  # fmt: skip
    return _form(request, kind, row, shown, clashes=clashes, last=last, status=409)


def _form(
    request: Request, kind: Table, row: dict[str, Any], values: dict[str, str], *, clashes: Sequence[Any] = (),
    last: desk.Past | None = None, status: int = 200,
) -> Response:  # fmt: skip
    now = {name: _text(row[name]) for name in desk.FIELDS[kind]}
    return page(
        request, "places/edit.html", status=status, record=row, kind=kind, fields=desk.FIELDS[kind], values=values, now=now,
        href=href(kind, row["code"]), advice=advice(spelling(row)), clashes=clashes, last=last,
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


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


def _fact(value: object) -> object:
    return day(value) if isinstance(value, date) else f"{value:.10g}" if isinstance(value, float) else value


def _context(db: Session, kind: Table, code: str) -> dict[str, Any]:
    row = desk.record(db, kind, code)
    if kind == "place":
        row["category_word"] = category_word(row["category"])
    if kind == "address":
        row["state"] = "现行" if row["valid_to"] is None else "注销"
        row["handle_word"] = HANDLES.get(row["handle_kind"], "")
    named = kind != "address"
    return {
        "record": row, "kind": kind, "href": href(kind, code), "facts": [(w, _fact(row.get(n))) for n, w in _FACTS.items()],
        "shape": desk.shape(db, kind, code), "past": desk.past(db, kind, code), "aliases": desk.aliases(db, kind, code),
        "renamings": renaming.of_record(db, code) if named else [], "files": attachments.of(db, kind, code),
        "papers": PAPERS, "heritage": heritage.of(db, code) if named else [], "classes": heritage.CLASSES,
        "levels": heritage.LEVELS, "stories": stories.of(db, code, public=False) if named else [],
        "media": attachments.of(db, stories.OWNER, code) if named else [],
        "cases": [] if named else looking.cases_of(db, code), "plates": [] if named else plates.listed(db, address=code),
        "successor": None if named else looking.successor(db, code),
    }  # fmt: skip
