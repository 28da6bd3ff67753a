"""One way to draw a page: the Jinja environment and what every page knows without being told."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import surroundings
from api.pages import front, rail, said
from api.pages.dates import day, moment
from api.pages.persons import persons
from api.security.caller import Caller, identify
from geo.problems import Problem

FOLDER = Path(__file__).resolve().parent.parent / "templates"
LARGE_COOKIE = "diming_type"
CONTRAST_COOKIE = "diming_contrast"
_GROUPED_FROM = 10_000


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates escape everything and stop at a name that nobody gave."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"moment": moment, "day": day, "grouped": grouped, "persons": persons}
    return made


def grouped(value: object) -> str:
    """A figure with its thousands apart from five digits on: 20,221; anything but a number as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) < _GROUPED_FROM:
        return str(value)
    return f"{value:,}"


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """The page ``name`` drawn with ``context`` and what the base layout needs."""
    known = _known_to_every_page(request)
    html = environment().get_template(name).render(**{**known, **context})
    response = HTMLResponse(html, status, headers={"vary": "cookie", "cache-control": "no-cache"})
    if known["said"]:
        response.delete_cookie(said.COOKIE)
    return response


def _known_to_every_page(request: Request) -> dict[str, Any]:
    around, caller = surroundings.of_data(), logged_in(request)
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "name": "地名地址查询",
        "district": around.district,
        "made_up": around.made_up,
        "updated": around.updated,
        "review_number": around.review_number,
        "here": request.url.path,
        "back": request.url.path + query if request.method == "GET" else "/",
        "said": said.said(request),
        "front": front.shown(request.url.path),
        "contrast": request.cookies.get(CONTRAST_COOKIE) == "high",
        "large": request.cookies.get(LARGE_COOKIE) == "large",
        "rail": rail.shown(caller.roles, request.url.path) if caller else (),
        "caller": caller.shown_name if caller else "",
        "form_token": caller.csrf if caller else "",
    }


def logged_in(request: Request) -> Caller | None:
    """Who works here with an account; None for everybody else, and where it cannot be known."""
    try:
        caller = identify(request)
    except Problem:
        # The page that tells of the trouble is drawn all the same.
        return None
    return caller if caller.kind == "account" else None
