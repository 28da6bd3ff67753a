"""API keys (接口密钥): for programs; shown once, kept as a hash, limited to scopes and a count a day, revocable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from api.security.roles import SCOPES
from api.security.tokens import new_token, token_hash
from geo.problems import BadInput, NotFound, NotLoggedIn, TooOften
from geo.store.constraints import explain

PREFIX = "dm_"

explain({
    "uq_api_key_name": ("已经有同名的接口密钥", "换一个名称，或先停用原来的密钥"),
    "ck_api_key_per_day": ("每日次数要大于 0", "不限次数请留空"),
    "ck_api_key_division": ("区划代码不对", "写 12 位数字，或者留空表示全区"),
})  # fmt: skip
_COLUMNS = """
    k.id, k.name, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.per_day, k.division_code,
    (SELECT max(u.last_at) FROM access.api_key_use u WHERE u.key_id = k.id) AS last_at,
    coalesce((SELECT u.requests FROM access.api_key_use u WHERE u.key_id = k.id AND u.day = current_date), 0) AS today
    FROM access.api_key k
"""
_USE = text("""
    INSERT INTO access.api_key_use AS u (key_id, day, requests, last_at) VALUES (:id, current_date, 1, now())
    ON CONFLICT (key_id, day) DO UPDATE SET requests = u.requests + 1, last_at = now() RETURNING requests
""")


@dataclass(frozen=True, slots=True)
class Key:
    """One API key as it may be shown: everything but the key.

    Attributes:
        per_day: requests it may send a day, None for no limit.
        division_code: the division it may write in, None for the whole district.
        last_at: when it was last used.
        today: requests it has sent today.
    """

    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    per_day: int | None = None
    division_code: str | None = None
    last_at: datetime | None = None
    today: int = 0


def add_key(
    db: Session,
    name: str,
    scopes: list[str],
    *,
    days: int | None = None,
    per_day: int | None = None,
    division_code: str | None = None,
) -> str:
    """Make a key and give it: the only time that it is seen.

    Raises:
        BadInput: an unknown scope, an empty name, or a quota or division that does not keep its rule.
        Conflict: the name is taken.
    """
    unknown = sorted(set(scopes) - SCOPES.keys())
    if unknown or not scopes or not name.strip():
        raise BadInput(f"接口密钥的权限只能是 {'、'.join(SCOPES)}", "用 --scope 给出其中一个或几个")
    key = new_token(PREFIX)
    db.execute(
        text("INSERT INTO access.api_key (name, key_hash, scopes, expires_at, per_day, division_code) "
             "VALUES (:name, :hash, :scopes, now() + make_interval(days => :days), :per_day, :division)"),
        {"name": name.strip(), "hash": token_hash(key), "scopes": sorted(set(scopes)), "days": days,
         "per_day": per_day, "division": division_code or None},
    )  # fmt: skip
    return key


def find_key(db: Session, key: str) -> Key:
    """The key behind what a program sent.

    Raises:
        NotLoggedIn: unknown, expired or revoked.
    """
    return _key(_found(db, key))


def use_key(db: Session, key: str) -> Key:
    """The same for a request: it is counted, and refused over the day's quota.

    Raises:
        NotLoggedIn: unknown, expired or revoked.
        TooOften: over the quota.
    """
    row = _found(db, key)
    used = int(db.scalar(_USE, {"id": row.id}) or 0)
    if row.per_day is not None and used > row.per_day:
        raise TooOften(
            f"接口密钥今天已用完 {row.per_day} 次", "明天再用，或请管理员提高每日次数", code="quota"
        )
    return _key(row)


def list_keys(db: Session) -> list[Key]:
    """Every key, the newest first."""
    rows = db.execute(text(f"SELECT {_COLUMNS} ORDER BY k.created_at DESC, k.id DESC"))
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


def _found(db: Session, key: str) -> Row[Any]:
    row = db.execute(
        text(f"SELECT {_COLUMNS} WHERE k.key_hash = :hash AND k.revoked_at IS NULL "
             "AND (k.expires_at IS NULL OR k.expires_at > now())"),
        {"hash": token_hash(key)},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotLoggedIn("接口密钥无效", "请检查密钥，或请管理员重新发放", code="wrong-key")
    return row


def _key(row: Row[Any]) -> Key:
    return Key(
        row.name, tuple(row.scopes), row.created_at, row.expires_at, row.revoked_at, row.per_day, row.division_code,
        row.last_at, row.today,
    )  # fmt: skip
