"""The audit of roads at the desk (道路排查): run it, look through what it found, start proposals, decide."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.roads import acts, deciding, lists
from gazetteer.road_audit.figures import figures

ROUTERS: tuple[APIRouter, ...] = (lists.router, acts.router, deciding.router)
FIGURES = (figures,)
