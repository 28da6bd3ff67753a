"""How a dialect's routes are made: errors in the dialect's own form, open to pages of other sites, slash or no slash."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.validation_words import findings_of
from geo.problems import BadInput, NotFound, Problem, TooMuch

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Refusal = Callable[[Request, Problem], Response]

#: Stock clients run in pages of other sites; what the dialects read is open to everybody and carries no login.
OPEN = {"access-control-allow-origin": "*"}


def answer(body: Any, status: int = 200, media_type: str = "application/json; charset=utf-8") -> Response:
    """A JSON answer that a page of any site may read."""
    return Response(orjson.dumps(body), status, OPEN, media_type)


def dialect_router(prefix: str, tag: str, refuse: Refusal) -> APIRouter:
    """A router whose routes say every problem by ``refuse``, as a client of that dialect expects it."""

    class Route(APIRoute):
        """One route of the dialect."""

        def get_route_handler(self) -> Handler:
            return _refusing(super().get_route_handler(), refuse)

    return APIRouter(prefix=prefix, tags=[tag], route_class=Route)


def both_ways(
    router: APIRouter, method: str, path: str, summary: str
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Register a handler with and without the slash at the end.

    A redirect from one to the other would do for a program, but a page of another site may not follow it and a
    posted file would be sent twice.
    """

    def register(handler: Callable[..., Response]) -> Callable[..., Response]:
        bare = path.rstrip("/")
        for spelling in (bare, f"{bare}/"):
            router.add_api_route(
                spelling, handler, methods=[method], summary=summary, response_class=Response,
                include_in_schema=spelling == path,
            )  # fmt: skip
        return handler

    return register


def _refusing(inner: Handler, refuse: Refusal) -> Handler:
    async def handle(request: Request) -> Response:
        try:
            return await inner(request)
        except (Problem, RequestValidationError, HTTPException) as error:
            return refuse(request, as_problem(error))

    return handle


def as_problem(error: Problem | RequestValidationError | HTTPException) -> Problem:
    """What went wrong as one Problem with a sentence and a remedy."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        findings = findings_of(error.errors())
        first = findings[0]
        missing = all(e["type"] == "missing" for e in error.errors())
        code = "missing-parameter" if missing else "bad-parameter"
        return BadInput(
            f"{first.where}：{first.evidence}。", first.remedy, code=code, findings=tuple(findings)
        )
    if error.status_code == 413:
        return TooMuch("请求内容过大。", "请减小文件，或用 /v1/geocode/batch 提交。")
    return NotFound("请求无法处理。", "接口说明见 /docs。", code="bad-request")
