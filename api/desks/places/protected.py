"""The protection list (地名保护名录): every name on it with class, age and evidence."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response

from api.desks.places.common import HOME
from api.desks.places.tabs import tabs
from api.pages.templates import page
from gazetteer.culture import heritage
from geo.store.engine import session

router = APIRouter(include_in_schema=False)


@router.get(f"{HOME}/protected")
def listed(request: Request) -> Response:
    """The whole list; check N20 stands before the renaming of whatever is on it."""
    with session() as db:
        rows = heritage.protected(db)
    return page(request, "places/protected.html", rows=rows, year=date.today().year, tabs=tabs("protected"))
