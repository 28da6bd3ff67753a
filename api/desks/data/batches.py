"""What was imported (导入记录), one import at a time: what it did, and taking it back while nothing stands on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.desks.data import work
from api.desks.data.words import TOLD
from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.register.importing import undoing
from geo.store.engine import act as name_act
from geo.store.engine import session
from geo.store.jobs import defer

router = APIRouter(include_in_schema=False, prefix="/desk/data/batches")


@router.get("/{batch}")
def shown(request: Request, batch: int) -> Response:
    """What the import added and changed, whether it can be taken back, and what prevents it."""
    with session() as db:
        seen = undoing.look(db, batch)
    return page(request, "data/batch.html", batch=seen, kind_title=TOLD.get(seen.kind, seen.kind))


@router.post("/{batch}/undo")
def undo(request: Request, batch: int, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Take it back in the background; the page tells how far it is."""
    officer = officer_of(request, token)
    with session() as db:
        name_act(db, actor=officer.name, action="import.undo", request_id=officer.request_id)
        undoing.ask(db, batch)
        defer(db, work.UNDO, batch=batch, actor=officer.name)
    return done(f"/desk/data/batches/{batch}")
