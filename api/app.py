"""The application: every door in one place, each behind the table of rights, all errors in one form."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api import answers, desks, dialects, live, logs, lookup, ogc, rights
from api.address_door import AddressDoor
from api.desks.home.sent import SentDrafts
from api.pages import about, address, docs, guide, login, report, search, services, view
from api.routes import batch, geocode, health, records, reports, session, tiles
from api.tile_door import TileDoor
from api.tile_source import TileSource
from api.wrapping import Wrapping
from geo.problems import Problem
from geo.store.engine import engine

log = structlog.get_logger("api.app")

STATIC = Path(__file__).resolve().parent / "static"
PAGES = (
    search.router,
    address.router,
    report.router,
    services.router,
    view.router,
    about.router,
    guide.router,
    docs.router,
    login.router,
)
ROUTES = (
    geocode.router,
    batch.router,
    records.router,
    reports.router,
    session.router,
    tiles.router,
    health.router,
)


def create_app() -> FastAPI:
    """The web application, ready for a server; opens the database and the address index when it starts."""
    logs.configure()
    app = FastAPI(
        title="地名地址接口",
        version="1",
        description="不规范的中文地址 → 标准地址、坐标、改动理由和可信度。",
        lifespan=_lifespan,
        dependencies=[Depends(rights.enforce)],
        docs_url=None,
        redoc_url=None,
        responses=answers.DESCRIBED,
    )
    for router in (*PAGES, *ROUTES, *desks.ROUTERS):
        app.include_router(router)
    for router in dialects.ROUTERS:
        app.include_router(router, responses=dialects.DESCRIBED)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.state.ogc = ogc.Door()
    app.mount("/ogc", app.state.ogc, name="ogc")
    answers.install(app)
    app.add_middleware(SentDrafts)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Wrapping, on_bug=answers.on_bug, on_too_large=answers.on_too_large)
    app.state.tiles = TileSource()
    app.add_middleware(TileDoor, source=app.state.tiles)
    app.add_middleware(AddressDoor)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    await run_in_threadpool(_open)
    listener = live.Listener()
    listener.start()
    warming = asyncio.create_task(app.state.ogc.warm())
    try:
        yield
    finally:
        await run_in_threadpool(listener.stop)
        warming.cancel()
        await app.state.ogc.close()
        await app.state.tiles.close()


def _open() -> None:
    """Open what requests need. What is away is said, not fatal: ``/readyz`` tells, and it is tried again."""
    for part in (engine, lookup.engine):
        try:
            part()
        except Problem as problem:
            log.warning("not_ready", sentence=problem.sentence, remedy=problem.remedy)
