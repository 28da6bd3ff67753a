"""The table of rights and the routes are the same list, and the table is what decides."""

from __future__ import annotations

import http.client
import re
from contextlib import closing

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.rights import OPEN_BESIDE, RIGHTS, check
from api.security.accounts import add_account
from api.security.caller import NOBODY, Caller
from api.security.keys import add_key
from api.security.roles import KINDS, PUBLIC, ROLES
from geo.problems import NotAllowed, NotLoggedIn
from geo.store.engine import act, session
from tests.faults import kept
from tests.serving import Served

PASSWORD = "四个不相干的词 mango"


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    found = set()
    for route in iter_route_contexts(app.routes):
        path = str(route.path)
        if path in OPEN_BESIDE:
            continue
        methods = set(route.methods or ()) - {"HEAD"}
        assert methods, f"{path} has no methods and is not in OPEN_BESIDE"
        found |= {(method, path) for method in methods}
    return found


def test_every_route_stands_in_the_table_and_every_entry_has_a_route():
    assert routes_of(create_app()) == set(RIGHTS)


def test_a_route_that_the_table_does_not_know_is_closed_to_everybody():
    with pytest.raises(NotAllowed):
        check(NOBODY, "GET", "/v1/nowhere")


def test_the_public_is_asked_to_log_in_and_a_role_without_the_right_is_refused(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setitem(RIGHTS, ("POST", "/v1/secret"), frozenset({"officer"}))
    with pytest.raises(NotLoggedIn):
        check(NOBODY, "POST", "/v1/secret")
    auditor = Caller("account", "li", "李", frozenset({"public", "auditor"}))
    with pytest.raises(NotAllowed):
        check(auditor, "POST", "/v1/secret")
    officer = Caller("account", "wang", "王", frozenset({"public", "officer"}))
    check(officer, "POST", "/v1/secret")


def test_the_server_itself_refuses_what_the_table_does_not_allow(client: httpx.Client):
    answer = client.delete("/v1/session")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-logged-in"


def logged_in(server: Served, role: str) -> dict[str, str]:
    """The header of whoever has that role alone."""
    with httpx.Client(base_url=server.url, timeout=240) as client:
        said = {"account": f"only-{role}", "password": PASSWORD}
        assert client.post("/v1/session", json=said).status_code == 201
        return {"cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}


def test_no_kind_of_caller_passes_a_door_that_the_table_closes_to_it(server: Served) -> None:
    with session() as db:
        act(db, actor="test", action="account.add")
        for role in ROLES:
            add_account(db, f"only-{role}", PASSWORD, [role])
        key = add_key(db, "权限表", ["read"])
    wrong, tried = [], 0
    for kind in (PUBLIC, *ROLES, "key"):
        shown = {"x-api-key": key} if kind == "key" else logged_in(server, kind) if kind in ROLES else {}
        role = PUBLIC if kind == "key" else kind
        with closing(http.client.HTTPConnection(server.url.removeprefix("http://"))) as line:
            for (method, path), allowed in RIGHTS.items():
                if allowed & {role, PUBLIC}:
                    continue
                line.request(method, re.sub("{[^}]*}", "1", path), headers=shown)
                answer = line.getresponse()
                answer.read()
                tried += 1
                told = 401 if kind == PUBLIC else 403
                if answer.status != told:
                    wrong.append(f"{kind} {method} {path}: {answer.status}")
    kept.keep("rights", {
        "routes": len(RIGHTS), "without_an_entry": len(routes_of(create_app()) ^ set(RIGHTS)), "kinds_of_caller": len(ROLES) + 2,
        "closed_doors_tried": tried, "passed_wrongly": len(wrong),
    })  # fmt: skip
    assert wrong == []
    assert tried > 1000


def test_every_entry_is_for_some_kind_of_caller_that_there_is() -> None:
    assert {kind for allowed in RIGHTS.values() for kind in allowed} <= set(KINDS)
    assert [route for route, allowed in RIGHTS.items() if not allowed] == []
