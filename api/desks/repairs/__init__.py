"""The repair desk (存量不规范地址整改): files in and out, the desk, acts over many rows, the check by sample."""

from __future__ import annotations

from typing import Final

from api.desks.repairs import acts, desk, files, sample

ROUTERS: Final = (files.router, acts.router, sample.router, desk.router)
