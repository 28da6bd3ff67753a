"""The one table of rights (权限表): every route and who may use it. No entry, no way in.

Each room states its own routes in a file of this package; here they become one table. A test walks the
application's routes and fails for a route without an entry and for an entry without a route.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.rights import (
    boundary,
    cemeteries,
    common,
    data,
    diagnosis,
    exchange,
    field,
    home,
    maps,
    meals,
    naming,
    numbers,
    places,
    plates,
    roads,
    system,
)
from api.rights.callers import DESK, EVERYBODY, OFFICE, REPAIR, STAFF
from api.security.caller import Caller, check_same_site, identify, shows_something
from api.security.roles import PUBLIC
from boundary.access import prefix_of
from geo.problems import NotAllowed, NotLoggedIn
from geo.store.acts import REACH
from geo.store.sight import SEES

__all__ = ["DESK", "EVERYBODY", "OFFICE", "OPEN_BESIDE", "REPAIR", "RIGHTS", "STAFF", "check", "enforce"]


#: What a login opens whose password somebody else knows.
WITH_OLD_PASSWORD: Final = frozenset(
    {"/desk/system/me", "/desk/system/me/password", "/logout", "/v1/session", "/", "/login"}
)


def _one_table() -> dict[tuple[str, str], frozenset[str]]:
    table: dict[tuple[str, str], frozenset[str]] = {}
    for room in (
        common,
        home,
        naming,
        places,
        roads,
        exchange,
        numbers,
        plates,
        diagnosis,
        boundary,
        field,
        meals,
        cemeteries,
        data,
        maps,
        system,
    ):
        twice = table.keys() & room.RIGHTS.keys()
        if twice:
            raise ValueError(f"stated twice in the table of rights: {sorted(twice)}")
        table |= room.RIGHTS
    return table


RIGHTS: Final = _one_table()

#: What stands beside the routes and is open to everybody: files of the pages, the description of the interface, and the
#: published views as OGC services, which only read.
OPEN_BESIDE: Final = frozenset({"/static", "/openapi.json", "/ogc"})


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
    # Holds for the handler, which runs in a copy of this context, and there for every act it names.
    reach = prefix_of(caller.division_code) if caller.division_code else ""
    REACH.set(reach)
    # What anybody may read, whoever is bound to a division may read too.
    SEES.set("" if _open_to_all(request) else reach)
    if caller.must_change and request.scope["route"].path not in WITH_OLD_PASSWORD:
        raise NotAllowed("密码是别人设的，要先改成自己的", "到“我的账号”里修改密码", code="must-change")


def _open_to_all(request: Request) -> bool:
    method = "GET" if request.method == "HEAD" else request.method
    return PUBLIC in RIGHTS.get((method, request.scope["route"].path), frozenset())


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
