"""Every page of the repair desk (存量不规范地址整改), for the application to hang in."""

from __future__ import annotations

from typing import Final

from api.pages import repair_acts, repair_desk, repair_sample, repairs

ROUTERS: Final = (repairs.router, repair_acts.router, repair_sample.router, repair_desk.router)
