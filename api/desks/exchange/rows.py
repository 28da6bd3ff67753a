"""One row of the queue: both wordings side by side, decided field by field."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.desks.done import done
from api.desks.exchange.batches import HOME, SIDES, STATE_KINDS
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import queue
from gazetteer.exchange.fields import COMPARED, TAKEN, TITLES
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange")


@router.get("/{batch}/{number}")
def show(request: Request, batch: int, number: int) -> Response:
    """The row."""
    with session() as db:
        row = queue.one(db, batch, number)
    return page(request, "exchange/row.html", row=row, fields=COMPARED, titles=TITLES, taken=TAKEN, side=SIDES[row.side],
                state_kind=STATE_KINDS[row.state])  # fmt: skip


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
        following = queue.rows(db, batch, state="待核", after=number, most=1)
    target = f"{HOME}/{batch}/{following[0].number}" if following else f"{HOME}/{batch}"
    return done(target, f"第 {number} 条记为“{state}”。")
