"""The office's page of the field (外业): devices in use, what they brought, what waits; shutting a lost one out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.field.waiting import marker_of
from api.desks.officer import officer_of
from api.pages.templates import page
from boundary import access
from boundary.field import conflicts, devices
from geo.problems import NotFound
from geo.store.engine import act, session
from geo.store.sight import SEES

router = APIRouter(include_in_schema=False, prefix="/desk/field")


@router.get("")
def home(request: Request) -> Response:
    """Devices and the number of conflicts that wait."""
    with session() as db:
        found = devices.listed(db, SEES.get())
        waiting = sum(
            access.marker_within(db, marker_of(one.subject), SEES.get()) for one in conflicts.listed(db)
        )
    return page(request, "field/devices.html", devices=found, waiting=waiting)


@router.post("/devices/{device}/revoke")
def revoke(request: Request, device: UUID, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Take nothing more from a device."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="field.revoke", request_id=officer.request_id)
        if str(device) not in [one.id for one in devices.listed(db, SEES.get())]:
            raise NotFound("没有这个在用的设备", "请刷新设备清单")
        devices.revoke(db, str(device))
    return done("/desk/field", "设备已停用，不再接收它的同步。设备上的数据请当面清除。")
