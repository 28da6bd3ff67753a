"""The one table of rights (权限表): every route and who may use it. No entry, no way in.

A test walks the application's routes and fails for a route without an entry and for an entry without a route.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request

from api.callers import KINDS, Caller, caller_of
from geo.problems import NotAllowed, NotLoggedIn

EVERYBODY: Final = frozenset(KINDS)
LOGGED_IN: Final = EVERYBODY - {"public", "key"}

RIGHTS: Final[dict[tuple[str, str], frozenset[str]]] = {
    # pages
    ("GET", "/"): EVERYBODY,
    ("GET", "/results"): EVERYBODY,
    ("GET", "/view"): EVERYBODY,
    ("GET", "/about"): EVERYBODY,
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    # addresses in, places out
    ("GET", "/v1/geocode"): EVERYBODY,
    ("GET", "/v1/reverse"): EVERYBODY,
    ("GET", "/v1/suggest"): EVERYBODY,
    ("GET", "/v1/parse"): EVERYBODY,
    # maps
    ("GET", "/tiles/{layer}/{z}/{x}/{y}.mvt"): EVERYBODY,
    ("GET", "/styles/{name}.json"): EVERYBODY,
    ("GET", "/locator.svg"): EVERYBODY,
    # running
    ("GET", "/livez"): EVERYBODY,
    ("GET", "/readyz"): EVERYBODY,
}


def enforce(request: Request) -> None:
    """Let the caller pass or say why not; stands before every route of the application.

    Raises:
        NotLoggedIn: the route is not for the public and nobody is logged in.
        NotAllowed: who is logged in lacks the right.
    """
    caller = caller_of(request)
    request.state.caller = caller
    request.state.caller_name = caller.name
    request.state.form_token = caller.form_token
    check(caller, request.method, request.scope["route"].path)


def check(caller: Caller, method: str, route: str) -> None:
    """Whether one of the caller's kinds may use the route; a route that the table does not know is closed."""
    allowed = RIGHTS.get(("GET" if method == "HEAD" else method, route), frozenset())
    if allowed & caller.kinds:
        return
    if caller.kinds == {"public"} and allowed:
        raise NotLoggedIn("此操作需要登录。", "请登录后重试。")
    raise NotAllowed("您没有进行此操作的权限。", "如确需办理，请联系系统管理员开通。")
