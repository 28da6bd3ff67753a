"""Background work (任务): see it, stop it, try it again."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Path, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from api.security import background
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/system/jobs")
HOME: Final = "/desk/system/jobs"
_PAGE = 50
Token = Annotated[str, Form(max_length=200)]
JobId = Annotated[int, Path(ge=1, le=2**62)]


@router.get("")
def listed(request: Request, state: str = "", cursor: str = "") -> Response:
    """Jobs, the newest first, of one state or all."""
    wanted = state if state in background.STATES else ""
    with session() as db:
        found = background.jobs(
            db,
            wanted,
            before=int(cursor) if cursor.isdecimal() and len(cursor) < 19 else None,
            limit=_PAGE + 1,
        )
        counts = background.counts(db)
    tabs: list[tuple[str, str, bool, int | None]] = [("全部", HOME, wanted == "", None)]
    tabs += [
        (word, f"{HOME}?state={key}", wanted == key, counts.get(key, 0))
        for key, word in background.STATES.items()
    ]
    following = f"{HOME}?state={wanted}&cursor={found[_PAGE - 1].id}" if len(found) > _PAGE else ""
    return page(
        request,
        "system/jobs.html",
        jobs=found[:_PAGE],
        tabs=tabs,
        words=background.STATES,
        following=following,
    )


@router.post("/{job}/stop")
def stop(request: Request, job: JobId, token: Token = "") -> Response:
    """Stop a job that waits or runs."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="job.stop", request_id=officer.request_id)
        background.stop(db, job)
    return done(HOME, f"任务 {job} 已停止。")


@router.post("/{job}/retry")
def retry(request: Request, job: JobId, token: Token = "") -> Response:
    """Put a job that failed back into the queue."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="job.retry", request_id=officer.request_id)
        background.retry(db, job)
    return done(HOME, f"任务 {job} 已重新排队。")
