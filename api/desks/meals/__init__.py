"""Meal service (助餐): what citizens ask, the list, coverage, where the next points belong."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.meals import analysis, checking, listing, public
from gazetteer.service.meals.figures import figures

# Fixed addresses first: the list's last route takes any code.
ROUTERS: tuple[APIRouter, ...] = (
    public.router,
    public.interface,
    analysis.router,
    checking.router,
    listing.router,
)
FIGURES = (figures,)
