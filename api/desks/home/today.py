"""The page after login (待办): what waits by deadline, my drafts and views, quality of the register, the year so far."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.desks.home import annual, draft_rows, quality, tour
from api.desks.home.tasks import tasks
from api.desks.home.views import views_of
from api.desks.officer import reader_of
from api.pages.rail import may_open
from api.pages.templates import page
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False)

SHOWN = 40


@router.get("/desk")
def today(
    request: Request,
    kind: Annotated[str, Query(max_length=40)] = "",
    all_of: Annotated[bool, Query(alias="all")] = False,
) -> Response:
    """What one should look at first in the morning."""
    officer = reader_of(request)
    figures_open = may_open(officer.roles, "/desk/statistics")
    with session() as db:
        waiting = tasks(db, officer.roles)
        drafts = draft_rows.listed(db, officer.name)
        views = views_of(db, officer.name)
        goals = quality.reached(db) if figures_open else []
        trades = annual.trades(db, date.today().year) if figures_open else []
    kinds = Counter((task.machine, task.label) for task in waiting)
    chosen = [task for task in waiting if kind in ("", task.machine)]
    shown = chosen if all_of else chosen[:SHOWN]
    late = sum(1 for task in waiting if task.clock and task.clock.level == "over")
    return page(request, "home/today.html", tasks=shown, kinds=kinds, kind=kind, total=len(waiting), late=late,
                more=len(chosen) - len(shown), drafts=drafts[:8], views=views[:12], goals=goals,
                figures=[f for trade in trades for f in trade.told][:12], year=date.today().year,
                today=date.today(), tour=tour.steps(officer.roles),
                tour_seen="diming-tour" in request.cookies)  # fmt: skip
