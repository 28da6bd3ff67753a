"""The register for programs to write, and the change feed (登记接口、变更订阅)."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api import repeats
from api.answers import request_id
from api.desks.places.common import Code, Named
from api.rights import OFFICE
from api.security.caller import Caller, check_csrf, identify
from gazetteer.register import desk, entering
from gazetteer.register.feed import MOST, changes
from geo.geometry.parse import parse
from geo.problems import BadInput, Conflict, NotAllowed
from geo.store.engine import act, session

router = APIRouter(prefix="/v1", tags=["登记库"])


class NewPlace(BaseModel):
    """A place name to register; ``geometry`` is GeoJSON, CGCS2000 degrees."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {
        "standard_name": "九峰山", "category": "A", "division": "331003000000",
        "geometry": {"type": "Point", "coordinates": [121.28, 28.64]}}})  # fmt: skip

    standard_name: str = Field(min_length=1, max_length=50, description="标准名称")
    category: str = Field(pattern="^[A-H]$", description="类别 A–H")
    division: str = Field(pattern=r"^\d{12}$", description="所在区划代码，12 位")
    geometry: dict[str, Any] | None = Field(default=None, description="GeoJSON 几何")
    origin: str = Field(default="", max_length=2000, description="来历")
    meaning: str = Field(default="", max_length=2000, description="含义")
    history: str = Field(default="", max_length=2000, description="历史沿革")
    location: str = Field(default="", max_length=500, description="位置描述")


@router.post("/places", status_code=201, summary="登记地名", response_class=Response)
async def add(request: Request, new: NewPlace) -> Response:
    """Register a place name; the same ``Idempotency-Key`` twice registers it once."""
    body = await request.body()
    return await run_in_threadpool(_add, request, new, body)


def _add(request: Request, new: NewPlace, body: bytes) -> Response:
    caller = _writer(request)
    repeat = repeats.of(request, caller.name, body)
    shape = parse(orjson.dumps(new.geometry).decode()) if new.geometry else None
    with session() as db:
        act(db, actor=caller.name, action="place.enter", request_id=request_id(request))
        if repeat and (before := repeat.answered(db)) is not None:
            return before
        made = entering.enter(db, entering.NewPlace(
            new.standard_name, new.category, new.division, shape, new.origin, new.meaning, new.history, new.location))  # fmt: skip
        answer = _answer(desk.record(db, "place", made.code), 201)
        answer.headers["location"] = f"/v1/places/{made.code}"
        if repeat:
            repeat.remember(db, answer)
    return answer


@router.patch("/places/{code}", summary="更正地名", response_class=Response)
def place(request: Request, code: Code, values: Annotated[dict[str, str], Body()]) -> Response:
    """Correct fields of a place name on the version that ``If-Match`` names."""
    return _correct(request, "place", code, values)


@router.patch("/roads/{code}", summary="更正道路", response_class=Response)
def road(request: Request, code: Code, values: Annotated[dict[str, str], Body()]) -> Response:
    """Correct fields of a road on the version that ``If-Match`` names."""
    return _correct(request, "road", code, values)


@router.get("/changes", summary="变更订阅", response_class=Response)
def feed(
    request: Request, since: Annotated[int, Query(ge=0, le=2**63 - 1, description="上次读到的序号")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST, description="最多几条")] = 500,
) -> Response:  # fmt: skip
    """Changes after a number in their order: insert, update, retire. Ask again with ``last`` to go on."""
    with session() as db:
        found = changes(db, since, most=limit)
    last = found[-1].seq if found else since
    link = f"{request.url.path}?since={last}&limit={limit}"
    rows = [
        {"seq": c.seq, "op": c.op, "kind": c.kind, "code": c.code, "at": c.at, "record": c.record}
        for c in found
    ]
    body = {"changes": rows, "last": last, "next": link if len(found) == limit else None}
    return Response(orjson.dumps(body), media_type="application/json", headers={"cache-control": "no-store"})


def _correct(request: Request, kind: Named, code: str, values: dict[str, str]) -> Response:
    caller, version = _writer(request), _version(request)
    with session() as db:
        act(db, actor=caller.name, action=f"{kind}.correct", request_id=request_id(request))
        desk.correct(db, kind, code, values, version=version)
        return _answer(desk.record(db, kind, code), 200)


def _writer(request: Request) -> Caller:
    """Who may write: an officer with the login's token, or a key made for writing.

    Raises:
        NotAllowed: neither.
    """
    caller = identify(request)
    if caller.roles & OFFICE or "write" in caller.scopes:
        check_csrf(request)
        return caller
    raise NotAllowed("没有登记的权限。", "请用有“登记”权限的账号或接口密钥。", code="not-allowed")


def _version(request: Request) -> int:
    said = request.headers.get("if-match", "").strip().strip('"')
    if not said:
        raise BadInput("没有 If-Match。", "先读取记录，把 ETag 放在 If-Match 里再提交。", code="if-match")
    if not said.isdigit():
        raise Conflict("If-Match 与当前版本不符。", "重新读取记录。", code="version")
    return int(said)


def _answer(row: dict[str, Any], status: int) -> Response:
    kept = {k: v for k, v in row.items() if k not in ("title", "act_id", "state_before")}
    return Response(
        orjson.dumps(kept, default=str), status, {"etag": f'"{row["version"]}"'}, "application/json"
    )
