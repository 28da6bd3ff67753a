"""Where tiles come from: memory while the register is unchanged, else the database, asked from the event loop itself.

No thread stands between a request and the database: handing 16 requests at once to threads cost more of the worker's
time than drawing and packing the tiles.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import asyncpg

from api.database_address import connect_arguments
from api.shared_question import SharedQuestion
from geo.problems import Unavailable
from tiles.cache import TileCache
from tiles.layers import layer_of
from tiles.mvt import VERSION_SQL, Key

T = TypeVar("T")
#: Level 3 of gzip: a tenth larger than the best, in a fifth of its time.
_GZIP_LEVEL: Final = 3
#: Bytes from which packing is worth a thread of its own.
_LARGE: Final = 32_768
_POOL: Final = 5
_LOST: Final = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError)
_AWAY: Final = (*_LOST, OSError, TimeoutError)


class TileSource:
    """The tiles of one application; belongs to the event loop that serves it."""

    def __init__(self) -> None:
        self._kept = TileCache()
        self._pool: Any = None
        self._opening = asyncio.Lock()
        self._line: Any = None
        self._prepared: Any = None
        self._version = SharedQuestion(self._asked_version)

    async def version(self) -> int:
        """The data version as of now: what was committed before the request came is in it.

        Raises:
            Unavailable: the database is away.
        """
        return await self._version.answer()

    def kept(self, version: int, key: Key) -> bytes | None:
        """The gzipped tile, where it was drawn before from this data version; ``b""`` where nothing is drawn."""
        return self._kept.get(version, key)

    async def drawn(self, version: int, key: Key) -> bytes:
        """Draw the tile, gzip it and keep it; what is drawn is at least as new as the version, never older.

        Raises:
            Unavailable: the database is away.
        """
        name, z, x, y = key
        body = await self._asked(f"SELECT {layer_of(name).function}($1, $2, $3)", z, x, y) or b""
        packed = (
            await asyncio.to_thread(_gzipped, body) if len(body) > _LARGE else _gzipped(body) if body else b""
        )
        self._kept.put(version, key, packed)
        return packed

    async def close(self) -> None:
        """Let the connections go when the server stops."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None
        if self._line is not None:
            await self._line.close()
            self._line = self._prepared = None

    async def _asked_version(self) -> int:
        return int(await _kept_trying(self._version_told))

    async def _version_told(self) -> Any:
        # A line of its own with the question prepared: it is asked thousands of times a second.
        if self._line is None or self._line.is_closed():
            self._line = await asyncpg.connect(**connect_arguments("diming-tiles"))
            self._prepared = await self._line.prepare(VERSION_SQL)
        return await self._prepared.fetchval()

    async def _asked(self, sql: str, *given: int) -> Any:
        pool = await self._opened()
        return await _kept_trying(lambda: pool.fetchval(sql, *given))

    async def _opened(self) -> Any:
        if self._pool is None:
            async with self._opening:
                if self._pool is None:
                    self._pool = await _kept_trying(_new_pool)
        return self._pool


async def _new_pool() -> Any:
    # Without the reset that asyncpg sends after each use: nothing here leaves a trace in its session.
    return await asyncpg.create_pool(
        **connect_arguments("diming-tiles", reads=True), min_size=0, max_size=_POOL, reset=_nothing
    )


async def _nothing(connection: Any) -> None:
    """What is done with a connection that comes back."""


async def _kept_trying(ask: Callable[[], Awaitable[T]]) -> T:
    """The answer, asked a second time when the connection was lost meanwhile (the database was started anew)."""
    try:
        return await ask()
    except _LOST:
        pass
    except _AWAY as error:
        raise _unavailable() from error
    try:
        return await ask()
    except _AWAY as error:
        raise _unavailable() from error


def _unavailable() -> Unavailable:
    return Unavailable("数据库暂时不可用。", "请稍后再试。")


def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)
