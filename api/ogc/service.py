"""tipg's application on the schema ``published``, with a small pool of read-only connections."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any, Final

import asyncpg
import structlog
from fastapi import FastAPI
from starlette.responses import RedirectResponse

from api.database_address import connect_arguments

# Our views have no primary key that the catalogue could find; tipg takes this setting from the environment alone.
os.environ.setdefault("TIPG_FALLBACK_KEY_NAMES", '["code", "id"]')

from tipg.collections import register_collection_catalog
from tipg.database import connection_factory
from tipg.factory import Endpoints
from tipg.settings import DatabaseSettings

log = structlog.get_logger("api.ogc")
SCHEMA: Final = "published"
CATALOGUE_S: Final = 300.0
"""Seconds after which the list of collections and their extents is read anew."""
_POOL: Final = 4
_WHAT: Final = DatabaseSettings(
    schemas=[SCHEMA], functions=[], exclude_function_schemas=[SCHEMA, "public", "pg_temp"]
)


def application() -> FastAPI:
    """The application without a connection; :func:`open_pool` gives it one."""
    app = FastAPI(title="地名地址 OGC 服务", openapi_url="/api", docs_url=None, redoc_url=None)
    app.include_router(Endpoints(title="地名地址 OGC 服务", with_tiles_viewer=False).router)
    # tipg's landing page links to a description for people; ours is the interfaces' page.
    app.add_api_route("/api.html", _described, name="swagger_ui_html", include_in_schema=False)
    app.state.pool = None
    app.state.read_at = 0.0
    app.state.reading = None
    return app


async def open_pool(app: FastAPI) -> None:
    """Connect, unless connected, and read the catalogue, unless it is fresh.

    Raises:
        OSError | asyncpg.PostgresError: the database is away.
    """
    if app.state.pool is None:
        app.state.pool = await asyncpg.create_pool(
            **connect_arguments("diming-ogc", reads=True), min_size=0, max_size=_POOL,
            init=connection_factory([SCHEMA], "pg_temp"), setup=_read_only,
        )  # fmt: skip
    if app.state.read_at == 0.0:
        await _read_catalogue(app)
    elif time.monotonic() - app.state.read_at > CATALOGUE_S:
        # Nobody waits for the new list: the old one is right but for what was added in the last minutes.
        app.state.read_at = time.monotonic()
        app.state.reading = asyncio.create_task(_read_again(app))


async def _read_catalogue(app: FastAPI) -> None:
    await register_collection_catalog(app, db_settings=_WHAT)
    app.state.read_at = time.monotonic()


async def _read_again(app: FastAPI) -> None:
    try:
        await _read_catalogue(app)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
        log.warning("ogc_catalogue_kept", error=type(error).__name__)


async def close_pool(app: FastAPI) -> None:
    """Let the connections go."""
    if app.state.reading is not None:
        app.state.reading.cancel()
        app.state.reading = None
    if app.state.pool is not None:
        await app.state.pool.close()
        app.state.pool = None


def _described() -> RedirectResponse:
    return RedirectResponse("/docs")


async def _read_only(connection: Any) -> None:
    # Not from the start: tipg makes its own temporary functions when a connection is new.
    await connection.execute("SET default_transaction_read_only = on")
