"""Is the program alive, and is it ready to answer."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import ORJSONResponse, PlainTextResponse
from sqlalchemy import text

from api import lookup
from geo.problems import Problem
from geo.store.engine import session

router = APIRouter(tags=["运行"])


@router.get("/livez", response_class=PlainTextResponse, summary="进程在运行")
def livez() -> str:
    """``ok`` while the process answers at all."""
    return "ok\n"


@router.get("/readyz", response_class=ORJSONResponse, summary="可以服务")
def readyz() -> ORJSONResponse:
    """Each part with ``ok`` or its trouble in one sentence; 503 when one is away."""
    parts = {"database": _database(), "index": _index()}
    ready = all(state == "ok" for state in parts.values())
    return ORJSONResponse({"ready": ready, "parts": parts}, 200 if ready else 503)


def _database() -> str:
    try:
        with session(timeout_s=2) as db:
            db.execute(text("select 1"))
    except Problem as problem:
        return problem.sentence
    return "ok"


def _index() -> str:
    try:
        lookup.engine()
    except Problem as problem:
        return problem.sentence
    return "ok"
