"""Batches of numbers (编号批次): what was written in one stroke, its plates ordered in one press, the whole taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.numbers.parts import HOME, clerk_of
from api.pages.templates import page
from gazetteer.numbering import batches
from gazetteer.plates import orders
from gazetteer.registration import importing
from geo.store.engine import act as name_act
from geo.store.engine import bulk_act, session

router = APIRouter(include_in_schema=False, prefix=HOME)

KINDS = {"street": "整路编号", "village": "自然村编号", "estate": "小区编号", "import": "批量导入"}
Token = Annotated[str, Form(max_length=200)]


@router.get("/batches")
def listed(request: Request) -> Response:
    """Every batch with its buttons."""
    with session() as db:
        found = batches.newest(db)
    return page(request, "numbers/batches.html", batches=found, kinds=KINDS)


@router.post("/batches/{batch}/plates")
def order(request: Request, batch: int, token: Token = "") -> Response:
    """Order a plate for every door of the batch that has none; pressing twice orders once."""
    clerk = clerk_of(request, token)
    with (
        session(timeout_s=0) as db,
        bulk_act(
            db, actor=clerk.name, action="plate.order", request_id=clerk.request_id, detail={"batch": batch}
        ),
    ):
        batches.check_standing(db, batch)
        made = orders.order_all(
            db, batches.addresses_of(db, batch), actor=clerk.name, note=f"编号第{batch}批"
        )
    said = f"已为第{batch}批申领{len(made)}块门牌，待制作。" if made else f"第{batch}批的门牌都已申领过。"
    return done(f"{HOME}/batches", said)


@router.post("/batches/{batch}/undo")
def undo(request: Request, batch: int, token: Token = "") -> Response:
    """Take a whole batch back, with the plates ordered for it."""
    clerk = clerk_of(request, token)
    with session(timeout_s=0) as db:
        name_act(db, actor=clerk.name, action="number.undo", request_id=clerk.request_id)
        if batches.kind_of(db, batch) == "import":
            ended = importing.undo(db, batch, clerk, on=date.today())
        else:
            ended = batches.undo(db, batch, by=clerk.shown, on_day=date.today())
            orders.retire_all(db, batches.addresses_of(db, batch), actor=clerk.name, roles=clerk.roles,
                              note=f"第{batch}批撤销")  # fmt: skip
    return done(f"{HOME}/batches", f"第{batch}批已撤销，停用{ended}个门牌，号码重新可用。")
