"""Is the program alive, and is it ready to answer."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from api import lookup, metrics
from geo.problems import Problem
from geo.store.engine import session
from geo.store.migrate import at_head

router = APIRouter(tags=["运行"])


@router.get("/livez", response_class=PlainTextResponse, summary="进程在运行")
async def livez() -> Response:
    """``ok`` while the process answers at all."""
    return PlainTextResponse("ok\n")


@router.get("/readyz", response_class=Response, summary="可以服务")
def readyz() -> Response:
    """Each part with ``ok`` or its trouble in one sentence; 503 when one is away."""
    parts = {"database": _database(), "index": _index()}
    ready = all(state == "ok" for state in parts.values())
    body = orjson.dumps({"ready": ready, "parts": parts})
    return Response(body, 200 if ready else 503, media_type="application/json")


@router.get("/metrics", response_class=Response, summary="运行指标（Prometheus）")
def told() -> Response:
    """Counts and times by route of this process; no address and no caller is in them."""
    return Response(metrics.exposition(), media_type=metrics.CONTENT_TYPE)


def _database() -> str:
    try:
        with session(timeout_s=2) as db:
            current = at_head(db.connection())
    except Problem as problem:
        return problem.sentence
    return "ok" if current else "数据表不是本版本的，请执行 diming migrate。"


def _index() -> str:
    try:
        lookup.engine()
    except Problem as problem:
        return problem.sentence
    return "ok"
