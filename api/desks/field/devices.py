"""The office's page of the field (外业): devices in use, what they brought, what waits; shutting a lost one out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from boundary.field import conflicts, devices
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/field")


@router.get("")
def home(request: Request) -> Response:
    """Devices and the number of conflicts that wait."""
    with session() as db:
        found = devices.listed(db)
        waiting = len(conflicts.listed(db))
    return page(request, "field/devices.html", devices=found, waiting=waiting)


@router.post("/devices/{device}/revoke")
def revoke(request: Request, device: UUID, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Take nothing more from a device."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="field.revoke", request_id=officer.request_id)
        devices.revoke(db, str(device))
    return done("/desk/field", "设备已停用，不再接收它的同步。设备上的数据请当面清除。")
