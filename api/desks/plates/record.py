"""The list of plates and the record of one: facts, face, place, history, what may be done."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.export import csv_of
from api.desks.lists import PAGE, Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import officer_of, reader_of
from api.desks.plates.parts import HOME, STATE_KINDS, STATE_WORDS, Token, attachment, tabs
from api.pages.templates import page
from gazetteer.plates import orders, records, repairs
from gazetteer.plates.codes import spaced
from gazetteer.plates.face.layout import face_of
from gazetteer.plates.face.pdf import pdf
from gazetteer.plates.face.svg import svg
from gazetteer.plates.face.words import words_of
from gazetteer.plates.kinds import profile
from gazetteer.plates.records import Plate
from geo.cases import attachments
from geo.cases.states import acts, history, move
from geo.problems import BadInput
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

COLUMNS = (Column("address", "地址"), Column("code", "门牌码"), Column("kind", "种类"), Column("state", "状态"),
           Column("maker", "制作单位"), Column("installer", "安装人"), Column("since", "状态自"))  # fmt: skip
FILTERS = (
    Filter("q", "地址或门牌码"),
    Filter("state", "状态", tuple(STATE_WORDS.items())),
    Filter("kind", "种类", tuple((name, name) for name in profile().kinds)),
    Filter("town", "镇街"),
    Filter("maker", "制作单位"),
    Filter("road", "路名"),
    Filter("installer", "安装人"),
    Filter("batch", "批次"),
    # What the year's figures lead to.
    Filter("ordered", "申领年份", kind="when-set"),
    Filter("hung", "安装年份", kind="when-set"),
    Filter("hanging", "截至日期在用", kind="when-set"),
)
#: Acts with a form and a rule of their own, offered elsewhere.
_ELSEWHERE = {"make", "receive", "remake", "hang", "replace", "mend"}


@router.get("")
def listed(request: Request) -> Response:
    """Plates by filter, fifty a page."""
    with session() as db:
        asked = asked_of(request, _filters(db), COLUMNS)
        found = records.listed(db, after=asked.cursor, limit=PAGE + 1, **_wanted(asked))
        total = records.count(db, **_wanted(asked))
    shown = found[:PAGE]
    listing = Listing(
        asked, COLUMNS, [_row(plate) for plate in shown], total=total, export=f"{HOME}/export",
        next_cursor=shown[-1].code if len(found) > PAGE else "",
        empty=("还没有门牌", "登记地址后，门牌在这里排队制作。", f"{HOME}/progress", "看进度"),
    )  # fmt: skip
    return page(request, "plates/list.html", listing=listing, tabs=tabs(""))


@router.get("/export")
def export(request: Request) -> Response:
    """The same list as CSV, every row."""
    asked = asked_of(request, FILTERS, COLUMNS)
    return csv_of(COLUMNS, _all_rows(_wanted(asked)), f"门牌-{date.today()}")


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """One plate: what it is, how it looks, where it hangs, what happened, what may be done now."""
    officer = reader_of(request)
    with session() as db:
        plate = records.get(db, code)
        face = svg(face_of(words_of(db, [code])[0]))
        steps = [step for step in acts(db, "plate", code, officer.roles) if step.act not in _ELSEWHERE]
        context: dict[str, Any] = {
            "events": history(db, "plate", code), "files": attachments.of(db, "plate", code),
            "orders": repairs.listed(db, plate=code), "steps": steps,
        }  # fmt: skip
    return page(request, "plates/record.html", plate=plate, face=face, spaced=spaced(code), shape=_shape(plate),
                kind=STATE_KINDS[plate.state], rules=profile(plate.town or "").kind(plate.kind), **context)  # fmt: skip


@router.post("/{code}/act")
def do(
    request: Request,
    code: str,
    step: Annotated[str, Form(alias="act", max_length=20)],
    note: Annotated[str, Form(max_length=2000)] = "",
    token: Token = "",
) -> Response:
    """Report as damaged or missing, or retire."""
    officer = officer_of(request, token)
    if step not in {"damage", "lose", "retire"}:
        raise BadInput("没有这种操作。", "请用页面上的按钮。", code="plate.act")
    with session() as db:
        name_act(db, actor=officer.name, action=f"plate.{step}", request_id=officer.request_id)
        if step == "retire":
            orders.retire(db, code, actor=officer.name, roles=officer.roles, note=note)
        elif step == "damage" or records.get(db, code).state == "hung":
            cause = "missing" if step == "lose" else "damaged"
            repairs.report(db, code, cause, note=note[:200], reporter=officer.shown, actor=officer.name,
                           roles=officer.roles)  # fmt: skip
        else:
            move(db, "plate", code, step, actor=officer.name, roles=officer.roles, note=note)
    return done(f"{HOME}/{code}", {"retire": "已注销。"}.get(step, "已记录，维修工单已开。"))


@router.get("/{code}/face.svg")
def face_svg(code: str) -> Response:
    """The face at its true size."""
    with session() as db:
        drawn = svg(face_of(words_of(db, [code])[0]))
    return Response(drawn, media_type="image/svg+xml", headers={"cache-control": "no-store"})


@router.get("/{code}/face.pdf")
def face_pdf(code: str) -> Response:
    """The face as a page of its true size."""
    with session() as db:
        made = pdf([face_of(words_of(db, [code])[0])])
    return Response(made, media_type="application/pdf", headers=attachment(f"门牌-{code}.pdf"))


@router.get("/photos/{photo}")
def photo(photo: uuid.UUID) -> Response:
    """A photo of a plate, for staff."""
    with session() as db:
        found, content = attachments.read(db, photo)
    if found.owner != "plate":
        raise BadInput("这不是门牌的照片。", "回到门牌记录重新打开。")
    headers = {"cache-control": "private, no-store"}
    return Response(content, media_type=found.media_type, headers=headers)


def _wanted(asked: Asked) -> dict[str, Any]:
    return {f.name: asked.value(f.name) for f in FILTERS}


def _filters(db: Session) -> list[Filter]:
    """The filters, townships by their names where the register has any."""
    towns = records.towns(db)
    return [Filter("town", "镇街", towns) if f.name == "town" and towns else f for f in FILTERS]


def _row(plate: Plate) -> Row:
    return Row(plate.code, f"{HOME}/{plate.code}", _cells(plate))


def _cells(plate: Plate) -> dict[str, object]:
    return {
        "address": Cell(plate.standard_address), "code": plate.code, "kind": plate.kind,
        "state": Cell(plate.state_label, kind=STATE_KINDS[plate.state] or "state"), "maker": plate.maker or "—",
        "installer": plate.installed_by or "—", "since": plate.since.date().isoformat(),
    }  # fmt: skip


def _all_rows(wanted: dict[str, Any]) -> Iterator[dict[str, object]]:
    after = ""
    while True:
        with session() as db:
            found = records.listed(db, after=after, limit=1000, **wanted)
        yield from (_cells(plate) for plate in found)
        if len(found) < 1000:
            return
        after = found[-1].code


def _shape(plate: Plate) -> dict[str, Any]:
    """The door as registered, and the place where the plate was hung."""
    points = (
        ("door", "登记的门", plate.lon, plate.lat),
        ("hung", "安装位置", plate.installed_lon, plate.installed_lat),
    )
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
         "properties": {"id": key, "class": key, "label": label, "made_up": plate.made_up}}
        for key, label, lon, lat in points if lon is not None
    ]}  # fmt: skip
