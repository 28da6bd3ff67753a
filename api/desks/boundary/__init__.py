"""Lines, markers, rounds of joint inspection, events, papers (界线)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.boundary import data, event_acts, events, lines, markers, papers, plan, records, rounds
from api.desks.boundary.waiting import SEARCH as SEARCH
from api.desks.boundary.waiting import WAITING as WAITING
from boundary.figures import figures

ROUTERS: tuple[APIRouter, ...] = (
    lines.router,
    markers.router,
    rounds.router,
    plan.router,
    records.router,
    events.router,
    event_acts.router,
    papers.router,
    data.router,
)
FIGURES = (figures,)
