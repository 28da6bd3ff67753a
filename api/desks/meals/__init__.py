"""Meal service (助餐): what citizens ask, the list, coverage, where the next points belong."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.finding import Provider
from api.desks.founding import router_of
from api.desks.meals import analysis, checking, listing, people, public, waiting
from api.desks.waiting import Due
from gazetteer.service.meals.figures import figures

# Fixed addresses first: the list's last route takes any code.
ROUTERS: tuple[APIRouter, ...] = (
    public.router,
    public.interface,
    analysis.router,
    checking.router,
    people.router,
    router_of("meal"),
    listing.router,
)
FIGURES = (figures,)
DUE: tuple[Due, ...] = (
    Due("meal_licence", "助餐许可", "许可到期", frozenset({"officer", "reviewer"}), waiting.licences),
)
SEARCH: tuple[Provider, ...] = (Provider("助餐点", frozenset(), waiting.find),)
