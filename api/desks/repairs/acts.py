"""Acts over many rows: what a bulk act would do and doing it; the list of acts, and undoing one or all of them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.repairs.parts import HOME, desk_link, filter_of, officer_of, said, see_other, words
from api.pages.templates import page
from api.repairs import work
from gazetteer.repair import batches, decisions, rematching, undoing
from gazetteer.repair.rows import Filter
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

Scope = Literal["auto", "text"]
Token = Annotated[str, Form(max_length=200)]


@router.get("/{batch}/accept")
def look(
    request: Request,
    batch: int,
    scope: Annotated[Scope, Query()] = "auto",
    kind: Annotated[str, Query(max_length=10)] = "",
    back: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """What the act would do: how many rows, of which levels, the first few; nothing is changed."""
    with session() as db:
        known = batches.find(db, batch)
        seen = decisions.impact(db, batch, scope, kind)
    home = desk_link(batch, filter_of(back))
    return page(request, "repairs/accept.html", batch=known, impact=seen, scope=scope, kind=kind, back=back, home=home,
                **words())  # fmt: skip


@router.post("/{batch}/accept")
def accept(
    request: Request,
    batch: int,
    scope: Annotated[Scope, Form()],
    expected: Annotated[int, Form(ge=0)],
    kind: Annotated[str, Form(max_length=10)] = "",
    back: Annotated[str, Form(max_length=2000)] = "",
    token: Token = "",
) -> Response:
    """Decide all rows of the kind in one act, if they still are as many as were shown."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        decisions.accept_in_bulk(db, batch, scope, kind, expected=expected, officer=officer)
    return see_other(desk_link(batch, filter_of(back), said="bulk", n=expected))


@router.post("/{batch}/rematch")
def rematch(request: Request, batch: int, token: Token = "") -> Response:
    """Match the rows that nobody has decided anew, after an alias was taught or the register has changed."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        count = rematching.match_again(db, batch, officer=officer)
        work.queue(db, batch)
    return see_other(desk_link(batch, Filter(), said="rematch", n=count))


@router.get("/{batch}/acts")
def acts(request: Request, batch: int) -> Response:
    """Who decided what and when, by which engine and index, with a button to undo each."""
    with session() as db:
        known = batches.find(db, batch)
        made = undoing.decisions(db, batch)
    return page(request, "repairs/acts.html", batch=known, decisions=made, said=said(request), **words())


@router.post("/{batch}/undo")
def undo(request: Request, batch: int, decision: Annotated[int, Form()] = 0, token: Token = "") -> Response:
    """Undo one act, or with no number all that was decided in the batch."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        if decision:
            restored = undoing.undo(db, batch, decision, officer=officer)
        else:
            restored = undoing.undo_all(db, batch, officer=officer)
    return see_other(f"{HOME}/{batch}/acts?said=undone&n={restored}")
