"""The way into the OGC service: opened on first use, machine formats only, every error in the house's form."""

from __future__ import annotations

import asyncio
import math
import re
from typing import Final
from urllib.parse import parse_qs

import asyncpg
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from tipg import errors

from api import answers
from api.ogc import service
from geo.problems import BadInput, NotFound, Problem, Unavailable

log = structlog.get_logger("api.ogc")
_BOX: Final = (4, 6)
_TILE: Final = re.compile(r"/tiles/[^/]+/(\d{1,4})/")
_DEEPEST: Final = 22
_UNKNOWN: Final = (
    errors.NotFound, errors.InvalidPropertyName, errors.InvalidGeometryColumnName, errors.InvalidDatetimeColumnName,
)  # fmt: skip
_AWAY: Final = (OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, TimeoutError)
_WRONG: Final = (
    errors.TiPgError, RequestValidationError, HTTPException, ValueError, ArithmeticError, asyncpg.DataError,
    asyncpg.SyntaxOrAccessError,
)  # fmt: skip
_LATER: Final = Unavailable("数据库暂时不可用", "请稍后再试")


class Door:
    """An ASGI application to mount at ``/ogc``."""

    def __init__(self) -> None:
        self._service = service.application()
        self._opening = asyncio.Lock()
        # Without the framework's own catch-all: what is not foreseen is answered where every mistake of ours is.
        self._stack = ExceptionMiddleware(
            AsyncExitStackMiddleware(self._service.router),
            handlers=dict.fromkeys((Exception, HTTPException), _told),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; only reading is possible."""
        request = Request(scope, receive)
        try:
            _check(request)
            async with self._opening:
                await service.open_pool(self._service)
        except Problem as problem:
            await answers.answer(request, problem)(scope, receive, send)
            return
        except _AWAY:
            await answers.answer(request, _LATER)(scope, receive, send)
            return
        await self._stack(
            # Links begin where the service stands, the one to its description too: QGIS opens nothing without it.
            {
                **_for_machines(scope),
                "app": self._service,
                "router": self._service.router,
                "app_root_path": scope.get("root_path", ""),
            },
            receive,
            _public(send),
        )

    async def warm(self) -> None:
        """Read the catalogue before anybody asks; while the database is away the first who asks does it."""
        try:
            async with self._opening:
                await service.open_pool(self._service)
        except (Problem, *_AWAY, asyncpg.PostgresError) as error:
            log.warning("ogc_not_ready", error=type(error).__name__)

    async def close(self) -> None:
        """Let the connections go when the server stops."""
        await service.close_pool(self._service)

    @property
    def inner(self) -> FastAPI:
        """tipg's application, for tests that walk its routes."""
        return self._service


def _check(request: Request) -> None:
    """Refuse what tipg would stumble over.

    Raises:
        BadInput: another method than reading, a page is asked for, or a box that is no box.
    """
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        raise BadInput("OGC 服务只能读取", "请使用 GET 请求", code="method-not-allowed")
    asked = parse_qs(request.url.query, keep_blank_values=True)
    if any("\0" in text for texts in asked.values() for text in texts) or "\0" in request.url.path:
        raise BadInput("请求里有空字符", "请去掉后重试", code="bad-parameter")
    if asked.get("f") == ["html"]:
        raise BadInput(
            "OGC 服务不提供网页", "请用 f=json，或者用 QGIS、GDAL 打开本地址", code="bad-parameter"
        )
    tile = _TILE.search(request.url.path)
    if tile and int(tile[1]) > _DEEPEST:
        raise NotFound(f"没有第 {tile[1]} 级瓦片", f"级别从 0 到 {_DEEPEST}")
    if "bbox" in asked:
        _check_box(asked["bbox"][-1])


def _check_box(text: str) -> None:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in _BOX or not all(math.isfinite(number) for number in numbers):
        raise BadInput("bbox 不是范围", "写成 最小经度,最小纬度,最大经度,最大纬度", code="bad-parameter")


def _for_machines(scope: Scope) -> Scope:
    """The request as a program would send it: tipg's pages are English and load from other hosts."""
    accept = Headers(scope=scope).get("accept", "")
    if "text/html" not in accept:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept"]
    return {**scope, "headers": [*headers, (b"accept", b"application/json")]}


def _public(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("cache-control", "no-cache")
            # Maps of other sites may read what is published; no cookie is looked at here.
            headers["access-control-allow-origin"] = "*"
        await send(message)

    return sent


async def _told(request: Request, error: Exception) -> Response:
    if isinstance(error, _AWAY):
        return answers.answer(request, _LATER)
    if isinstance(error, _UNKNOWN) or (isinstance(error, HTTPException) and error.status_code == 404):
        return answers.answer(
            request, NotFound("没有这个数据集、要素或字段", "数据集的清单在 /ogc/collections")
        )
    if isinstance(error, asyncpg.QueryCanceledError):
        return answers.answer(request, Unavailable("查询用时过长", "请缩小范围或减少条数"))
    if not isinstance(error, _WRONG) and "filter" not in request.query_params:
        raise error
    return answers.answer(request, BadInput("请求的参数不对", "参数的写法见 /ogc/api", code="bad-parameter"))
