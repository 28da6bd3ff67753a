"""A register that nobody has filled yet: every page opens and says what to do first."""

from __future__ import annotations

import re

import httpx

from api.pages.rail import RAIL
from api.rights import RIGHTS
from api.security.accounts import add_account
from geo.store.engine import session
from tests.serving import running

PASSWORD = "长一点的密码 xyz"
ROLES = ["officer", "reviewer", "administrator"]
PUBLIC = (
    "/",
    "/?q=人民路1号",
    "/map",
    "/notices",
    "/meals",
    "/cemeteries",
    "/services",
    "/apply",
    "/apply/number",
    "/report",
    "/docs",
    "/about",
)
_EMPTY = re.compile(r'class="state is-nothing">.*?</div>', re.DOTALL)


def test_every_page_opens_on_a_bare_register_and_an_empty_list_says_what_to_do(database_url: str) -> None:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ROLES, display_name="张三")
    wrong: dict[str, str] = {}
    with running() as url, httpx.Client(base_url=url, follow_redirects=True, timeout=240) as client:
        for path in PUBLIC:
            _look(client, path, wrong)
        _log_in(client)
        for path in (
            p.href
            for entry in RAIL
            for p in entry.pages
            if set(ROLES) & RIGHTS.get(("GET", p.href), frozenset())
        ):
            _look(client, path, wrong)
    assert wrong == {}


def _look(client: httpx.Client, path: str, wrong: dict[str, str]) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    if answer.status_code >= 500:
        wrong[path] = f"{answer.status_code}: {answer.text[:200]}"
    for found in _EMPTY.findall(answer.text):
        if not any(part in found for part in ("<p", "<li", "<a ")):
            wrong[path] = f"an empty list that says nothing: {found}"


def _log_in(client: httpx.Client) -> None:
    token = re.search(r'name="token" value="([^"]*)"', client.get("/login").text)
    given = {"account": "zhang", "password": PASSWORD, "token": token[1] if token else ""}
    assert client.post("/login", data=given).url.path != "/login"
