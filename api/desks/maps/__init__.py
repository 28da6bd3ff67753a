"""Maps that people use (地图): the public map, maps to take away, downloads, a project for QGIS."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.maps import desk, making, papers, project, public

ROUTERS: tuple[APIRouter, ...] = (
    public.router,
    project.router,
    papers.router,
    making.router,
    desk.router,
)
