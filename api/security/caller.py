"""Who is asking, for one request: from the login cookie, from an API key, or nobody known.

caller = identify(request)            # never raises for an unknown caller: then it is the public
act(db, actor=caller.name, action="place.rename", request_id=…)
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request

from api.security.keys import use_key
from api.security.login import COOKIE, Cookie, login, login_with_code, logout
from api.security.roles import PUBLIC, SYSTEM
from api.security.sessions import find_session
from geo.problems import NotAllowed
from geo.store.engine import session

__all__ = ["COOKIE", "NOBODY", "PROGRAM", "Caller", "Cookie", "check_csrf", "check_same_site", "identify", "login",
           "login_with_code", "logout", "shows_something"]  # fmt: skip
CSRF_HEADER = "x-csrf-token"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking.

    Attributes:
        kind: ``public``, ``account`` (cookie), ``key`` (API key) or ``system`` (command line, jobs).
        name: what the audit shows: an account's name, ``key:`` and a key's name, ``public``, ``system``.
        roles: the kinds of the table of rights this caller counts as; ``public`` is always among them.
        scopes: what an API key is for; empty for everybody else.
        division_code: the division that what the caller writes must lie in, None for the whole district.
        csrf: the token that a form of this login must carry.
        must_change: somebody else knows the password; until it is changed only the own profile opens.
    """

    kind: Literal["public", "account", "key", "system"]
    name: str
    shown_name: str
    roles: frozenset[str]
    scopes: frozenset[str] = frozenset()
    account_id: int | None = None
    division_code: str | None = None
    csrf: str = ""
    must_change: bool = False

    @property
    def known(self) -> bool:
        """Whether it is known who is asking."""
        return self.kind != "public"


NOBODY = Caller("public", PUBLIC, "公众", frozenset({PUBLIC}))
PROGRAM = Caller("system", SYSTEM, "系统", frozenset({PUBLIC, SYSTEM}))


def identify(request: Request) -> Caller:
    """Who sent this request. Looks once and remembers it in ``request.state.caller``.

    Raises:
        NotLoggedIn: an API key was given and it is not valid; a wrong key is never taken for the public.
        Unavailable: the database is away and a cookie or key was given.
    """
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        known = request.state.caller = _look_up(request)
    return known


def shows_something(request: Request) -> bool:
    """Whether the request carries a cookie or a key, so that :func:`identify` has to ask the database."""
    return bool(request.cookies.get(COOKIE)) or _given_key(request) is not None


def check_same_site(request: Request) -> None:
    """Refuse a write that another site's page sends: for the login form, which has no token yet.

    Raises:
        NotAllowed: the browser says that the request comes from another site.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = (
        site not in ("same-origin", "none") if site else bool(origin) and not _own(request, origin or "")
    )
    if foreign:
        raise NotAllowed("请求来自另一个网站", "请在本系统的页面里操作", code="cross-site")


def check_csrf(request: Request, given: str | None = None) -> None:
    """Refuse a write by cookie that does not carry the login's token, in ``X-CSRF-Token`` or as ``given``.

    Callers without a cookie (API keys) need none: no browser sends a key by itself.

    Raises:
        NotAllowed: the token is missing or another login's.
    """
    caller = identify(request)
    if caller.kind != "account":
        return
    check_same_site(request)
    token = given or request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(token.encode("utf-8", "replace"), caller.csrf.encode()):
        raise NotAllowed("页面已过期", "请刷新页面后再提交一次", code="csrf")


def _look_up(request: Request) -> Caller:
    key = _given_key(request)
    if key is not None:
        with session() as db:
            found_key = use_key(db, key)
        return Caller(
            "key",
            f"key:{found_key.name}",
            found_key.name,
            frozenset({PUBLIC}),
            frozenset(found_key.scopes),
            division_code=found_key.division_code,
        )
    token = request.cookies.get(COOKIE)
    if not token:
        return NOBODY
    with session() as db:
        found = find_session(db, token)
    if found is None:
        return NOBODY
    return Caller(
        "account", found.name, found.display_name, frozenset({PUBLIC, *found.roles}),
        account_id=found.account_id, division_code=found.division_code, csrf=found.csrf,
        must_change=found.must_change,
    )  # fmt: skip


def _given_key(request: Request) -> str | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.headers.get("x-api-key")


def _own(request: Request, origin: str) -> bool:
    return urlsplit(origin).netloc == request.headers.get("host", "")
