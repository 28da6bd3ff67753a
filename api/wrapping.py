"""What stands around every request: an id, a line in the log, the security headers.

Plain ASGI, so that streaming answers stay streams. The log never holds the query text: an address that somebody
asks for may be personal data.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import count_request

log = structlog.get_logger("api.access")

#: Bytes of a request's body. A body that does not announce its length is counted while it is read.
BODY_LIMIT = 2 * 1024 * 1024
#: The paths that take whole files; a batch of this size is about a million addresses.
LARGE_BODIES = {
    "/desk/naming/files": 21 * 1024 * 1024,
    "/desk/naming/shape": 21 * 1024 * 1024,
    "/desk/exchange": 65 * 1024 * 1024,
    "/desk/data": 65 * 1024 * 1024,
    "/desk/meals/population": 21 * 1024 * 1024,
    "/desk/repairs": 33 * 1024 * 1024,
    "/v1/geocode/batch": 64 * 1024 * 1024,
}

#: Papers, photos, recordings and lists: a photo of a telephone alone has more than BODY_LIMIT.
_ONE_FILE = re.compile(
    r"/desk/naming/signs/[^/]+|/(desk|apply)/.*(files|photos|stories|import|compare|streets)|/v1/field/plates"
)
_ONE_FILE_BYTES = 21 * 1024 * 1024

_SAFE_ID = re.compile(rb"^[A-Za-z0-9._-]{8,64}$")

#: No inline script or style, nothing from another host. ``blob:`` and ``data:`` pictures are what the map draws.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(self)",
}


class Wrapping:
    """Gives each request an id, adds the headers to its answer and writes one line about it.

    An error that nobody foresaw is answered here, inside the headers, and not by the server around the application.
    """

    def __init__(
        self,
        app: ASGIApp,
        on_bug: Callable[[Request, Exception], Response],
        on_too_large: Callable[[Request], Response],
    ) -> None:
        self.app = app
        self.on_bug = on_bug
        self.on_too_large = on_too_large

    async def too_large(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a body by the length that was announced, before any of it is read."""
        await self.on_too_large(Request(scope))(scope, receive, send)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = given_or_new_id(scope)
        started = time.perf_counter()
        limit = _limit_of(scope["path"])
        app = self.too_large if _announced_bytes(scope) > limit else self.app
        seen: dict[str, Any] = {}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = scope["request_id"]
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await app(scope, _counted(receive, limit), send_with_headers)
        except Exception as error:
            if "status" in seen:
                raise
            await self.on_bug(Request(scope), error)(scope, receive, send_with_headers)
        finally:
            _write_line(scope, seen.get("status", 499), time.perf_counter() - started)


def _counted(receive: Receive, limit: int) -> Receive:
    """The same body, refused when more of it comes than the limit, whatever was announced."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise HTTPException(413)
        return message

    return counted


def _limit_of(path: str) -> int:
    """Bytes that a request to the path may bring."""
    return LARGE_BODIES.get(path) or (_ONE_FILE_BYTES if _ONE_FILE.fullmatch(path) else BODY_LIMIT)


def _announced_bytes(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def given_or_new_id(scope: Scope) -> str:
    """The caller's own ``X-Request-Id`` where it is harmless text, else a new one."""
    return kept_or_new(next((value for name, value in scope["headers"] if name == b"x-request-id"), None))


def kept_or_new(given: bytes | None) -> str:
    """What was given as ``X-Request-Id`` where it is harmless text, else a new one."""
    if given is not None and _SAFE_ID.match(given):
        return bytes(given).decode("ascii")
    return os.urandom(8).hex()


def _write_line(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    count_request(scope["method"], route, status, seconds)
    log.info(
        "request",
        request_id=scope["request_id"],
        method=scope["method"],
        # The pattern of the route, not the path: codes of places are harmless, typed text is not.
        route=route,
        status=status,
        ms=round(seconds * 1000, 1),
    )
