"""The second step of a login, lock-out, and what the own account's page does, over HTTP."""

from __future__ import annotations

import re
import time
from contextlib import closing
from types import SimpleNamespace

import httpx
import pyotp
import pytest
from sqlalchemy import text

from api.security import second_step
from api.security.accounts import add_account, get_account
from api.security.login import login, login_with_code
from api.security.passwords import check_password
from api.security.throttle import FAILURES_A_DAY, forget_attempts
from geo.problems import BadInput, NotLoggedIn, TooOften
from geo.store.engine import forget_engines, session
from tests.serving import Served

PASSWORD = "四个不相干的词 mango"
HERE = "192.0.2.7"


NOW = time.time()


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code holds for half a minute: for the codes no time passes here, however long the machine takes."""
    monkeypatch.setattr(second_step, "time", SimpleNamespace(time=lambda: NOW))


def enrolled(name: str) -> tuple[pyotp.TOTP, list[str]]:
    """Turn the second step on; the code that turned it on is used up."""
    with session() as db:
        account = get_account(db, name).id
        secret = second_step.begin(db, account).split("secret=")[1].split("&")[0]
        totp = pyotp.TOTP(secret)
        codes = second_step.confirm(db, account, totp.at(NOW - 30))
    return totp, codes


@pytest.fixture
def account(database_url: str) -> str:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
    return "zhang"


def test_a_password_alone_opens_nothing_and_a_code_opens_one_door_once(account: str) -> None:
    totp, _ = enrolled(account)
    first, second = (login(account, PASSWORD, address=HERE) for _ in range(2))
    assert first.pending and second.pending
    code = totp.at(NOW)
    opened = login_with_code(first.token, code, address=HERE)
    assert not opened.pending and opened.token != first.token
    with pytest.raises(NotLoggedIn):
        login_with_code(second.token, code, address=HERE)
    with pytest.raises(NotLoggedIn):
        login_with_code(first.token, totp.at(NOW + 30), address=HERE)


def test_a_recovery_code_opens_one_door_once(account: str) -> None:
    _, codes = enrolled(account)
    assert len(set(codes)) == second_step.CODES
    login_with_code(login(account, PASSWORD, address=HERE).token, f" {codes[0].upper()} ", address=HERE)
    with pytest.raises(NotLoggedIn):
        login_with_code(login(account, PASSWORD, address=HERE).token, codes[0], address=HERE)


def test_codes_are_guessed_no_more_often_than_passwords_though_the_password_is_right(account: str) -> None:
    enrolled(account)
    for _ in range(5):
        with pytest.raises(NotLoggedIn):
            login_with_code(login(account, PASSWORD, address=HERE).token, "000000x", address=HERE)
    with pytest.raises(TooOften):
        login(account, PASSWORD, address=HERE)


def test_the_database_alone_does_not_give_the_codes(account: str) -> None:
    totp, codes = enrolled(account)
    with session() as db:
        stored = str(db.execute(text("SELECT a.* FROM access.account a")).all())
        seen = str(db.execute(text("SELECT old_values, new_values FROM audit.entry")).all())
    for secret in (totp.secret, *codes):
        assert secret not in stored and secret not in seen


def test_twenty_failures_in_a_day_lock_the_account_and_a_restart_changes_nothing(account: str) -> None:
    with session() as db:
        db.execute(
            text("INSERT INTO access.login_attempt (name, address, succeeded, at) "
                 "SELECT :name, '198.51.100.1', false, now() - interval '2 hours' FROM generate_series(1, :n)"),
            {"name": account, "n": FAILURES_A_DAY - 1},
        )  # fmt: skip
    with pytest.raises(NotLoggedIn):
        login(account, "falsch falsch", address=HERE)
    forget_engines()
    with pytest.raises(TooOften, match="已锁定"):
        login(account, PASSWORD, address=HERE)
    with session() as db:
        forget_attempts(db, account)
    assert login(account, PASSWORD, address=HERE).token


@pytest.mark.parametrize(
    "password", ["password1234", "1234567890ab", "zhangsan2026zhangsan", "qwertyuiop12", "abcdefghijkl"]
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(BadInput, match="太容易猜到"):
        check_password(password, name="zhangsan")


@pytest.mark.parametrize(
    "password", ["correct horse battery", "四个不相干的词再加两个", "mango-7-lamp-river"]
)
def test_a_long_password_needs_no_signs(password: str) -> None:
    check_password(password, name="zhangsan")


def test_the_own_page_turns_the_second_step_on_and_ends_other_logins(server: Served) -> None:
    client = httpx.Client(base_url=server.url, timeout=240)
    with session() as db:
        add_account(db, "wang", PASSWORD, ["officer"], display_name="王五")
    client.post("/login", data={"account": "wang", "password": PASSWORD})
    token = client.get("/v1/session").json()["csrf"]
    assert client.get("/desk/system", follow_redirects=True).url.path == "/desk/system/me"
    assert client.post("/desk/system/me/code", data={"password": PASSWORD}).status_code == 403
    drawn = client.post("/desk/system/me/code", data={"password": PASSWORD, "token": token})
    secret = re.search(r'totp-secret"><code>([A-Z2-7 ]+)<', drawn.text)[1].replace(" ", "")
    assert "<svg" in drawn.text
    shown = client.post(
        "/desk/system/me/code/confirm", data={"code": pyotp.TOTP(secret).at(NOW), "token": token}
    )
    codes = re.findall(r"<li><code>([0-9a-f-]+)</code>", shown.text)
    with closing(client), httpx.Client(base_url=server.url, timeout=240) as other:
        asked = other.post("/login", data={"account": "wang", "password": PASSWORD})
        assert "动态码" in asked.text and other.get("/v1/session").json()["kind"] == "public"
        assert other.post("/login/code", data={"code": "12"}).status_code == 401
        assert other.post("/login/code", data={"code": codes[0]}).status_code == 303
        assert other.get("/v1/session").json()["kind"] == "account"
        assert client.post("/desk/system/me/logins/end", data={"token": token}).status_code == 303
        assert other.get("/v1/session").json()["kind"] == "public"
        refused = other.post("/v1/session", json={"account": "wang", "password": PASSWORD})
    assert refused.json()["code"] == "totp-needed"
