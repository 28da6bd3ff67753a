"""Markers and inspection records as JSON (``/v1/markers``, ``/v1/inspections``)."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AfterValidator, Field

from api.desks.boundary.parts import logged, seer
from api.parameters import PlainText, Strict
from api.resources.parameters import _box
from boundary import access, open_data, register, rounds
from boundary.inspection import of_round
from geo.problems import NotAllowed, NotFound
from geo.store.engine import session

router = APIRouter(prefix="/v1", tags=["界线"])

GEOJSON = "application/geo+json"
_READERS = frozenset({"officer", "reviewer", "auditor", "inspector"})
Code = Annotated[str, Path(max_length=64)]


class MarkerQuery(Strict):
    """What ``/v1/markers`` takes."""

    q: PlainText = Field("", description="界桩名称或编号包含的字。")
    bbox: Annotated[str, Field(max_length=200), AfterValidator(_box)] | None = Field(
        None, description="西,南,东,北，度。"
    )
    limit: int = Field(100, ge=1, le=1000, description="每页条数。")
    after: PlainText = Field("", description="从这个界桩代码之后继续。")
    line: PlainText = Field("", description="界线代码，与 precise 一起用。")
    precise: bool = Field(
        False,
        description="精确坐标和方位物，只给登录的本辖区界线工作人员，查阅留痕；其他人得到取整到百米的位置。",
    )


class PreciseQuery(Strict):
    """What ``/v1/markers/{code}`` takes."""

    precise: bool = Field(False, description="精确坐标，只给登录的本辖区界线工作人员，查阅留痕。")


class RoundQuery(Strict):
    """What ``/v1/inspections`` takes."""

    round: PlainText = Field(description="联检编号，例如 HL-2026。")


@router.get("/markers", summary="界桩", response_class=Response)
def markers(request: Request, asked: Annotated[MarkerQuery, Query()]) -> Response:
    """Public markers, rounded to squares of at least 100 m; precise ones of one line for its own people."""
    with session() as db:
        if asked.precise:
            _may_read(request)
            access.check_line(db, seer(request), asked.line)
            known = register.markers(db, asked.line)
            logged(db, request, known, "/v1/markers")
            return _collection(open_data.precise(known), private=True)
        box = _four(asked.bbox)
        found = open_data.rounded(db, q=asked.q, box=box, after=asked.after, most=asked.limit)
    return _collection(found)


@router.get("/markers/{code}", summary="一颗界桩", response_class=Response)
def marker(request: Request, code: Code, asked: Annotated[PreciseQuery, Query()]) -> Response:
    """One marker by its code, rounded, or precise for its own people."""
    with session() as db:
        if asked.precise:
            _may_read(request)
            access.check_marker(db, seer(request), code)
            known = register.marker(db, code)
            logged(db, request, [known], "/v1/markers")
            return _json(open_data.precise([known])[0], private=True)
        found = open_data.rounded(db, code=code, most=1)
    if not found:
        raise NotFound(f"没有代码为“{code}”的公开界桩", "请核对代码")
    return _json(found[0])


@router.get("/inspections", summary="界桩联检记录", response_class=Response)
def inspections(request: Request, asked: Annotated[RoundQuery, Query()]) -> Response:
    """The records of a round, for the people of its line; the reading is noted in the audit."""
    with session() as db:
        made = rounds.find(db, asked.round)
        access.check_line(db, seer(request), made.line)
        logged(db, request, register.markers(db, made.line), "/v1/inspections")
        found = open_data.inspections(of_round(db, asked.round))
    body = {"round": made.code, "title": made.title, "state": made.state, "inspections": found}
    return _json(body, private=True, media_type="application/json")


def _may_read(request: Request) -> None:
    if not seer(request).roles & _READERS:
        raise NotAllowed("精确坐标只给本辖区界线工作人员", "去掉 precise 可得到取整到百米的位置")


def _four(bbox: str | None) -> open_data.Box | None:
    if not bbox:
        return None
    west, south, east, north = (float(part) for part in bbox.split(","))
    return west, south, east, north


def _collection(features: list[dict[str, Any]], *, private: bool = False) -> Response:
    return _json(
        {"type": "FeatureCollection", "numberReturned": len(features), "features": features}, private=private
    )


def _json(body: object, *, private: bool = False, media_type: str = GEOJSON) -> Response:
    headers = {"cache-control": "private, no-store" if private else "no-cache"}
    return Response(orjson.dumps(body), media_type=media_type, headers=headers)
