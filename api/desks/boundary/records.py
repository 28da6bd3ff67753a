"""One marker's record in a round (联检记录) at the desk: read it, write it from a paper form, add photos."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.boundary.parts import HOME, logged, seer
from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from boundary import access, register, rounds
from boundary.inspection import Measured, Reading, ReferenceSeen, add_photo, of_round, record, svg_of
from boundary.inspection.words import EPOCHS, FACES, REFERENCE_STATES, STATES
from boundary.papers.words import degrees, metres, turned
from boundary.parties import sides_of_marker
from boundary.rounds.checking import doubts_of
from boundary.tolerances import tolerances
from geo import OFFICE_CLOCK
from geo.cases.attachments import MOST_BYTES
from geo.geometry import direction_word
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/rounds")
Token = Annotated[str, Form(max_length=200)]


@router.get("/{code}/markers/{marker}")
def show(request: Request, code: str, marker: str) -> Response:
    """The record with its photos and signatures, and the form that writes or changes it."""
    with session() as db:
        access.check_marker(db, seer(request), marker)
        made, known = rounds.find(db, code), register.marker(db, marker)
        officer = logged(db, request, [known], "联检记录")
        found = next((one for one in of_round(db, code) if one.reading.marker == marker), None)
        doubts = doubts_of(db, found, known.shown, tolerances()) if found else []
        sides = sides_of_marker(db, marker)
    return page(
        request, "boundary/record.html", round=made, marker=known, found=found, doubts=doubts, sides=sides, home=HOME,
        states=tuple((s, s) for s in STATES), seen=tuple((s, s) for s in REFERENCE_STATES),
        faces=tuple((f, f) for f in FACES), epochs=tuple((e, e) for e in EPOCHS), degrees=degrees, metres=metres,
        turned=turned, svg_of=svg_of, direction_word=direction_word,
        may_write=made.state == "field" and bool(officer.roles & {"officer", "reviewer", "inspector"}),
    )  # fmt: skip


@router.post("/{code}/markers/{marker}")
async def write(request: Request, code: str, marker: str) -> Response:
    """Write the record from a paper form, or its next wording."""
    form = {name: str(value)[:2000] for name, value in (await request.form(max_fields=60)).items()}
    officer = officer_of(request, form.get("token", ""))
    reading = _reading(code, marker, form)
    with session() as db:
        access.check_marker(db, officer, marker)
        access.check_walks(db, officer, code)
        act(db, actor=officer.name, action="inspection.record", request_id=officer.request_id)
        base = form.get("version", "")
        record(db, reading, base_version=int(base) if base.isdigit() else None)
    return done(f"{HOME}/rounds/{quote(code)}/markers/{quote(marker)}", "已保存记录。")


@router.post("/{code}/markers/{marker}/photos")
def photo(
    request: Request, code: str, marker: str, file: Annotated[UploadFile, File()],
    face: Annotated[str, Form(max_length=20)] = FACES[0], direction: Annotated[str, Form(max_length=10)] = "",
    token: Token = "",
) -> Response:  # fmt: skip
    """Put a photo to the record."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_marker(db, officer, marker)
        access.check_walks(db, officer, code)
        found = next((one for one in of_round(db, code) if one.reading.marker == marker), None)
        if found is None:
            raise BadInput("还没有这颗界桩的记录", "先保存记录，再上传照片")
        act(db, actor=officer.name, action="inspection.photo", request_id=officer.request_id)
        add_photo(db, found.id, face=face, name=file.filename or "照片.jpg", content=file.file.read(MOST_BYTES + 1),
                  actor=officer.name, direction=_number(direction, "照片方向"))  # fmt: skip
    return done(f"{HOME}/rounds/{quote(code)}/markers/{quote(marker)}", "已上传照片。")


def _reading(code: str, marker: str, form: dict[str, str]) -> Reading:
    try:
        at = datetime.fromisoformat(form.get("inspected_at", ""))
    except ValueError:
        raise BadInput("检查时间不是日期时间", "请按 2026-05-12T09:30 填写") from None
    return Reading(
        code, marker, form.get("state", ""), at if at.tzinfo else at.replace(tzinfo=OFFICE_CLOCK),
        form.get("inspectors", "").strip(), _measured(form), _references(form), bool(form.get("cleaned")),
        bool(form.get("repainted")), form.get("action", "").strip()[:500], form.get("note", "").strip(),
    )  # fmt: skip


def _measured(form: dict[str, str]) -> Measured | None:
    lon, lat = _number(form.get("lon", ""), "实测经度"), _number(form.get("lat", ""), "实测纬度")
    if lon is None or lat is None:
        return None
    return Measured(
        lon, lat, _number(form.get("accuracy_m", ""), "定位精度"), _number(form.get("height", ""), "实测高程"),
        form.get("epoch", ""), form.get("correction", "").strip()[:60],
    )  # fmt: skip


def _references(form: dict[str, str]) -> tuple[ReferenceSeen, ...]:
    return tuple(
        ReferenceSeen(n, form[f"ref{n}"], _number(form.get(f"ref{n}_az", ""), f"{n}号方位物方位角"),
                      _number(form.get(f"ref{n}_dist", ""), f"{n}号方位物距离"), form.get(f"ref{n}_note", "")[:200])
        for n in (1, 2, 3)
        if form.get(f"ref{n}")
    )  # fmt: skip


def _number(text: str, title: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        raise BadInput(f"{title}“{text[:20]}”不是数字", "请填写数字，不知道就留空") from None
    if not abs(value) < 1e9:
        raise BadInput(f"{title}“{text[:20]}”不是有效的数字", "请核对后重填")
    return value
