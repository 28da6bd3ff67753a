"""Conflicts of the sync (同步冲突) at the desk: both sides beside each other, a choice for each field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.desks.done import done
from api.desks.field import told
from api.desks.field.waiting import HOME, marker_of, title_of
from api.desks.officer import Officer, officer_of, reader_of
from api.pages.persons import persons
from api.pages.templates import page
from boundary import access, register
from boundary.field import conflicts, receiving, settling
from boundary.field.conflicts import FieldConflict
from boundary.field.inspections import TRADES
from boundary.field.merge import WITHDRAWN, State, is_signature
from boundary.field.trades import parts
from boundary.parties import sides_of_marker
from boundary.reading_log import note_read
from geo.cases import states
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=HOME)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a conflict: what each side says, who said it, which choice is offered first; what helps to choose."""

    name: str
    title: str
    mine: str
    theirs: str
    theirs_by: str
    first: str
    note: str = ""


@router.get("")
def listed(request: Request, settled: Annotated[bool, Query()] = False) -> Response:
    """Every conflict that waits, and on request those that are settled."""
    with session() as db:
        seer = reader_of(request)
        found = [
            one
            for one in conflicts.listed(db, settled=settled)
            if access.may_see_marker(db, seer, marker_of(one.subject))
        ]
        titles = {one.code: title_of(db, one.subject) for one in found}
    return page(request, "field/conflicts.html", conflicts=found, titles=titles, settled=settled)


@router.get("/{code}")
def shown(request: Request, code: str) -> Response:
    """One conflict with both sides."""
    with session() as db:
        act(db, actor="system", action="field.look")
        found, reader = conflicts.find(db, code), reader_of(request)
        access.check_marker(db, reader, marker_of(found.subject))
        note_read(
            db, [marker_of(found.subject)], actor=reader.name, door="同步冲突", request_id=reader.request_id
        )
        now = receiving.current(db, found.subject, TRADES)
        context: dict[str, Any] = {
            "conflict": found, "title": title_of(db, found.subject), "version": now.version, "record": _record(found),
            "lines": _lines(db, found, now), "events": states.history(db, conflicts.MACHINE, code),
        }  # fmt: skip
    return page(request, "field/conflict.html", **context)


@router.post("/{code}")
async def settle(request: Request, code: str) -> Response:
    """Let the chosen side of each field stand."""
    form = await request.form()
    given = {name: str(value) for name, value in form.items()}
    officer = await run_in_threadpool(officer_of, request, given.pop("token", ""))
    await run_in_threadpool(_settle, code, given, officer)
    return done(HOME, "冲突已处理，两边的原始内容都保留在记录里。")


def _settle(code: str, given: dict[str, str], officer: Officer) -> None:
    choice: dict[str, Any] = {
        name.removeprefix("choice:"): side for name, side in given.items() if name.startswith("choice:")
    }
    version = given.get("version", "")
    with session() as db:
        act(db, actor=officer.name, action="field.settle", request_id=officer.request_id)
        access.check_marker(db, officer, marker_of(conflicts.find(db, code).subject))
        settling.settle(
            db, code, choice, expected=int(version) if version.isdigit() else -1, note=given.get("note", "")[:2000],
            actor=officer.name, roles=officer.roles, trades=TRADES,
        )  # fmt: skip


def _lines(db: Any, found: FieldConflict, now: State) -> list[Line]:
    sides = sides_of_marker(db, marker_of(found.subject))
    open_now = found.settled_at is None
    theirs = dict(now.content) if open_now else found.theirs
    authors = conflicts.authors(db, [mark.item for mark in now.marks.values() if mark.item])
    lines = [_line(name, found, theirs, now, authors, sides) for name in told.in_order(found.fields)]
    return [_measured(db, one, found, theirs) if one.name == "measured" else one for one in lines]


def _measured(db: Any, line: Line, found: FieldConflict, theirs: dict[str, Any]) -> Line:
    """How far the two positions are apart, and each from the registered one."""
    at = register.marker(db, marker_of(found.subject)).point
    return replace(line, note=told.apart(found.mine.get("measured"), theirs.get("measured"), at))


def _record(found: FieldConflict) -> str:
    """The address of the record at the desk, with its photos."""
    round_code, _, marker = parts(found.subject)[1].rpartition("/")
    return f"/desk/boundary/rounds/{quote(round_code)}/markers/{quote(marker)}"


def _line(
    name: str, found: FieldConflict, theirs: dict[str, Any], now: State, authors: dict[str, tuple[str, str]],
    sides: dict[str, str],
) -> Line:  # fmt: skip
    mark = now.marks.get(name)
    account, device = authors.get(mark.item, ("科室", "")) if mark and mark.item else ("科室", "")
    mine = True if name == WITHDRAWN else found.mine.get(name)
    other = now.withdrawn if name == WITHDRAWN else theirs.get(name)
    chosen = (found.choice or {}).get(name, "")
    # What was signed over other words must be signed again, unless somebody looked and says otherwise.
    first = chosen or ("theirs" if is_signature(name) else "")
    by = "，".join(filter(None, (persons([account])[account], device))) if mark else ""
    return Line(name, told.title(name, sides), told.words(name, mine), told.words(name, other), by, first)
