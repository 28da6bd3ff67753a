"""The short way of a public question about an address: answered from memory before the framework, in plain ASGI.

The framework, its layers and its log cost as much as the answer itself. Who shows a cookie or a key, asks wrongly, or
comes while the index is being looked at, goes on to the framework, which knows callers, refuses and explains; both ways
give the same body, the same headers and a line in the log.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

import orjson
import structlog
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from api import lookup
from api.metrics import count_request
from api.parameters import GeocodeQuery, ParseQuery, ReverseQuery, SuggestQuery
from api.rights import RIGHTS
from api.routes.geocode import GEOJSON, PLAIN, geocoded, parsed_of, reversed_at, suggested
from api.security.roles import PUBLIC
from api.wrapping import HEADERS, given_or_new_id
from gazetteer.address.answering.engine import Geocoder
from geo.problems import Problem


class Question(NamedTuple):
    """What is asked at a path: its parameters, how it is answered, the kind of the answer."""

    asked: type[BaseModel]
    answer: Callable[[Geocoder, Any], dict[str, Any]]
    media_type: str


QUESTIONS: Final = {
    "/v1/geocode": Question(GeocodeQuery, geocoded, GEOJSON),
    "/v1/reverse": Question(ReverseQuery, reversed_at, GEOJSON),
    "/v1/suggest": Question(SuggestQuery, suggested, GEOJSON),
    "/v1/parse": Question(ParseQuery, parsed_of, PLAIN),
}
#: Only what the table of rights opens to everybody is answered without asking who comes.
OPEN: Final = {path: one for path, one in QUESTIONS.items() if PUBLIC in RIGHTS[("GET", path)]}
#: From this many bytes on an answer is packed for who takes it so, as everywhere.
PACKED_FROM: Final = 1024
_SHOWING: Final = frozenset((b"cookie", b"authorization", b"x-api-key"))
_ALWAYS: Final = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class AddressDoor:
    """Stands before the application and answers the public's questions."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Bound once: finding the logger anew for each request costs as much as the line.
        self._log = structlog.get_logger("api.access").bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        question = OPEN.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        engine = lookup.current().at_hand() if question is not None else None
        if question is None or engine is None or any(name in _SHOWING for name, _ in scope["headers"]):
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        body = _body(question, engine, scope["query_string"])
        if body is None:
            await self.app(scope, receive, send)
            return
        request_id = given_or_new_id(scope)
        await _send(scope, send, body, question.media_type, request_id)
        seconds = time.perf_counter() - began
        count_request("GET", scope["path"], 200, seconds)
        ms = round(seconds * 1000, 1)
        self._log.info("request", request_id=request_id, method="GET", route=scope["path"], status=200, ms=ms)


def _body(question: Question, engine: Geocoder, query: bytes) -> bytes | None:
    """The answer; None for what the framework is to refuse and explain."""
    try:
        return orjson.dumps(question.answer(engine, question.asked.model_validate(pairs_of(query))))
    except (ValidationError, Problem):
        return None
    except Exception:  # a fault of ours: asked once more behind, where it is told and logged as such
        return None


def pairs_of(query: bytes) -> dict[str, str]:
    """The parameters of a query string, as ``parse_qsl`` reads them; most have one, whose address is bytes in percents."""
    text = query.decode("latin-1")
    name, _, value = text.partition("=")
    if not (name.isalpha() and value.isascii()) or "&" in value or "+" in value:
        return dict(parse_qsl(text, keep_blank_values=True))
    return {name: _PERCENTS.sub(_characters, value)}


def _characters(percents: re.Match[str]) -> str:
    return bytes.fromhex(percents.group().replace("%", "")).decode("utf-8", "replace")


_PERCENTS = re.compile("(?:%[0-9A-Fa-f]{2})+")


async def _send(scope: Scope, send: Send, body: bytes, media_type: str, request_id: str) -> None:
    headers = [
        *_ALWAYS,
        (b"content-type", media_type.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"x-request-id", request_id.encode()),
    ]
    if len(body) >= PACKED_FROM and _takes_gzip(scope):
        body = gzip.compress(body, 6, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])
