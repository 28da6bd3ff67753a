"""One marker (界桩): facts, map, reference objects, files, and its records with photos through the rounds."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Final

import shapely
from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.boundary.parts import (
    HOME,
    MARKER_LEGEND,
    collection,
    feature,
    line_feature,
    logged,
    marker_feature,
    seer,
)
from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from boundary import access, events, register
from boundary.inspection import of_marker, read_photo, svg_of
from boundary.papers.words import degrees, metres, turned
from geo.cases import attachments
from geo.geometry import bearing, direction_word
from geo.problems import NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/markers")
OWNER: Final = "marker"
_AROUND_DEG: Final = 0.003
FILES: Final = (
    ("sketch", "位置略图"), ("register", "登记表扫描件"), ("photo", "界桩照片"), ("agreement", "三交点协议"),
    ("minutes", "三交点纪要"), ("other", "其他附件"),
)  # fmt: skip
Token = Annotated[str, Form(max_length=200)]


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """The record of a marker; the reading of its position is noted in the audit."""
    with session() as db:
        access.check_marker(db, seer(request), code)
        known = register.marker(db, code)
        officer = logged(db, request, [known], "界桩页")
        walked = of_marker(db, code)
        files = attachments.of(db, OWNER, code)
        on = register.lines(db, known.lines)
        happened = [e for e in events.listed(db, known.lines) if e.marker == code]
    things = [feature(register.place_of(known, one), "thing", one.name) for one in known.references]
    return page(
        request, "boundary/marker.html", marker=known, walked=walked, files=files, events=happened, home=HOME,
        kinds=FILES, words=dict(FILES), shape=collection([*(_near(x, known) for x in on), *things, marker_feature(known)]),
        legend=MARKER_LEGEND, degrees=degrees, metres=metres, turned=turned, direction_word=direction_word,
        svg_of=svg_of, may_file=bool(officer.roles & {"officer", "reviewer"}), seen_from=_seen_from(known),
    )  # fmt: skip


@router.post("/{code}/files")
def attach(
    request: Request, code: str, file: Annotated[UploadFile, File()], kind: Annotated[str, Form()] = "other",
    token: Token = "",
) -> Response:  # fmt: skip
    """Put a sketch, a scan or a photo to the marker's record."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_marker(db, officer, code)
        act(db, actor=officer.name, action="marker.attach", request_id=officer.request_id)
        chosen = kind if kind in dict(FILES) else "other"
        attachments.put(db, OWNER, code, chosen, file.filename or "", file.file.read(attachments.MOST_BYTES + 1),
                        actor=officer.name)  # fmt: skip
    return done(f"{HOME}/markers/{code}", "已上传。")


@router.get("/{code}/files/{file}")
def fetch(request: Request, code: str, file: uuid.UUID) -> Response:
    """One file of the record."""
    with session() as db:
        access.check_marker(db, seer(request), code)
        found, content = attachments.read(db, file)
        if (found.owner, found.subject) != (OWNER, code):
            raise NotFound("没有这个附件", "请刷新页面")
    return _shown(content, found.media_type)


@router.get("/{code}/photos/{photo}")
def photo(request: Request, code: str, photo: uuid.UUID) -> Response:
    """A photo of one of the marker's records."""
    with session() as db:
        access.check_marker(db, seer(request), code)
        if not any(one.id == photo for record in of_marker(db, code) for one in record.photos):
            raise NotFound("没有这张照片", "请刷新页面")
        found, content = read_photo(db, photo)
    return _shown(content, found.media_type)


def _near(line: register.Line, known: register.Marker) -> dict[str, Any]:
    """The part of a line around the marker, so that the map opens on the marker and not on the whole line."""
    found = line_feature(line)
    if line.course is not None and known.point is not None:
        part = shapely.intersection(line.course, known.point.buffer(_AROUND_DEG))
        found["geometry"] = shapely.geometry.mapping(part) if not part.is_empty else None
    return found


def _shown(content: bytes, media_type: str) -> Response:
    headers = {"cache-control": "private, no-store", "x-content-type-options": "nosniff"}
    if not media_type.startswith("image/") or media_type == "image/svg+xml":
        headers["content-disposition"] = "attachment"
    return Response(content, media_type=media_type, headers=headers)


def _seen_from(known: register.Marker) -> dict[int, str]:
    """In which of the sixteen directions, by true north, each reference object stands."""
    found = {}
    for one in known.references:
        spot = register.place_of(known, one)
        if spot is not None and known.point is not None and not spot.equals(known.point):
            found[one.serial] = direction_word(bearing(known.point, spot))
    return found
