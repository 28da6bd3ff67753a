"""Addresses over the interface: ``POST /v1/addresses`` registers a door, ``PATCH /v1/addresses/{code}`` changes or ends one."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import text
from sqlalchemy.orm import Session

from api import repeats
from api.answers import request_id
from api.parameters import Latitude, Longitude
from api.security.caller import Caller, check_csrf, identify
from gazetteer.registration import deciding, taking
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import Application, Person
from geo.problems import BadInput, Conflict, NotAllowed, NotFound
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(prefix="/v1", tags=["登记库"])

Code = Annotated[str, Path(max_length=64, pattern=r"^[\w.-]+$")]
Plain = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


class NewAddress(BaseModel):
    """A door to be registered (新编)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    handle: Annotated[
        str, Field(max_length=64, pattern=r"^[\w.-]+$", description="道路、自然村或小区的编码。")
    ]
    number: Annotated[str, Field("", max_length=20, description="门牌号，空则按位置建议。")] = ""
    sub: Annotated[str, Field(max_length=3, pattern=r"^\d*$")] = ""
    lon: Longitude
    lat: Latitude
    applicant: Annotated[Plain, Field(min_length=1, description="申请人，不公开。")]
    use_reserved: bool = False
    note: Plain = ""


class Change(BaseModel):
    """What becomes of an address: another number (变更), or its end (注销)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    number: Annotated[str, Field(max_length=20)] = ""
    sub: Annotated[str, Field(max_length=3, pattern=r"^\d*$")] = ""
    retire: Literal[True] | None = Field(None, description="true：注销。")
    successor: Annotated[
        str, Field(max_length=64, pattern=r"^[\w.-]*$", description="注销后承继的地址编码。")
    ] = ""
    applicant: Annotated[Plain, Field(min_length=1)]
    note: Plain = ""

    @model_validator(mode="after")
    def _one(self) -> Change:
        if bool(self.number) == bool(self.retire):
            raise ValueError("number 和 retire 须给出一个")
        return self


@router.post("/addresses", status_code=201, summary="登记一个门牌（新编）", response_class=Response)
async def register(request: Request, given: NewAddress) -> Response:
    """Register a door; answers with its code, standard address and version (``ETag``). Repeat with ``Idempotency-Key``."""
    from starlette.concurrency import run_in_threadpool

    body = await request.body()
    return await run_in_threadpool(_register, request, given, body)


@router.patch("/addresses/{code}", summary="变更或注销一个门牌", response_class=Response)
async def change(request: Request, code: Code, given: Change) -> Response:
    """Change or end a door; ``If-Match`` names the version that was seen. Answers with the address that holds now."""
    from starlette.concurrency import run_in_threadpool

    body = await request.body()
    return await run_in_threadpool(_change, request, code, given, body)


def _register(request: Request, given: NewAddress, body: bytes) -> Response:
    caller, clerk = _writer(request)
    repeat = repeats.of(request, caller.name, body)
    with session() as db:
        if repeat and (answered := repeat.answered(db)):
            return answered
        name_act(db, actor=caller.name, action="address.register", request_id=request_id(request))
        asked = Application("新编", Person("单位", given.applicant), "接口", handle=given.handle, number=given.number,
                            sub=given.sub, lon=given.lon, lat=given.lat, use_reserved=given.use_reserved,
                            note=given.note)  # fmt: skip
        response = _done(db, taking.suggested(db, asked), clerk, 201)
        if repeat:
            repeat.remember(db, response)
    return response


def _change(request: Request, code: str, given: Change, body: bytes) -> Response:
    caller, clerk = _writer(request)
    repeat = repeats.of(request, caller.name, body)
    with session() as db:
        if repeat and (answered := repeat.answered(db)):
            return answered
        row = db.execute(
            text("SELECT version, coalesce(road, natvil, estate) AS handle, bld FROM register.address WHERE code = :c "
                 "FOR UPDATE"), {"c": code},
        ).one_or_none()  # fmt: skip
        if row is None:
            raise NotFound(f"没有编码为“{code}”的地址。", "请检查编码。")
        _match(request, row.version)
        name_act(db, actor=caller.name, action="address.change", request_id=request_id(request))
        asked = Application(
            "注销" if given.retire else "变更", Person("单位", given.applicant), "接口", address=code,
            handle="" if given.retire else row.handle or "", number=given.number, sub=given.sub,
            successor=given.successor, note=given.note,
        )  # fmt: skip
        response = _done(db, asked, clerk, 200)
        if repeat:
            repeat.remember(db, response)
    return response


def _done(db: Session, asked: Application, clerk: Clerk, status: int) -> Response:
    taken = taking.take(db, asked, clerk, on=date.today())
    deciding.do(db, taken.code, "approve", clerk)
    row = db.execute(
        text("SELECT a.code, a.standard_address, a.version, a.valid_from, a.valid_to, g.code AS registration "
             "FROM register.registration g JOIN register.address a ON a.code = g.result WHERE g.code = :g"),
        {"g": taken.code},
    ).mappings().one()  # fmt: skip
    body = orjson.dumps(dict(row))
    return Response(body, status, {"location": f"/v1/addresses/{row['code']}", "etag": f'"{row["version"]}"'},
                    "application/json")  # fmt: skip


def _writer(request: Request) -> tuple[Caller, Clerk]:
    """Who writes: an officer's login with its token, or an API key made for writing.

    Raises:
        NotAllowed: neither.
    """
    caller = identify(request)
    if caller.kind == "key" and "write" in caller.scopes:
        return caller, Clerk(
            caller.name, caller.shown_name, frozenset({"counter"}), None, request_id(request)
        )
    if caller.kind == "account" and caller.roles & {"officer", "counter"}:
        check_csrf(request)
        return caller, Clerk(
            caller.name, caller.shown_name, caller.roles, caller.division_code, request_id(request)
        )
    raise NotAllowed("没有登记地址的权限。", "请使用权限范围含“登记”的密钥，或由窗口、地名科登录后办理。")


def _match(request: Request, version: int) -> None:
    given = request.headers.get("if-match", "")
    if not given:
        raise BadInput("没有写 If-Match。", '带上所看到的版本，例如 If-Match: "3"。', code="if-match")
    if re.sub(r'^W/|"', "", given).strip('"') != str(version):
        raise Conflict("这条地址已被别人修改。", f"现为第 {version} 版，刷新后重新办理。", code="version")
