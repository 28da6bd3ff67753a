"""One row of the queue: both wordings side by side, decided field by field."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api.desks.done import done
from api.desks.exchange.listing import HOME, NARROWING, SIDES, STATE_KINDS
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import queue
from gazetteer.exchange.fields import COMPARED, TAKEN, TITLES
from gazetteer.exchange.matching import point_of
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange")
LEGEND: Final = (
    {"key": "ours", "label": "登记册的位置", "tone": "plate", "shape": "dot"},
    {"key": "theirs", "label": "国家库的位置", "tone": "marker", "shape": "dot"},
)


@router.get("/{batch}/{number}")
def show(request: Request, batch: int, number: int) -> Response:
    """The row."""
    with session() as db:
        row = queue.one(db, batch, number)
    narrowed = [
        (name, request.query_params[name][:200]) for name in NARROWING if name in request.query_params
    ]
    order = sorted(COMPARED, key=lambda name: name not in row.differing)
    return page(request, "exchange/row.html", row=row, order=order, shapes=_shapes(row), legend=LEGEND, point_of=point_of, titles=TITLES, taken=TAKEN,
                side=SIDES[row.side], state_kind=STATE_KINDS[row.state], narrowed=narrowed)  # fmt: skip


def _shapes(row: queue.Row) -> dict[str, Any]:
    """Where either side puts the name, as features of a map."""
    features = []
    for key, fields in (("ours", row.ours), ("theirs", row.theirs)):
        at = point_of(fields.get("gdm", ""))
        if at is not None:
            shape = {"type": "Point", "coordinates": at} if key == "theirs" else json.loads(fields["gdm"])
            features.append(
                {
                    "type": "Feature",
                    "geometry": shape,
                    "properties": {"id": key, "class": key, "label": row.name},
                }
            )
    return {"type": "FeatureCollection", "features": features}


@router.post("/{batch}/{number}")
async def decide(request: Request, batch: int, number: int) -> Response:
    """Decide the differing fields, or set a state by hand; then the next row that waits."""
    given = {name: str(value) for name, value in (await request.form()).items()}
    officer = officer_of(request, given.get("token", ""))
    version, note = int(given.get("version", "0") or 0), given.get("note", "")
    with session() as db:
        act(db, actor=officer.name, action="exchange.decide", request_id=officer.request_id)
        if given.get("to"):
            queue.mark(db, batch, number, given["to"], version=version, actor=officer.name, note=note)
            state = given["to"]
        else:
            choice = {
                name.removeprefix("field-"): value
                for name, value in given.items()
                if name.startswith("field-")
            }
            state = queue.decide(db, batch, number, choice, version=version, actor=officer.name, note=note)
        narrowed = {name: given[name][:200] for name in NARROWING if given.get(name)}
        following = queue.rows(db, batch, state="待核", after=number, most=1, **narrowed)
    # On to the next that waits among those the officer was looking at; after the last, back to their list.
    target = f"{HOME}/{batch}/{following[0].number}" if following else f"{HOME}/{batch}"
    return done(f"{target}?{urlencode(narrowed)}" if narrowed else target, f"第 {number} 条记为“{state}”。")
