"""The check by sample (抽样核查): draw, say right or wrong row by row, read the accuracy."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.desks.repairs.parts import HOME, officer_of, said, see_other, words
from api.pages.templates import page
from gazetteer.repair import batches, sampling
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

PAGE = 50
_VERDICTS = {"right": True, "wrong": False, "": None}
Seed = Annotated[int, Form(ge=0, le=2**31 - 1)]


@router.get("/{batch}/sample")
def sample(
    request: Request,
    batch: int,
    seed: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    at: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """The samples drawn so far and one of them, fifty rows a page."""
    with session() as db:
        known, drawn = batches.find(db, batch), sampling.seeds(db, batch)
        shown = seed if seed is not None else (drawn[-1].seed if drawn else None)
        context: dict[str, Any] = {
            "drawn": drawn, "seed": shown, "at": at, "page_size": PAGE, "size": sampling.SIZE,
            "accuracy": sampling.accuracy(db, batch, shown) if shown is not None else None,
            "listed": [] if shown is None else sampling.page(db, batch, shown, limit=PAGE, offset=(at - 1) * PAGE),
        }  # fmt: skip
    return page(request, "repairs/sample.html", batch=known, said=said(request), **context, **words())


@router.post("/{batch}/sample")
def draw(
    request: Request, batch: int, seed: Seed, token: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Draw a sample with a seed."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        count = sampling.draw(db, batch, seed, officer=officer)
    return see_other(f"{HOME}/{batch}/sample?seed={seed}&said=drawn&n={count}")


@router.post("/{batch}/sample/{seed}")
async def judge(request: Request, batch: int, seed: int) -> Response:
    """Keep what was ticked on one page: fields ``row-37`` with right, wrong or nothing."""
    async with request.form(max_fields=2 * PAGE + 10) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    verdicts = {
        int(name[4:]): _VERDICTS[value]
        for name, value in given.items()
        if name.startswith("row-") and name[4:].isdigit() and value in _VERDICTS
    }
    await run_in_threadpool(_keep, request, batch, seed, given.get("token", ""), verdicts)
    at = given.get("at", "1")
    return see_other(f"{HOME}/{batch}/sample?seed={seed}&at={at if at.isdigit() else 1}&said=judged")


def _keep(request: Request, batch: int, seed: int, token: str, verdicts: dict[int, bool | None]) -> None:
    officer = officer_of(request, token)
    with session() as db:
        sampling.judge(db, batch, seed, verdicts, officer=officer)
