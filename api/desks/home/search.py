"""Search over everything (查找): asks every room that can find something, within what the caller may open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from api import desks
from api.desks.finding import Found, Provider
from api.desks.officer import reader_of
from api.pages.rail import RAIL, may_open
from api.pages.templates import page
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False)

AT_MOST = 6
"""Findings of one kind."""


@dataclass(frozen=True, slots=True)
class Group:
    """What one room found."""

    label: str
    found: tuple[Found, ...]


@router.get("/desk/search")
def search(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The page with the box and what was found; the dialog of Ctrl K shows the same list."""
    roles, words = reader_of(request).roles, q.strip()
    groups: list[Group] = []
    if words:
        with session() as db:
            groups = [*_pages(roles, words), *_found(db, roles, words)]
    return page(request, "home/search.html", q=q, groups=groups)


def _found(db: Session, roles: Collection[str], words: str) -> list[Group]:
    providers: list[Provider] = [p for room in desks.ROOMS for p in getattr(room, "SEARCH", ())]
    allowed = [p for p in providers if not p.roles or set(p.roles) & set(roles)]
    groups = (Group(p.label, tuple(p.find(db, words, AT_MOST))) for p in allowed)
    return [group for group in groups if group.found]


def _pages(roles: Collection[str], words: str) -> list[Group]:
    """Pages of the workbench by their own name: 界线, 年度报告."""
    found = tuple(
        Found(p.label, p.href, entry.label)
        for entry in RAIL
        for p in entry.pages
        if (words in p.label or words in entry.label) and may_open(roles, p.href)
    )
    return [Group("页面", found)] if found else []
