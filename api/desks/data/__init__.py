"""Files into the register and out of it, by hand (数据：导入导出)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.data import batches, exports, pages

ROUTERS: tuple[APIRouter, ...] = (batches.router, pages.router, exports.router)
