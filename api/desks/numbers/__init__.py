"""Numbering and registration (编号与门牌登记)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.numbers import (
    amending,
    batches,
    counter,
    helping,
    importing,
    listing,
    public,
    public_amending,
    record,
    streets,
)
from api.desks.numbers.figures import SEARCH, WAITING
from api.desks.numbers.write import router as write_router
from gazetteer.registration.figures import figures

# The record comes last: its path would take every other word for a number.
ROUTERS: tuple[APIRouter, ...] = (
    listing.router,
    counter.router,
    helping.router,
    streets.router,
    batches.router,
    importing.router,
    public.router,
    public_amending.router,
    write_router,
    amending.router,
    record.router,
)
FIGURES = (figures,)

__all__ = ["FIGURES", "ROUTERS", "SEARCH", "WAITING"]
