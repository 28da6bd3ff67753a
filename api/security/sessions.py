"""Logins (登录): server-side, so that one can be ended at once; the browser holds a random token, we its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.tokens import new_token, token_hash
from geo.problems import NotFound
from geo.settings import settings

PENDING_MINUTES: Final = 5

# A login used in the future is one from before the clock was set back: it ends, or it would outlive its time by as much.
# The time of last use is written at most once a minute: reading a page must not mean writing a row.
_FIND = text("""
    SELECT s.account_id, s.csrf, a.name, a.display_name, a.roles, a.must_change,
           coalesce(a.division_code, o.division_code) AS division_code,
           s.seen_at < now() - interval '1 minute' AS stale
    FROM access.session s JOIN access.account a ON a.id = s.account_id
    LEFT JOIN access.organisation o ON o.id = a.organisation_id
    WHERE s.token_hash = :hash AND s.revoked_at IS NULL AND a.disabled_at IS NULL AND NOT s.pending
      AND s.seen_at > now() - make_interval(secs => :seconds)
      AND s.seen_at < now() + interval '5 minutes'
""")
_PENDING = text("""
    SELECT s.account_id, a.name FROM access.session s JOIN access.account a ON a.id = s.account_id
    WHERE s.token_hash = :hash AND s.revoked_at IS NULL AND a.disabled_at IS NULL AND s.pending
      AND s.created_at > now() - make_interval(mins => :minutes) AND s.created_at < now() + interval '5 minutes'
""")
_COMPLETE = text("""
    UPDATE access.session SET pending = false, token_hash = :fresh, seen_at = now(), agent = :agent
    WHERE token_hash = :hash AND pending
""")
_OWN = text("""
    SELECT encode(token_hash, 'hex') AS mark, address, agent, created_at, seen_at FROM access.session
    WHERE account_id = :account AND revoked_at IS NULL AND NOT pending
      AND seen_at > now() - make_interval(secs => :seconds)
    ORDER BY seen_at DESC
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
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A login whose password was right and whose code is still missing."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Open:
    """One open login as its owner sees it; ``mark`` names it and opens nothing."""

    mark: str
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime
    current: bool


def open_session(db: Session, account_id: int, *, address: str, agent: str, pending: bool = False) -> str:
    """Open a login for an account and give the token for the cookie; it is not kept anywhere."""
    token = new_token()
    db.execute(
        text("INSERT INTO access.session (token_hash, account_id, csrf, address, agent, pending) "
             "VALUES (:hash, :account, :csrf, :address, :agent, :pending)"),
        {"hash": token_hash(token), "account": account_id, "csrf": new_token(), "address": address[:64],
         "agent": agent[:200].replace("\0", ""), "pending": pending},
    )  # fmt: skip
    return token


def complete_session(db: Session, token: str, *, agent: str) -> str:
    """Open a pending login under a new token: the one that was seen before the code must open nothing."""
    fresh = new_token()
    db.execute(_COMPLETE, {"hash": token_hash(token), "fresh": token_hash(fresh), "agent": agent[:200]})
    return fresh


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
    return Login(
        row.account_id,
        row.csrf,
        row.name,
        row.display_name,
        tuple(row.roles),
        row.division_code,
        row.must_change,
    )


def find_pending(db: Session, token: str) -> Pending | None:
    """The pending login behind a token, for five minutes after the password."""
    row = db.execute(_PENDING, {"hash": token_hash(token), "minutes": PENDING_MINUTES}).one_or_none()
    return None if row is None else Pending(row.account_id, row.name)


def open_logins(db: Session, account_id: int, token: str) -> list[Open]:
    """The open logins of an account, the last used first; the one behind ``token`` is marked as current."""
    rows = db.execute(_OWN, {"account": account_id, "seconds": settings().session_hours * 3600})
    own = token_hash(token).hex()
    return [Open(r.mark, r.address, r.agent, r.created_at, r.seen_at, r.mark == own) for r in rows]


def revoke_session(db: Session, token: str) -> None:
    """End one login."""
    db.execute(
        text("UPDATE access.session SET revoked_at = now() WHERE token_hash = :hash AND revoked_at IS NULL"),
        {"hash": token_hash(token)},
    )


def revoke_own(db: Session, account_id: int, mark: str) -> None:
    """End one login of an account by its mark.

    Raises:
        NotFound: no open login of this account has the mark.
    """
    ended = db.execute(
        text("UPDATE access.session SET revoked_at = now() WHERE encode(token_hash, 'hex') = :mark "
             "AND account_id = :account AND revoked_at IS NULL RETURNING 1"),
        {"mark": mark, "account": account_id},
    )  # fmt: skip
    if ended.first() is None:
        raise NotFound("没有这个登录，或者它已结束", "刷新页面查看")


def revoke_all(db: Session, account_id: int, *, keep: str = "") -> int:
    """End every login of an account but the one behind the token ``keep``; gives their count."""
    ended = db.execute(
        text("UPDATE access.session SET revoked_at = now() WHERE account_id = :id AND revoked_at IS NULL "
             "AND token_hash <> :keep RETURNING 1"),
        {"id": account_id, "keep": token_hash(keep)},
    )  # fmt: skip
    return len(ended.all())
