"""Devices and batches (外业同步): what goes along, what comes in, each item in a transaction of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from api.answers import request_id
from api.parameters import PlainText, Strict
from api.security.caller import Caller, check_csrf, identify
from boundary.field import devices, receiving, taking
from boundary.field.inspections import TRADES
from boundary.field.merge import Item
from boundary.field.receiving import Sender
from boundary.reading_log import note_read
from geo.problems import Problem, Unavailable
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/field")

MOST_ITEMS: Final = 50
Subject = Annotated[str, Field(min_length=3, max_length=160, pattern=r"^[a-z]+:[^\x00-\x1f]+$")]


class DeviceGiven(Strict):
    """A browser that introduces itself."""

    id: UUID
    label: PlainText = "外业设备"


class ItemGiven(Strict):
    """One thing written on a device."""

    client_id: UUID
    seq: int = Field(ge=1, le=2**53)
    subject: Subject
    act: Literal["write", "withdraw"] = "write"
    base_version: int = Field(ge=0, le=2**31 - 1)
    content: dict[str, Any] = Field(max_length=40)
    seen: dict[str, Any] = Field(default_factory=dict, max_length=10)
    made_at: datetime | None = None


class Batch(Strict):
    """What a device brings, and the versions of the records that it holds."""

    device: UUID
    items: list[ItemGiven] = Field(default_factory=list, max_length=MOST_ITEMS)
    known: dict[str, int] = Field(default_factory=dict, max_length=5000)


@router.get("/take")
def take(request: Request) -> Response:
    """All that goes along: precise positions, so never kept by a cache."""
    caller = identify(request)
    with session() as db:
        told = taking.package(db, caller)
        markers = [task["marker"]["code"] for task in told["tasks"]]
        note_read(db, markers, actor=caller.name, door="外业数据包", request_id=request_id(request))
    return _json(
        {**told, "account": caller.name, "shown": caller.shown_name, "division": caller.division_code or ""}
    )


@router.post("/devices", status_code=201)
def register(request: Request, given: DeviceGiven) -> Response:
    """Register the browser for the account; again is no error."""
    caller = _writer(request)
    with session() as db:
        act(db, actor=caller.name, action="field.device", request_id=request_id(request))
        devices.register(
            db, str(given.id), account=caller.name, division=caller.division_code or "", label=given.label
        )
    return _json({"registered": True}, 201)


@router.post("/devices/{device}/wiped")
def wiped(request: Request, device: UUID) -> Response:
    """The device wiped itself when somebody logged out."""
    caller = _writer(request)
    with session() as db:
        act(db, actor=caller.name, action="field.wiped", request_id=request_id(request))
        devices.note_wiped(db, str(device), account=caller.name)
    return _json({"noted": True})


@router.post("/sync")
def sync(request: Request, batch: Batch) -> Response:
    """Take items in, each on its own, and tell what changed elsewhere since the versions that the device holds."""
    caller = _writer(request)
    device = str(batch.device)
    with session() as db:
        devices.check(db, device, account=caller.name)
    answers = [_taken(request, caller, device, one) for one in sorted(batch.items, key=lambda one: one.seq)]
    with session() as db:
        act(db, actor=caller.name, action="field.look", request_id=request_id(request))
        records = taking.changed(db, caller, batch.known)
    return _json({"answers": answers, "records": records})


def _taken(request: Request, caller: Caller, device: str, given: ItemGiven) -> dict[str, Any]:
    item = Item(
        str(given.client_id), device, given.seq, given.base_version, given.content, given.act, given.seen
    )
    sender = Sender(caller.name, caller.roles, caller.division_code)
    try:
        with session() as db:
            act(db, actor=caller.name, action=f"field.{given.act}", request_id=request_id(request))
            found = receiving.receive(db, given.subject, item, sender, TRADES, made_at=given.made_at)
    except Unavailable:
        raise
    except Problem as problem:
        # One item that cannot be used must not keep the others back; the device keeps it with the reason.
        reason = f"{problem.sentence}。{problem.remedy}".replace("。。", "。")
        return {"client_id": item.client_id, "outcome": "refused", "was": "", "version": None, "fields": {},
                "reason": reason}  # fmt: skip
    return {
        "client_id": found.client_id, "outcome": found.outcome, "was": found.was, "version": found.version,
        "fields": dict(found.fields), "reason": found.reason,
    }  # fmt: skip


def _writer(request: Request) -> Caller:
    check_csrf(request)
    return identify(request)


def _json(told: Any, status: int = 200) -> Response:
    return Response(
        orjson.dumps(told), status, media_type="application/json", headers={"cache-control": "no-store"}
    )
