"""The repair desk (整改工作台): counts, the filtered list, one record with its reasons and choices, decisions on it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy.orm import Session

from api import lookup
from api.desks.repairs.parts import HOME, desk_link, filter_of, officer_of, said, see_other, words
from api.pages.plate import plate_of
from api.pages.templates import page
from gazetteer.repair import batches, decisions, learning, rows, undoing
from gazetteer.repair.answering import CANDIDATES, candidate_of
from gazetteer.repair.batches import Batch
from gazetteer.repair.decisions import Officer
from gazetteer.repair.rows import Filter
from geo.problems import BadInput, Conflict
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

Short = Annotated[str, Query(max_length=100)]
Back = Annotated[str, Form(max_length=2000)]
Token = Annotated[str, Form(max_length=200)]


@router.get("/{batch}")
def desk(
    request: Request,
    batch: int,
    kind: Short = "",
    status: Short = "",
    state: Short = "",
    q: Short = "",
    row: Annotated[int | None, Query(ge=1)] = None,
    at: Annotated[int, Query(ge=1, le=100_000)] = 1,
    find: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """The column to confirm before the matching; then the desk, which fills while the matching goes on."""
    wanted = Filter(kind, status, state, q.strip())
    with session() as db:
        known = batches.find(db, batch)
        if known.state == "checking":
            cells = batches.sample_cells(db, batch)
            return page(request, "repairs/column.html", batch=known, cells=cells, **words())
        context = _desk(db, known, wanted, row, at)
    context["found"] = _found(find)
    return page(
        request, "repairs/desk.html", batch=known, said=said(request), find=find, **context, **words()
    )


@router.post("/{batch}/rows/{number}")
def decide(
    request: Request,
    batch: int,
    number: int,
    action: Annotated[str, Form(max_length=20)],
    version: Annotated[int, Form()],
    choice: Annotated[int, Form(ge=0, le=20)] = 0,
    text: Annotated[str, Form(max_length=500)] = "",
    code: Annotated[str, Form(max_length=64)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
    back: Back = "",
    token: Token = "",
) -> Response:
    """Decide one row and go to the next open one of the list."""
    officer, wanted = officer_of(request, token), filter_of(back)
    by_hand = _by_hand(text, code) if action == "manual" else None
    with session() as db:
        if action == "accept":
            decisions.accept(db, batch, number, choice, version=version, officer=officer)
        elif action == "reject":
            decisions.reject(db, batch, number, reason, version=version, officer=officer)
        elif by_hand:
            decisions.answer_by_hand(db, batch, number, by_hand, version=version, officer=officer)
        else:
            raise BadInput(f"没有“{action}”这种处理。", "请用页面上的按钮。", code="bad-parameter")
        following = rows.next_open(db, batch, wanted, number)
    return see_other(desk_link(batch, wanted, row=following or number, said="done"))


@router.post("/{batch}/rows/{number}/alias")
def alias(
    request: Request,
    batch: int,
    number: int,
    alias: Annotated[str, Form(max_length=100)] = "",
    kind: Annotated[str, Form(max_length=20)] = "错写",
    taught: Annotated[int, Form()] = 0,
    back: Back = "",
    token: Token = "",
) -> Response:
    """Let a confirmed row teach an alias, or take back one that it taught (``taught``: its number)."""
    officer = officer_of(request, token)
    with session() as db:
        if taught:
            learning.forget(db, batch, number, taught, officer=officer)
        else:
            learning.teach(db, batch, number, alias, kind, officer=officer)
    word = "forgotten" if taught else "taught"
    return see_other(desk_link(batch, filter_of(back), row=number, said=word))


@router.post("/{batch}/rows/{number}/undo")
def undo_row(
    request: Request,
    batch: int,
    number: int,
    decision: Annotated[int, Form()],
    back: Back = "",
    token: Token = "",
) -> Response:
    """Bring back what stood before the last decision on this row, whatever else that act decided."""
    officer: Officer = officer_of(request, token)
    with session() as db:
        restored = undoing.undo(db, batch, decision, number=number, officer=officer)
    return see_other(desk_link(batch, filter_of(back), row=number, said="undone", n=restored))


def _desk(db: Session, batch: Batch, wanted: Filter, number: int | None, at: int) -> dict[str, Any]:
    total = rows.count(db, batch.id, wanted)
    if number is not None:
        _, _, place = rows.around(db, batch.id, wanted, number)
        at = place // rows.PAGE + 1
    listed = rows.page(db, batch.id, wanted, at)
    chosen = number if number is not None else (listed[0].number if listed else None)
    record = rows.one(db, batch.id, chosen) if chosen is not None else None
    before, after, _ = rows.around(db, batch.id, wanted, chosen) if chosen is not None else (None, None, 0)
    target = learning.target_of(db, (record.outcome or {}).get("code", "")) if record else None
    return {
        "counts": rows.counts(db, batch.id), "wanted": wanted, "listed": listed, "total": total, "record": record,
        "pages": -(-total // rows.PAGE), "at": at, "before": before, "after": after, "target": target,
        "proposal": learning.proposal(record, target) if record and target else "",
        "taught": learning.taught(db, batch.id, record.number) if record else [],
        "here_point": _point(record),
        "link": lambda **more: _link(batch.id, wanted, more), "plate": _plate(record), "alias_kinds": learning.KINDS,
    }  # fmt: skip


def _link(batch: int, wanted: Filter, more: dict[str, Any]) -> str:
    """The desk with some parts of the filter changed; ``row`` and ``at`` are added."""
    parts = {name: more.pop(name, getattr(wanted, name)) for name in ("kind", "status", "state", "q")}
    return desk_link(batch, Filter(**parts), **more)


def _plate(record: Any) -> Any:
    """The plate of what the row stands for now: the decision, else the engine's first."""
    if record is None:
        return None
    candidates = record.answer["candidates"]
    if record.outcome is not None:
        shown = record.outcome["address"]
    else:
        shown = candidates[0]["standard_address"] if candidates else ""
    return plate_of(lookup.engine().parse(shown)) if shown else None


def _point(record: Any) -> tuple[float, float] | None:
    """Where the row lies: the decision's place, else that of the first candidate."""
    if record is None:
        return None
    place = record.outcome or next(iter(record.answer["candidates"]), None)
    return (place["lon"], place["lat"]) if place and place["lon"] is not None else None


def _found(text: str) -> list[dict[str, Any]]:
    """What a search by hand found."""
    if not text.strip():
        return []
    return [candidate_of(c) for c in lookup.engine().geocode(text.strip(), limit=CANDIDATES).candidates]


def _by_hand(text: str, code: str) -> dict[str, Any]:
    found = next((c for c in _found(text) if c["code"] == code), None)
    if found is None:
        raise Conflict("登记里现在查不到这个地址。", "重新查找后再选。", code="repair.no-candidate")
    return found
