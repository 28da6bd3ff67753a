"""The phone before the plate (外业): one page that works without a network, and the door where its acts come in."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, File, Form, Header, Request, Response, UploadFile

from api.desks.officer import officer_of, reader_of
from api.desks.plates.look import look
from api.pages.templates import FOLDER, page
from gazetteer.plates import hanging, records
from gazetteer.plates.records import Plate
from gazetteer.plates.repairs import CAUSES
from gazetteer.plates.signing import public_keys
from geo.problems import TooMuch
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False)

PAGE: Final = "/field/plates"
MOST_WORK: Final = 2000
MOST_PHOTO: Final = 900_000
"""Bytes of one photo; the page makes them smaller before it sends them."""
_STATIC: Final = FOLDER.parent / "static"
_KEPT: Final = ("js/plates/field.js", "js/plates/outbox.js", "js/plates/camera.js", "js/plates/codes.js",
                "css/plates.css", "css/tokens.css",
                "css/site.css", "css/components.css", "vendor/tabler.min.css", "vendor/idb.js", "img/mark.svg")  # fmt: skip
_WORKER: Final = _STATIC / "js" / "plates" / "worker.js"
#: The camera is for this page alone; every other page keeps it shut.
_CAMERA: Final = {"permissions-policy": "camera=(self), microphone=(), geolocation=(self)"}


@router.get(PAGE)
def frame(request: Request) -> Response:
    """The page itself; what it lists comes separately and is kept on the phone."""
    answer = page(request, "plates/field.html", causes=CAUSES)
    answer.headers.update(_CAMERA)
    return answer


@router.get(f"{PAGE}/sw.js")
def worker() -> Response:
    """The worker that keeps the page for times without a network; a new version of any file makes it new."""
    files = [f"/static/{name}" for name in _KEPT]
    body = _WORKER.read_text(encoding="utf-8").replace('"%VERSION%"', f'"{_version()}"')
    body = body.replace('["%FILES%"]', orjson.dumps(files).decode())
    headers = {"service-worker-allowed": PAGE, "cache-control": "no-cache"}
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/v1/field/plates")
def work(request: Request) -> Response:
    """What this person has to hang, and the public keys, to be kept on the phone: no photos, no persons."""
    officer = reader_of(request)
    with session() as db:
        found = records.listed(db, state="arrived", town=officer.division_code or "", limit=MOST_WORK)
    body = {"plates": [_work(plate) for plate in found], "keys": public_keys(), "context": "diming plate 1\n"}
    return Response(orjson.dumps(body), media_type="application/json", headers={"cache-control": "no-store"})


@router.get("/v1/field/plates/{code}")
def one(request: Request, code: str) -> Response:
    """One plate that was scanned and is not in the list on the phone."""
    return Response(orjson.dumps(_work(look(request, code).plate)), media_type="application/json",
                    headers={"cache-control": "no-store"})  # fmt: skip


@router.post("/v1/field/plates")
def take_in(
    request: Request,
    idempotency_key: Annotated[uuid.UUID, Header()],
    code: Annotated[str, Form(max_length=11)],
    done: Annotated[str, Form(max_length=30)],
    at: Annotated[datetime, Form()],
    lon: Annotated[float | None, Form(ge=-180, le=180)] = None,
    lat: Annotated[float | None, Form(ge=-90, le=90)] = None,
    accuracy: Annotated[float | None, Form(ge=0, le=100_000)] = None,
    note: Annotated[str, Form(max_length=200)] = "",
    photos: Annotated[list[UploadFile], File()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Take in one act; the key makes a second sending harmless."""
    officer = officer_of(request)
    given = hanging.Done(
        idempotency_key, code, done, at.astimezone(), lon, lat, accuracy, note, _photos(photos)
    )
    with session() as db:
        act(
            db,
            actor=officer.name,
            action=f"plate.field.{done.partition(':')[0]}",
            request_id=officer.request_id,
        )
        answer = hanging.take_in(db, given, actor=officer.name, shown=officer.shown, roles=officer.roles)
    return Response(orjson.dumps(answer), 201, media_type="application/json")


def _photos(given: list[UploadFile]) -> list[tuple[str, bytes]]:
    found = []
    for number, photo in enumerate(given[:4], 1):
        content = photo.file.read(MOST_PHOTO + 1)
        if len(content) > MOST_PHOTO:
            raise TooMuch(f"第 {number} 张照片太大。", "请在外业页面里拍照，页面会自动缩小。")
        found.append((f"照片{number}.jpg", content))
    return found


def _work(plate: Plate) -> dict[str, Any]:
    return {"code": plate.code, "address": plate.standard_address, "near": _from_township(plate), "kind": plate.kind, "state": plate.state,
            "state_label": plate.state_label, "lon": plate.lon, "lat": plate.lat, "made_up": plate.made_up,
            "replaced_by": plate.replaced_by}  # fmt: skip


def _from_township(plate: Plate) -> str:
    """The address from its township on, which is what tells a plate from the next."""
    at = plate.standard_address.find(plate.town_name) if plate.town_name else -1
    return plate.standard_address[max(at, 0) :]


@lru_cache(maxsize=1)
def _version() -> str:
    whole = hashlib.sha256()
    for name in _KEPT:
        whole.update((_STATIC / name).read_bytes())
    whole.update((FOLDER / "plates" / "field.html").read_bytes())
    return whole.hexdigest()[:12]
