"""Logins (登录): server-side, so that one can be ended at once; the browser holds a random token, we its hash."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.tokens import new_token, token_hash
from geo.settings import settings

# The time of last use is written at most once a minute: reading a page must not mean writing a row.
_FIND = text("""
    SELECT s.account_id, s.csrf, a.name, a.display_name, a.roles, a.division_code,
           s.seen_at < now() - interval '1 minute' AS stale
    FROM access.session s JOIN access.account a ON a.id = s.account_id
    WHERE s.token_hash = :hash AND s.revoked_at IS NULL AND a.disabled_at IS NULL
      AND s.seen_at > now() - make_interval(secs => :seconds)
""")


@dataclass(frozen=True, slots=True)
class Login:
    """An open login and the account behind it."""

    account_id: int
    csrf: str
    name: str
    display_name: str
    roles: tuple[str, ...]
    division_code: str | None


def open_session(db: Session, account_id: int, *, address: str, agent: str) -> str:
    """Open a login for an account and give the token for the cookie; it is not kept anywhere."""
    token = new_token()
    db.execute(
        text("INSERT INTO access.session (token_hash, account_id, csrf, address, agent) "
             "VALUES (:hash, :account, :csrf, :address, :agent)"),
        {"hash": token_hash(token), "account": account_id, "csrf": new_token(), "address": address[:64],
         "agent": agent[:200]},
    )  # fmt: skip
    return token


def find_session(db: Session, token: str) -> Login | None:
    """The login behind a token, or None when it is unknown, ended, unused for too long or the account is disabled."""
    hashed = token_hash(token)
    row = db.execute(_FIND, {"hash": hashed, "seconds": settings().session_hours * 3600}).one_or_none()
    if row is None:
        return None
    if row.stale:
        db.execute(
            text("UPDATE access.session SET seen_at = now() WHERE token_hash = :hash"), {"hash": hashed}
        )
    return Login(row.account_id, row.csrf, row.name, row.display_name, tuple(row.roles), row.division_code)


def revoke_session(db: Session, token: str) -> None:
    """End one login."""
    db.execute(
        text("UPDATE access.session SET revoked_at = now() WHERE token_hash = :hash AND revoked_at IS NULL"),
        {"hash": token_hash(token)},
    )


def revoke_all(db: Session, account_id: int) -> int:
    """End every login of an account, for example when it is disabled; gives their count."""
    ended = db.execute(
        text(
            "UPDATE access.session SET revoked_at = now() WHERE account_id = :id AND revoked_at IS NULL RETURNING 1"
        ),
        {"id": account_id},
    )
    return len(ended.all())
