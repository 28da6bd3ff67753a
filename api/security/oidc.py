"""Log in with an OpenID Connect provider (统一认证): the authorisation-code flow with PKCE, by Authlib.

Off unless ``DIMING_OIDC_ISSUER`` is set. The provider says who somebody is; which account that is, and what it may do,
is said here: an account is found by the provider's subject, and tied to it once by a verified equal name.
"""

from __future__ import annotations

import base64
import json
import secrets
from functools import lru_cache
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.login import Cookie
from api.security.sessions import open_session
from api.security.throttle import note_attempt
from api.security.tokens import token_hash
from geo.problems import NotFound, NotLoggedIn, Unavailable
from geo.settings import settings
from geo.store.engine import act, session

MINUTES: Final = 10
_TIMEOUT_S: Final = 10.0
_MOST_BYTES: Final = 2**20
_TRY_AGAIN: Final = "请重新登录；一直如此，请联系系统管理员"
#: Asymmetric ones only: a token signed with a shared secret could be made by whoever knows that.
_ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]


def is_on() -> bool:
    """Whether a provider is set."""
    return bool(settings().oidc_issuer and settings().oidc_client_id)


def start(next_path: str) -> tuple[str, str]:
    """Begin a login: the provider's address to go to, and the state that the browser keeps in a cookie.

    Raises:
        NotFound: no provider is set.
        Unavailable: the provider does not answer.
    """
    if not is_on():
        raise NotFound("没有启用统一认证", "用账号和密码登录")
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    state = secrets.token_urlsafe(24)
    address = prepare_grant_uri(
        _provider(settings().oidc_issuer)["authorization_endpoint"], settings().oidc_client_id, "code", _redirect(),
        "openid profile", state, code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256",
        nonce=nonce,
    )  # fmt: skip
    with session() as db:
        db.execute(text("DELETE FROM access.oidc_flow WHERE made_at < now() - interval '1 hour'"))
        db.execute(
            text(
                "INSERT INTO access.oidc_flow (state_hash, verifier, nonce, next_path) VALUES (:s, :v, :n, :p)"
            ),
            {"s": token_hash(state), "v": verifier, "n": nonce, "p": next_path},
        )
    return str(address), state


def finish(state: str, kept: str, code: str, *, address: str, agent: str) -> tuple[Cookie, str]:
    """Come back from the provider: a login for the account, and the page that was asked.

    Args:
        state: what the provider sent back.
        kept: the state in the browser's cookie; another one is another person's login.
        code: the authorisation code.
        address: the network address that asks.
        agent: the browser.

    Raises:
        NotLoggedIn: the flow is unknown or too old, the token does not hold, or no account is meant by it.
        Unavailable: the provider does not answer.
    """
    with session() as db:
        flow = db.execute(
            text("DELETE FROM access.oidc_flow WHERE state_hash = :s "
                 "AND made_at BETWEEN now() - make_interval(mins => :m) AND now() + interval '5 minutes' RETURNING verifier, nonce, next_path"),
            {"s": token_hash(state), "m": MINUTES},
        ).one_or_none()  # fmt: skip
    if flow is None or not secrets.compare_digest(state.encode(), kept.encode()):
        raise NotLoggedIn("统一认证的登录已过期", _TRY_AGAIN, code="oidc-state")
    claims = _claims(code, flow.verifier, flow.nonce)
    with session() as db:
        account_id, name = _account(db, claims)
        note_attempt(db, name, address, succeeded=True)
        return Cookie(open_session(db, account_id, address=address, agent=agent)), flow.next_path


def _claims(code: str, verifier: str, nonce: str) -> dict[str, Any]:
    provider = _provider(settings().oidc_issuer)
    token = _token(provider, code, verifier).get("id_token", "")
    try:
        claims = jwt.decode(str(token), KeySet.import_key_set(_keys(provider)), algorithms=_ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": provider["issuer"]},
            aud={"essential": True, "value": settings().oidc_client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
    except (JoseError, KeyError, ValueError) as error:
        raise _refused() from error
    return dict(claims)


def _keys(provider: dict[str, Any]) -> KeySetSerialization:
    return {"keys": list(_get(provider["jwks_uri"]).get("keys", ()))}


def _account(db: Session, claims: dict[str, Any]) -> tuple[int, str]:
    row = db.execute(
        text("SELECT id, name FROM access.account WHERE oidc_subject = :sub AND disabled_at IS NULL"),
        {"sub": str(claims["sub"])},
    ).one_or_none()
    if row is not None:
        return row.id, row.name
    name = str(claims.get("preferred_username", ""))
    act(db, actor=name or "public", action="account.tie")
    row = db.execute(
        text("UPDATE access.account SET oidc_subject = :sub WHERE name = :name AND oidc_subject IS NULL "
             "AND disabled_at IS NULL RETURNING id, name"),
        {"sub": str(claims["sub"]), "name": name},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotLoggedIn("统一认证的身份在本系统没有账号", "请系统管理员先开通同名账号", code="oidc-unknown")
    return row.id, row.name


def _redirect() -> str:
    return settings().public_url.rstrip("/") + "/login/oidc/back"


@lru_cache(maxsize=2)
def _provider(issuer: str) -> dict[str, Any]:
    """The provider's discovery document; its issuer must be the one that was set."""
    found = _get(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer", "").rstrip("/") != issuer.rstrip("/"):
        raise Unavailable(
            "统一认证的地址与它自己说的不同", "请管理员核对 DIMING_OIDC_ISSUER", code="oidc-issuer"
        )
    return found


def _token(provider: dict[str, Any], code: str, verifier: str) -> dict[str, Any]:
    """Exchange the code at the provider's token endpoint."""
    secret = settings().oidc_client_secret.get_secret_value()
    body = prepare_token_request(
        "authorization_code", code=code, redirect_uri=_redirect(), client_id=settings().oidc_client_id,
        code_verifier=verifier,
    )  # fmt: skip
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if secret:
        pair = f"{quote(settings().oidc_client_id)}:{quote(secret)}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
    return _get(provider["token_endpoint"], body.encode(), headers)


def _get(address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """The JSON that the provider answers with.

    Raises:
        Unavailable: it does not answer, or with something else.
        NotLoggedIn: it refuses the code.
    """
    if not address.startswith(("https://", "http://")):
        raise Unavailable("统一认证的地址不对", "请管理员核对 DIMING_OIDC_ISSUER", code="oidc-issuer")
    request = Request(address, body, headers or {})  # noqa: S310 - the scheme was looked at
    try:
        with urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - the scheme was looked at
            found = json.loads(answer.read(_MOST_BYTES))
    except HTTPError as error:
        if error.code < 500 and body is not None:
            raise _refused() from error
        raise Unavailable("统一认证没有回应", _TRY_AGAIN, code="oidc-away") from error
    except (OSError, ValueError) as error:
        raise Unavailable("统一认证没有回应", _TRY_AGAIN, code="oidc-away") from error
    return found if isinstance(found, dict) else {}


def _refused() -> NotLoggedIn:
    return NotLoggedIn("统一认证给出的身份不能确认", _TRY_AGAIN, code="oidc-token")
