"""The field pages and their sync (外业)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.field import conflicts, devices, photos, shell, sync
from api.desks.field.waiting import WAITING

__all__ = ["ROUTERS", "WAITING"]

ROUTERS: tuple[APIRouter, ...] = (
    shell.router,
    sync.router,
    photos.router,
    conflicts.router,
    devices.router,
)
