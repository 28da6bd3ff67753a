"""Reporting what is wrong (报错), open to everybody, and the list for those who work on it."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import reports
from api.desks.persons import note_persons
from api.pages.login import address_of
from api.parameters import Strict
from api.reports import Report
from api.security.caller import identify
from geo.store.engine import session

router = APIRouter(prefix="/v1", tags=["报错"])


class ListQuery(Strict):
    """Which page of the list."""

    before: int = Field(2**62, ge=1, le=2**62, description="只列编号 id 小于它的，用于翻页。")
    limit: int = Field(50, ge=1, le=200)


@router.post("/reports", status_code=201, summary="报错：位置、名称不对或缺少地址", response_class=Response)
def report(request: Request, given: Report) -> Response:
    """Take a report; the answer holds its number. No account is needed, ten an hour at most."""
    with session() as db:
        number = reports.take(db, given, address=address_of(request), actor=identify(request).name)
    return Response(orjson.dumps({"number": number}), 201, media_type="application/json")


@router.get("/reports", summary="报错清单（工作人员）", response_class=Response)
def list_reports(request: Request, asked: Annotated[ListQuery, Query()]) -> Response:
    """The newest first; ``next`` leads on while there are more."""
    with session() as db:
        found = reports.listed(db, before=asked.before, count=asked.limit)
        told = [str(one["number"]) for one in found if one["contact"]]
        note_persons(db, request, "register.report", told, door="/v1/reports")
    more = f"/v1/reports?before={found[-1]['id']}&limit={asked.limit}" if len(found) == asked.limit else None
    return Response(orjson.dumps({"reports": found, "next": more}), media_type="application/json")
