"""API keys (接口密钥): for programs; shown once, kept as a hash, limited to scopes, revocable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from api.security.roles import SCOPES
from api.security.tokens import new_token, token_hash
from geo.problems import BadInput, NotFound, NotLoggedIn
from geo.store.constraints import explain

PREFIX = "dm_"

explain({"uq_api_key_name": ("已经有同名的接口密钥", "换一个名称，或先停用原来的密钥")})


@dataclass(frozen=True, slots=True)
class Key:
    """One API key as it may be shown: everything but the key."""

    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def add_key(db: Session, name: str, scopes: list[str], *, days: int | None = None) -> str:
    """Make a key and give it: the only time that it is seen.

    Raises:
        BadInput: an unknown scope or an empty name.
        Conflict: the name is taken.
    """
    unknown = sorted(set(scopes) - SCOPES.keys())
    if unknown or not scopes or not name.strip():
        raise BadInput(f"接口密钥的权限只能是 {'、'.join(SCOPES)}", "用 --scope 给出其中一个或几个")
    key = new_token(PREFIX)
    db.execute(
        text("INSERT INTO access.api_key (name, key_hash, scopes, expires_at) "
             "VALUES (:name, :hash, :scopes, now() + make_interval(days => :days))"),
        {"name": name.strip(), "hash": token_hash(key), "scopes": sorted(set(scopes)), "days": days},
    )  # fmt: skip
    return key


def find_key(db: Session, key: str) -> Key:
    """The key behind what a program sent.

    Raises:
        NotLoggedIn: unknown, expired or revoked.
    """
    row = db.execute(
        text("SELECT name, scopes, created_at, expires_at, revoked_at FROM access.api_key WHERE key_hash = :hash "
             "AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())"),
        {"hash": token_hash(key)},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotLoggedIn("接口密钥无效", "请检查密钥，或请管理员重新发放", code="wrong-key")
    return _key(row)


def list_keys(db: Session) -> list[Key]:
    """Every key, the newest first."""
    rows = db.execute(
        text(
            "SELECT name, scopes, created_at, expires_at, revoked_at FROM access.api_key ORDER BY created_at DESC, id DESC"
        )
    )
    return [_key(row) for row in rows]


def revoke_key(db: Session, name: str) -> None:
    """Make a key worthless from now on.

    Raises:
        NotFound: no key of this name is in use.
    """
    done = db.execute(
        text(
            "UPDATE access.api_key SET revoked_at = now() WHERE name = :name AND revoked_at IS NULL RETURNING id"
        ),
        {"name": name},
    )
    if done.first() is None:
        raise NotFound(f"没有在用的接口密钥“{name}”", "用 diming key list 查看")


def _key(row: Row[Any]) -> Key:
    return Key(row.name, tuple(row.scopes), row.created_at, row.expires_at, row.revoked_at)
