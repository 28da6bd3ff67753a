"""Logging in and out, by form and by script."""

from __future__ import annotations

import httpx
import pytest

from api.security.accounts import add_account
from geo.store.engine import session
from tests.serving import Served

PASSWORD = "correct horse battery 9"


@pytest.fixture(scope="module")
def account(server: Served) -> str:
    with session() as db:
        add_account(db, "wangfang", PASSWORD, ["officer"], display_name="王芳")
    return "wangfang"


def test_the_form_opens_a_login_that_the_page_shows_and_ends(client: httpx.Client, account: str):
    answer = client.post("/login", data={"account": account, "password": PASSWORD})
    assert answer.status_code == 303
    page = client.get("/", headers={"accept": "text/html"})
    assert "王芳" in page.text
    token = client.get("/v1/session").json()["csrf"]
    assert client.post("/logout", data={"token": "wrong"}).status_code == 403
    assert client.post("/logout", data={"token": token}).status_code == 303
    assert client.get("/v1/session").json()["kind"] == "public"


def test_a_wrong_password_is_refused_on_the_form_without_saying_which_was_wrong(
    client: httpx.Client, account: str
):
    for name in (account, "nobody"):
        answer = client.post("/login", data={"account": name, "password": "not this"})
        assert answer.status_code == 401
        assert "用户名或密码不对" in answer.text


def test_a_script_logs_in_and_out_with_the_token(client: httpx.Client, account: str):
    opened = client.post("/v1/session", json={"account": account, "password": PASSWORD})
    assert opened.status_code == 201
    who = client.get("/v1/session").json()
    assert "officer" in who["roles"]
    assert client.delete("/v1/session").status_code == 403
    assert client.delete("/v1/session", headers={"x-csrf-token": who["csrf"]}).status_code == 204


def test_another_sites_page_cannot_send_the_login_form(client: httpx.Client, account: str):
    headers = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    answer = client.post("/login", data={"account": account, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/desk/repairs?state=open", "/desk/repairs?state=open"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/login?next=/login", "/"),
    ],
)
def test_a_login_leads_to_the_page_that_was_asked_and_never_to_another_site(
    client: httpx.Client, account: str, asked: str, led_to: str
):
    answer = client.post("/login", data={"account": account, "password": PASSWORD, "next": asked})
    assert (answer.status_code, answer.headers["location"]) == (303, led_to)


def test_a_page_for_staff_offers_the_login_that_comes_back_to_it(client: httpx.Client, account: str):
    refused = client.get("/desk/repairs", headers={"accept": "text/html"})
    assert refused.status_code == 401 and 'href="/login?next=/desk/repairs"' in refused.text
    form = client.get("/login", params={"next": "/desk/repairs"})
    assert 'name="next" value="/desk/repairs"' in form.text
    again = client.post("/login", data={"account": account, "password": "not this", "next": "/desk/repairs"})
    assert again.status_code == 401 and 'name="next" value="/desk/repairs"' in again.text
