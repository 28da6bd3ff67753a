"""The short way of a tile that lies in memory: answered before the framework, in plain ASGI.

What is not in memory, not a tile, or not right goes on to the framework, which draws, refuses and explains. Such an
answer is counted like any other, and leaves no line in the log: it would cost more than the tile.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.metrics import count_request
from api.tile_source import TileSource
from api.wrapping import HEADERS, kept_or_new
from geo.problems import Problem
from tiles.layers import DEEPEST, LAYERS
from tiles.mvt import Key

MVT: Final = "application/vnd.mapbox-vector-tile"
#: Asked again each time, answered with 304 while the register is unchanged: an edit shows at once.
CACHING: Final = "no-cache"
ROUTE: Final = "/tiles/{layer}/{z}/{x}/{y}.mvt"
_SAME: Final = [
    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
    (b"cache-control", CACHING.encode()), (b"vary", b"accept-encoding"),
]  # fmt: skip
_FULL: Final = [*_SAME, (b"content-type", MVT.encode()), (b"content-encoding", b"gzip")]


class TileDoor:
    """Stands before the application and answers what is in memory."""

    def __init__(self, app: ASGIApp, source: TileSource) -> None:
        self.app = app
        self.source = source

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        asked = dict(scope["headers"])
        try:
            version = await self.source.version()
        except Problem:
            await self.app(scope, receive, send)  # says it in the house's form
            return
        tag = b'"%d"' % version
        scope["tile_version"] = version  # whoever draws the tile need not ask again
        same = asked.get(b"if-none-match") == tag
        tile = b"" if same else self.source.kept(version, key)
        if tile is None or (tile and b"gzip" not in asked.get(b"accept-encoding", b"")):
            await self.app(scope, receive, send)
            return
        status = 304 if same else 200 if tile else 204
        own = [(b"etag", tag), (b"x-request-id", kept_or_new(asked.get(b"x-request-id")).encode())]
        await _answer(send, status, own, tile)
        count_request("GET", ROUTE, status, time.perf_counter() - began)


async def _answer(send: Send, status: int, own: list[tuple[bytes, bytes]], tile: bytes) -> None:
    if tile:
        own.append((b"content-length", str(len(tile)).encode()))
    headers = (_FULL if tile else _SAME) + own
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": tile})


def _key(scope: Scope) -> Key | None:
    """The tile that is asked for, None when it is anything else or not a tile there can be."""
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/tiles/"):
        return None
    return _tile_at(scope["path"])


# Reading an address again costs as much as finding the tile.
@lru_cache(maxsize=16_384)
def _tile_at(path: str) -> Key | None:
    parts = path.split("/")
    if len(parts) != 6 or parts[2] not in LAYERS or not parts[5].endswith(".mvt"):
        return None
    numbers = (parts[3], parts[4], parts[5][:-4])
    if not all(one.isascii() and one.isdigit() and len(one) < 7 for one in numbers):
        return None
    z, x, y = map(int, numbers)
    return (parts[2], z, x, y) if z <= DEEPEST and x < 2**z and y < 2**z else None
