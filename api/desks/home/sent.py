"""Drafts that were sent: the office took the form, so the draft goes in the same answer.

The script of a form names the draft in a cookie just before the form is sent. Where the answer leads on to another page,
the office has taken what was typed; an error, a refusal or an ended login leaves the draft and the cookie as they are.
The browser reads the same cookie afterwards: gone means taken.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

import orjson
import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.desks.home import draft_rows
from api.desks.officer import reader_of
from geo.problems import Problem
from geo.store.acts import act
from geo.store.engine import session

log = structlog.get_logger("api.drafts")

PREFIX: Final = "diming_draft_"
_ENOUGH: Final = 8


class SentDrafts:
    """Lets a draft go with the answer that says its form was taken; plain ASGI around the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        sent = drafts_sent(Request(scope)) if _is_form(scope) else {}

        async def send_and_let_go(message: Message) -> None:
            if message["type"] == "http.response.start" and _taken(message):
                await run_in_threadpool(_let_go, Request(scope), sent, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_and_let_go if sent else send)


def drafts_sent(request: Request) -> dict[str, tuple[str, str]]:
    """The drafts whose forms are sent with this request: by the cookie's name, form and page of the draft."""
    found: dict[str, tuple[str, str]] = {}
    for name, value in list(request.cookies.items()):
        if not name.startswith(PREFIX) or len(found) == _ENOUGH:
            continue
        try:
            to, form, path = orjson.loads(unquote(value))
        except (orjson.JSONDecodeError, ValueError, TypeError):
            continue
        if to == request.url.path and isinstance(form, str) and isinstance(path, str):
            found[name] = (form, path)
    return found


def _is_form(scope: Scope) -> bool:
    path: str = scope.get("path", "")
    return scope.get("method") == "POST" and path.startswith("/desk/")


def _taken(message: Message) -> bool:
    """Whether the answer leads on, and not to the login."""
    leads: bytes = dict(message["headers"]).get(b"location", b"/login")
    return not leads.startswith(b"/login") and message["status"] == 303


def _let_go(request: Request, sent: dict[str, tuple[str, str]], headers: MutableHeaders) -> None:
    try:
        officer = reader_of(request)
        with session() as db:
            act(db, actor=officer.name, action="draft.done", request_id=officer.request_id)
            for form, path in sent.values():
                draft_rows.done(db, officer.name, path, form)
    except Problem as problem:
        # The form itself is taken; a draft too many is better than an answer too few.
        log.warning("draft_stays", sentence=problem.sentence)
        return
    gone = Response()
    for name in sent:
        gone.delete_cookie(name, path="/desk")
    for value in gone.headers.getlist("set-cookie"):
        headers.append("set-cookie", value)
