"""What waits, drafts, search over everything, figures, reports of the public (待办)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.home import drafts, keys, register_search, reports, rows, search, statistics, today, views

ROUTERS: tuple[APIRouter, ...] = (
    today.router,
    search.router,
    views.router,
    drafts.router,
    keys.router,
    statistics.router,
    rows.router,
    reports.router,
)
SEARCH = register_search.SEARCH
