"""The year's figures of cemeteries (公墓年度数字), where the annual report looks for them."""

from __future__ import annotations

from gazetteer.service.cemeteries.indicators import figures

__all__ = ["figures"]
