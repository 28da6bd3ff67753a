"""``/v1/plates``: for staff the list, for everybody one plate by its code, slowed down like the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from api.desks.plates.look import knows_codes, look
from api.parameters import PlainText
from api.resources import shapes
from api.resources.kinds import Resource
from api.resources.parameters import ListQuery, OneQuery, loose
from api.resources.query import Wanted, features, one, rows
from api.security.caller import identify
from geo.problems import NotAllowed, NotFound, NotLoggedIn
from geo.store.engine import session

router = APIRouter(prefix="/v1", tags=["登记库"])

_INSIDE = "r.address IN (SELECT q.address FROM register.address_point q WHERE q.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4490))"
PLATES = Resource(
    "plates", "门牌",
    """SELECT r.code, r.kind, r.state, s.label AS state_label, r.reason, r.replaces, n.code AS replaced_by, r.address,
              a.standard_address, a.division, d.name AS division_name, r.made_up, p.geom
       FROM register.plate_as_of(:day) r
       JOIN register.case_state s ON s.machine = 'plate' AND s.state = r.state
       JOIN register.address a ON a.code = r.address LEFT JOIN register.division d ON d.code = a.division
       LEFT JOIN register.plate n ON n.replaces = r.code AND n.retired_at IS NULL
       LEFT JOIN LATERAL (
         SELECT q.geom FROM register.address_point q WHERE q.address = a.code
         ORDER BY array_position(ARRAY['entrance', 'plate', 'unit', 'building', 'parcel'], q.kind) LIMIT 1
       ) p ON true
       WHERE true""",
    "a.standard_address",
    _INSIDE,
    {"state": "r.state = :state", "kind": "r.kind = :kind", "address": "r.address = :address",
     "division": "a.division LIKE :division"},
)  # fmt: skip


class PlateQuery(ListQuery):
    """Filters of ``/v1/plates``."""

    state: PlainText | None = Field(
        None, description="ordered making arrived hung damaged missing replaced retired 之一。"
    )
    kind: PlainText | None = Field(None, description="门牌种类，例如 小门牌。")
    address: PlainText | None = Field(None, description="地址编码。")


@router.get("/plates", summary="门牌（工作人员，或权限含“门牌清单”的密钥）", response_class=Response)
def plates(request: Request, asked: Annotated[PlateQuery, Query()]) -> Response:
    """Plates in the order of their codes, at the registered place of their door; a key of one division sees only its own."""
    wanted = _within(request, asked)
    form = shapes.accepted(request)
    with session() as db:
        found = (rows if form == shapes.CSV else features)(db, PLATES, wanted)
    link = shapes.next_link(request, loose(asked), found.cursor)
    return shapes.table(found, link, "plates") if form == shapes.CSV else shapes.geojson(found, link)


@router.get("/plates/{code}", summary="一块门牌", response_class=Response)
def plate(
    request: Request,
    code: Annotated[str, Path(max_length=64)],
    asked: Annotated[OneQuery, Query()],
) -> Response:
    """One plate by the code that stands on it; unknown codes are counted and slowed down."""
    known = look(request, code).plate
    with session() as db:
        found = one(db, PLATES, known.code, asked.as_of or date.today())
    if found is None:
        raise NotFound("那一天还没有这块门牌。", "请换一个日期。", code="no-such-plate")
    return Response(found[0], media_type=shapes.GEOJSON)


def _within(request: Request, asked: PlateQuery) -> Wanted:
    """What was asked, held to the division of the key that asks.

    Raises:
        NotLoggedIn: nobody known asks.
        NotAllowed: the key was made for something else, or the division asked for is not its own.
    """
    caller, wanted = identify(request), asked.wanted()
    if not caller.known:
        raise NotLoggedIn(
            "门牌清单要登录后查看。", "请先登录，或使用权限含“门牌清单”的密钥；单块门牌按编码查询不用登录。"
        )
    if not knows_codes(request):
        raise NotAllowed("这个密钥没有查看门牌清单的权限。", "请使用权限含“门牌清单”（plates）的密钥。")
    home = (caller.division_code or "").rstrip("0") if caller.kind == "key" else ""
    if not home:
        return wanted
    division = asked.division or caller.division_code or ""
    if not division.startswith(home):
        raise NotAllowed(
            "这个密钥只能查看自己辖区的门牌。", f"请把 division 写成 {home} 开头的代码，或不填。"
        )
    return replace(wanted, filters={**wanted.filters, "division": division})
