"""Lines, markers, rounds of joint inspection, events, papers (界线)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.boundary import data, event_acts, importing, lines, markers, papers, plan, records, team
from api.desks.boundary.events import router as of_events
from api.desks.boundary.rounds import router as of_rounds
from api.desks.boundary.waiting import SEARCH as SEARCH
from api.desks.boundary.waiting import WAITING as WAITING
from boundary.figures import figures

ROUTERS: tuple[APIRouter, ...] = (
    lines.router,
    markers.router,
    of_rounds,
    plan.router,
    team.router,
    records.router,
    of_events,
    event_acts.router,
    papers.router,
    importing.router,
    data.router,
)
FIGURES = (figures,)
