"""The register of place names, roads and addresses at the desk (地名、道路、地址登记), and a name's public page."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.places import culture, interface, lists, name_page, planned, protected, records, renaming

ROUTERS: tuple[APIRouter, ...] = (
    lists.router,
    planned.router,
    protected.router,
    renaming.router,
    culture.router,
    records.router,
    name_page.router,
    interface.router,
)
