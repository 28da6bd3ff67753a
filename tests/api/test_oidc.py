"""统一认证: a whole authorisation-code flow against a provider that runs here, and every token that must not open the door."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import text

from api.security import oidc
from api.security.accounts import add_account
from geo.settings import settings
from geo.store.engine import act, session
from tests.databases import Clone
from tests.provider import CLIENT, SECRET, Provider, provided
from tests.serving import running

PASSWORD = "四个不相干的词 mango"


@pytest.fixture(scope="module")
def door(clone: Clone) -> Iterator[tuple[str, Provider]]:
    """The program with the provider set, and the provider."""
    patched = pytest.MonkeyPatch()
    with clone(), provided() as provider, running() as url:
        for name, value in {"ISSUER": provider.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET}.items():
            patched.setenv(f"DIMING_OIDC_{name}", value)
        patched.setenv("DIMING_PUBLIC_URL", url)
        patched.setattr(oidc, "_TIMEOUT_S", 120)
        settings.cache_clear()
        with session() as db:
            act(db, actor="test", action="account.add")
            add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
            add_account(db, "li", PASSWORD, ["officer"])
        yield url, provider
        patched.undo()
        settings.cache_clear()
        oidc._provider.cache_clear()


@pytest.fixture
def provider(door: tuple[str, Provider]) -> Provider:
    """The provider, telling the truth about 张三, whom nobody has tied yet."""
    known = door[1]
    known.lies.clear()
    known.claims = {"sub": "u-1", "preferred_username": "zhang"}
    with session() as db:
        act(db, actor="test", action="untie")
        db.execute(text("UPDATE access.account SET oidc_subject = NULL, disabled_at = NULL"))
    return known


@contextmanager
def browser(door: tuple[str, Provider]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=door[0], timeout=240) as client:
        yield client


def to_provider(client: httpx.Client, after: str = "/desk") -> str:
    """Press 统一认证, agree at the provider; gives where it sends the browser."""
    gone = client.get("/login/oidc", params={"next": after})
    assert gone.status_code == 303
    return httpx.get(gone.headers["location"], timeout=240).headers["location"]


def come_back(client: httpx.Client) -> httpx.Response:
    return client.get(to_provider(client))


def who(client: httpx.Client) -> str | None:
    found = client.get("/v1/session").json()
    return str(found["name"]) if found["kind"] == "account" else None


def test_a_person_goes_to_the_provider_and_comes_back_logged_in_at_the_page_that_was_asked(
    door, provider: Provider
) -> None:
    with browser(door) as client:
        back = client.get(to_provider(client, "/desk/naming"))
        assert (back.status_code, back.headers["location"]) == (303, "/desk/naming")
        assert who(client) == "张三"
    asked, exchanged = provider.asked[-1], provider.exchanged[-1]
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == (
        "code",
        "S256",
        CLIENT,
    )
    assert asked["redirect_uri"] == f"{door[0]}/login/oidc/back" and "openid" in asked["scope"].split()
    assert len(asked["nonce"]) >= 32 and len(asked["state"]) >= 32
    assert exchanged["grant_type"] == "authorization_code" and len(exchanged["code_verifier"]) >= 43


def test_the_subject_and_not_the_name_is_the_person_from_the_first_login_on(door, provider: Provider) -> None:
    with browser(door) as client:
        come_back(client)
    provider.claims = {"sub": "u-1", "preferred_username": "renamed"}
    with browser(door) as client:
        assert come_back(client).status_code == 303 and who(client) == "张三"
    provider.claims = {"sub": "u-2", "preferred_username": "zhang"}
    with browser(door) as client:
        refused = come_back(client)
        assert (refused.status_code, who(client)) == (401, None)


def test_every_login_has_a_state_a_nonce_and_a_verifier_of_its_own(door, provider: Provider) -> None:
    for _ in range(3):
        with browser(door) as client:
            come_back(client)
    for name in ("state", "nonce", "code_challenge"):
        assert len({asked[name] for asked in provider.asked[-3:]}) == 3


LIES = {
    "another login's nonce": {"nonce": "somebody-elses"},
    "no nonce": {"nonce": None},
    "another program's token": {"aud": "another-program"},
    "no audience": {"aud": None},
    "another provider's token": {"iss": "http://127.0.0.1:1"},
    "an expired token": {"exp": int(time.time()) - 3600},
    "a token without an end": {"exp": None},
    "a token of nobody": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_hold_opens_nothing(door, provider: Provider, lie: str) -> None:
    provider.lies = dict(LIES[lie])
    with browser(door) as client:
        refused = come_back(client)
        assert (refused.status_code, who(client)) == (401, None)


@pytest.mark.parametrize("kind", ["another key", "a shared secret"])
def test_a_token_that_another_key_signed_opens_nothing(door, provider: Provider, kind: str) -> None:
    known, provider.algorithm = provider.key, "HS256" if kind == "a shared secret" else "RS256"
    provider.key = (
        OctKey.import_key(SECRET * 4)
        if kind == "a shared secret"
        else RSAKey.generate_key(2048, {"kid": "one"})
    )
    try:
        with browser(door) as client:
            refused = come_back(client)
            assert (refused.status_code, who(client)) == (401, None)
    finally:
        provider.key, provider.algorithm = known, "RS256"


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(door, provider: Provider) -> None:
    with browser(door) as mine, browser(door) as anothers:
        back = to_provider(mine)
        assert anothers.get(back).status_code == 401 and who(anothers) is None
        # Whoever stole the address has used it up: it opens nothing to its owner either, who begins again.
        assert mine.get(back).status_code == 401
        again = to_provider(mine)
        assert mine.get(again).status_code == 303
        assert mine.get(again).status_code == 401


def test_a_made_up_state_a_made_up_code_and_no_code_are_refused(door, provider: Provider) -> None:
    with browser(door) as client:
        state = parse_qs(urlsplit(to_provider(client)).query)["state"][0]
        assert client.get("/login/oidc/back", params={"state": state, "code": "made-up"}).status_code == 401
        assert client.get("/login/oidc/back", params={"state": "made-up", "code": "x"}).status_code == 401
        assert (
            client.get("/login/oidc/back", params={"state": state, "error": "access_denied"}).status_code
            == 401
        )
        assert who(client) is None


def test_whoever_has_no_account_or_a_closed_one_does_not_come_in(door, provider: Provider) -> None:
    provider.claims = {"sub": "u-9", "preferred_username": "stranger"}
    with browser(door) as client:
        assert come_back(client).status_code == 401
    provider.claims = {"sub": "u-3", "preferred_username": "li"}
    with session() as db:
        act(db, actor="test", action="close")
        db.execute(text("UPDATE access.account SET disabled_at = now() WHERE name = 'li'"))
    with browser(door) as client:
        assert come_back(client).status_code == 401 and who(client) is None
