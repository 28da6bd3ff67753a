"""Logins, keys and the throttle, on a real database."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from api.security.accounts import add_account, disable_account, has_administrator
from api.security.keys import add_key, find_key, revoke_key
from api.security.login import login, logout
from api.security.passwords import hash_password, matches, random_password
from api.security.sessions import find_session
from geo.problems import BadInput, Conflict, NotLoggedIn, TooOften
from geo.store.engine import session

PASSWORD = "长一点的密码 xyz"
HERE = "192.0.2.1"


@pytest.fixture
def account(database_url: str) -> str:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
    return "zhang"


def known(token: str):
    with session() as db:
        return find_session(db, token)


def test_a_login_is_known_until_it_is_ended(account: str) -> None:
    cookie = login(" Zhang ", PASSWORD, address=HERE)
    found = known(cookie.token)
    assert (found.name, found.roles) == ("zhang", ("officer",))
    assert cookie.arguments()["httponly"]
    assert cookie.arguments()["samesite"] == "lax"
    logout(cookie.token)
    assert known(cookie.token) is None


def test_the_database_keeps_no_token_and_no_password(account: str) -> None:
    token = login(account, PASSWORD, address=HERE).token
    with session() as db:
        stored = str(db.execute(text("SELECT s.*, a.* FROM access.session s, access.account a")).all())
    assert token not in stored
    assert PASSWORD not in stored


def test_disabling_an_account_ends_its_logins(account: str) -> None:
    token = login(account, PASSWORD, address=HERE).token
    with session() as db:
        disable_account(db, account)
    assert known(token) is None
    with pytest.raises(NotLoggedIn):
        login(account, PASSWORD, address=HERE)


def test_a_login_unused_for_too_long_is_over(account: str) -> None:
    token = login(account, PASSWORD, address=HERE).token
    with session() as db:
        db.execute(text("UPDATE access.session SET seen_at = now() - interval '13 hours'"))
    assert known(token) is None


def test_wrong_name_and_wrong_password_sound_the_same(account: str) -> None:
    said = set()
    for name, password in (
        (account, "falsch falsch"),
        ("nobody", PASSWORD),
        (account, "x" * 5000),
        ("a\0b", ""),
    ):
        with pytest.raises(NotLoggedIn) as caught:
            login(name, password, address=HERE)
        said.add((caught.value.sentence, caught.value.code))
    assert len(said) == 1


def test_guessing_is_stopped_for_the_name_and_a_success_clears_the_count(account: str) -> None:
    for _ in range(4):
        with pytest.raises(NotLoggedIn):
            login(account, "falsch falsch", address=HERE)
    login(account, PASSWORD, address=HERE)
    for _ in range(5):
        with pytest.raises(NotLoggedIn):
            login(account, "falsch falsch", address=HERE)
    with pytest.raises(TooOften) as caught:
        login(account, PASSWORD, address="192.0.2.9")
    assert caught.value.status == 429


@pytest.mark.parametrize("password", ["kurz", "aaaaaaaaaaaa", "x" * 129, "abcabcabc\0abc"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(BadInput):
        hash_password(password)


def test_a_random_password_keeps_the_rule() -> None:
    password = random_password()
    assert matches(password, hash_password(password))
    assert not matches(password, None)


def test_a_key_is_worth_nothing_once_revoked_expired_or_unknown(database_url: str) -> None:
    with session() as db:
        key = add_key(db, "平台", ["read"])
        assert find_key(db, key).scopes == ("read",)
        old = add_key(db, "旧平台", ["read"], days=1)
        db.execute(
            text("UPDATE access.api_key SET expires_at = now() - interval '1 day' WHERE name = '旧平台'")
        )
        revoke_key(db, "平台")
        for gone in (key, old, "dm_nothing", "\ud800"):
            with pytest.raises(NotLoggedIn):
                find_key(db, gone)


def test_a_name_is_given_once_and_an_administrator_is_found(database_url: str) -> None:
    with session() as db:
        assert not has_administrator(db)
        add_account(db, "admin", PASSWORD, ["administrator"])
        assert has_administrator(db)
    with pytest.raises(Conflict, match="已经有同名的账号"), session() as db:
        add_account(db, "admin", PASSWORD, ["auditor"])


@pytest.mark.parametrize(
    ("name", "roles"), [("张三", ["officer"]), ("a b", ["officer"]), ("zhang", []), ("zhang", ["king"])]
)
def test_a_wrong_name_or_role_is_told(database_url: str, name: str, roles: list[str]) -> None:
    with pytest.raises(BadInput), session() as db:
        add_account(db, name, PASSWORD, roles)
