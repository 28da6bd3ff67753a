"""What of the boundary room waits for somebody (待办) and what can be found (查找), on the caller's lines alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from sqlalchemy.orm import Session

from api.desks.boundary.parts import HOME
from api.desks.finding import Found, Provider
from api.desks.waiting import Waiting
from boundary import access, events, rounds, search
from geo.store.sight import SEES

STAFF = frozenset({"officer", "reviewer"})


def _rounds(db: Session, subjects: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    lines = access.lines_within(db, SEES.get())
    return {
        code: (found.title, f"{HOME}/rounds/{quote(code)}")
        for code in subjects
        if (found := rounds.find(db, code)).line in lines
    }


def _events(db: Session, subjects: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    lines = access.lines_within(db, SEES.get())
    return {
        code: (found.title, f"{HOME}/events/{quote(code)}")
        for code in subjects
        if (found := events.find(db, code)).line in lines
    }


def _find(db: Session, typed: str, most: int) -> Sequence[Found]:
    return [
        Found(title, f"{HOME}/{'lines' if kind == 'line' else 'markers'}/{quote(code)}", note)
        for kind, code, title, note in search.named(db, typed, most, access.lines_within(db, SEES.get()))
    ]


WAITING: tuple[Waiting, ...] = (
    Waiting(rounds.MACHINE, "界线联检", (), STAFF, _rounds),
    Waiting(events.MACHINE, "界线事件", (), STAFF, _events),
)
SEARCH: tuple[Provider, ...] = (Provider("界线界桩", STAFF, _find),)
