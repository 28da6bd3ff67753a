"""The national database at the desk (国家地名库): export, comparison, the queue of differences, the change package."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.exchange import batches, listing, pushing, rows, tables
from gazetteer.exchange.figures import figures

ROUTERS: tuple[APIRouter, ...] = (pushing.router, tables.router, batches.router, listing.router, rows.router)
FIGURES = (figures,)
