"""Photos to and from the field: announced, brought piece by piece; last round's photos to take along."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import Field

from api.answers import request_id
from api.desks.field.sync import Subject
from api.parameters import Latitude, Longitude, PlainText, Strict
from api.security.caller import check_csrf, identify
from boundary.field import devices, inspections, taking, uploads
from boundary.field.trades import parts
from boundary.inspection import read_photo
from geo.problems import NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/field")

MOST_PIECE: Final = 1024 * 1024


class PhotoGiven(Strict):
    """A photo that a device is going to bring."""

    device: UUID
    id: UUID
    subject: Subject
    name: PlainText
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=1, le=20 * 2**20)
    face: str = Field("", max_length=20)
    direction: float | None = Field(None, ge=0, lt=360)
    taken_at: datetime | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    accuracy_m: float | None = Field(None, ge=0, lt=100_000)


@router.post("/photos")
def announce(request: Request, given: PhotoGiven) -> Response:
    """Begin an upload or learn from where to go on."""
    check_csrf(request)
    caller = identify(request)
    photo = uploads.Announcement(
        str(given.id), given.subject, given.name, given.sha256, given.size, given.face, given.direction,
        given.taken_at, given.lon, given.lat, given.accuracy_m,
    )  # fmt: skip
    with session() as db:
        act(db, actor=caller.name, action="field.photo", request_id=request_id(request))
        devices.check(db, str(given.device), account=caller.name)
        _check_subject(db, caller, given.subject)
        found = uploads.announce(db, photo, device=str(given.device), actor=caller.name)
    return _told(found)


@router.put("/photos/{upload}")
def bring(
    request: Request,
    upload: UUID,
    device: Annotated[UUID, Query()],
    offset: Annotated[int, Query(ge=0)],
    piece: Annotated[bytes, Body(media_type="application/octet-stream", max_length=MOST_PIECE)],
) -> Response:
    """One piece from an offset; the last one attaches the photo to its record."""
    check_csrf(request)
    caller = identify(request)
    with session() as db:
        act(db, actor=caller.name, action="field.photo", request_id=request_id(request))
        devices.check(db, str(device), account=caller.name)
        found = uploads.bring(db, str(upload), offset, piece, device=str(device))
        if found.done:
            inspections.carry_photos(db, parts(uploads.subject_of(db, str(upload)))[1])
    return _told(found)


@router.get("/last/{photo}")
def last(request: Request, photo: UUID) -> Response:
    """A photo of an earlier round, for those whose line it is."""
    with session() as db:
        if not taking.may_see_photo(db, identify(request), str(photo)):
            raise NotFound("没有这张照片", "请重新“带走”")
        found, content = read_photo(db, photo)
    return Response(content, media_type=found.media_type, headers={"cache-control": "no-store"})


def _check_subject(db: Any, caller: Any, subject: str) -> None:
    kind, code = parts(subject)
    trade = inspections.TRADES.get(kind)
    reason = trade.refusal(db, code, {}, caller) if trade else "不认识的外业记录"
    if reason:
        raise NotFound(reason, "请更新外业任务")


def _told(found: uploads.Progress) -> Response:
    body = orjson.dumps({"received": found.received, "done": found.done})
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})
