"""Diagnosis of numbering (编号诊断)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.diagnosis.pages import router
from gazetteer.diagnosis.figures import figures

ROUTERS: tuple[APIRouter, ...] = (router,)
FIGURES = (figures,)

__all__ = ["FIGURES", "ROUTERS"]
