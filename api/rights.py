"""The one table of rights (权限表): every route and who may use it. No entry, no way in.

A test walks the application's routes and fails for a route without an entry and for an entry without a route.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.security.caller import Caller, check_same_site, identify, shows_something
from api.security.roles import KINDS, PUBLIC, ROLES, SYSTEM
from geo.problems import NotAllowed, NotLoggedIn

EVERYBODY: Final = frozenset(KINDS)
STAFF: Final = frozenset(ROLES)
REPAIR: Final = frozenset({"officer", "reviewer", "analyst"})
"""Who may repair lists of addresses (整改)."""

_DIALECTS: Final = {
    "GET": ("ban/search", "ban/reverse", "photon/api", "photon/reverse", "nominatim/search", "nominatim/reverse",
            "amap/v3/geocode/geo", "amap/v3/geocode/regeo", "tianditu/geocoder"),
    "POST": ("ban/search/csv", "ban/reverse/csv"),
}  # fmt: skip
_READ: Final = ("divisions", "places", "roads", "addresses", "facilities")

RIGHTS: Final[dict[tuple[str, str], frozenset[str]]] = {
    # pages
    ("GET", "/"): EVERYBODY,
    ("GET", "/results"): EVERYBODY,
    ("GET", "/a/{code}"): EVERYBODY,
    ("GET", "/view"): EVERYBODY,
    ("GET", "/about"): EVERYBODY,
    ("GET", "/docs"): EVERYBODY,
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    ("POST", "/logout"): EVERYBODY,
    # who is asking
    ("GET", "/v1/session"): EVERYBODY,
    ("POST", "/v1/session"): EVERYBODY,
    ("DELETE", "/v1/session"): STAFF,
    # addresses in, places out
    ("GET", "/v1/geocode"): EVERYBODY,
    ("GET", "/v1/reverse"): EVERYBODY,
    ("GET", "/v1/suggest"): EVERYBODY,
    ("GET", "/v1/parse"): EVERYBODY,
    ("POST", "/v1/geocode/batch"): EVERYBODY,
    ("GET", "/v1/jobs/{job}"): EVERYBODY,
    ("GET", "/v1/jobs/{job}/result"): EVERYBODY,
    ("DELETE", "/v1/jobs/{job}"): EVERYBODY,
    # the same answers in the words of other geocoders, with and without a slash at the end
    **{
        (method, f"/dialects/{path}{end}"): EVERYBODY
        for method, paths in _DIALECTS.items()
        for path in paths
        for end in ("", "/")
    },
    # the register to read
    **{("GET", f"/v1/{name}"): EVERYBODY for name in _READ},
    **{("GET", f"/v1/{name}/{{code}}"): EVERYBODY for name in _READ},
    # what is reported as wrong
    ("GET", "/report"): EVERYBODY,
    ("POST", "/report"): EVERYBODY,
    ("POST", "/v1/reports"): EVERYBODY,
    ("GET", "/v1/reports"): frozenset({"officer", "reviewer", "administrator", SYSTEM}),
    # the repair desk
    **{
        ("GET", f"/desk/repairs{path}"): REPAIR
        for path in (
            "",
            "/{batch}",
            "/{batch}/accept",
            "/{batch}/acts",
            "/{batch}/file",
            "/{batch}/sample",
            "/{batch}/training",
        )
    },
    **{
        ("POST", f"/desk/repairs{path}"): REPAIR
        for path in (
            "",
            "/{batch}/start",
            "/{batch}/accept",
            "/{batch}/undo",
            "/{batch}/rows/{number}",
            "/{batch}/rows/{number}/alias",
            "/{batch}/rows/{number}/undo",
            "/{batch}/sample",
            "/{batch}/sample/{seed}",
        )
    },
    # maps
    ("GET", "/tiles/{layer}/{z}/{x}/{y}.mvt"): EVERYBODY,
    ("GET", "/styles/{name}.json"): EVERYBODY,
    ("GET", "/locator.svg"): EVERYBODY,
    # running
    ("GET", "/livez"): EVERYBODY,
    ("GET", "/readyz"): EVERYBODY,
    ("GET", "/metrics"): EVERYBODY,
}

#: What stands beside the routes and is open to everybody: files of the pages, the description of the interface.
OPEN_BESIDE: Final = frozenset({"/static", "/openapi.json"})


async def enforce(request: Request) -> None:
    """Let the caller pass or say why not; stands before every route of the application.

    Whoever shows neither a cookie nor a key is the public: no thread and no database is needed to know that.

    Raises:
        NotLoggedIn: the route is not for the public and nobody is logged in.
        NotAllowed: who is logged in lacks the right, or another site's page sends a write.
    """
    if request.method not in {"GET", "HEAD"}:
        check_same_site(request)
    caller = await run_in_threadpool(identify, request) if shows_something(request) else identify(request)
    check(caller, request.method, request.scope["route"].path)


def check(caller: Caller, method: str, route: str) -> None:
    """Whether one of the caller's kinds may use the route; a route that the table does not know is closed.

    Raises:
        NotLoggedIn: nobody is known, and somebody with a role might.
        NotAllowed: the caller is known and lacks the right.
    """
    allowed = RIGHTS.get(("GET" if method == "HEAD" else method, route), frozenset())
    if allowed & caller.roles:
        return
    if allowed and caller.roles == {PUBLIC} and not caller.known:
        raise NotLoggedIn("此操作需要登录。", "请登录后重试。")
    raise NotAllowed("您没有进行此操作的权限。", "如确需办理，请联系系统管理员开通。")
