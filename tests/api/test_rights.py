"""The table of rights and the routes are the same list, and the table is what decides."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.rights import OPEN_BESIDE, RIGHTS, check
from api.security.caller import NOBODY, Caller
from geo.problems import NotAllowed, NotLoggedIn


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
