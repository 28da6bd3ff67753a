"""Accounts (账号): who may log in, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.passwords import hash_password
from api.security.roles import ROLES
from api.security.sessions import revoke_all
from geo.problems import BadInput, NotFound
from geo.store.constraints import explain

explain({
    "uq_account_name": ("已经有同名的账号", "换一个用户名"),
    "ck_account_name": ("用户名不合规定", "用小写字母开头的 2 到 32 个小写字母、数字、点、横线"),
    "ck_account_roles": ("账号的角色不对", f"用 {'、'.join(ROLES)} 中的一个或几个"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it may be shown."""

    id: int
    name: str
    display_name: str
    roles: tuple[str, ...]
    division_code: str | None
    disabled_at: datetime | None


def add_account(
    db: Session,
    name: str,
    password: str,
    roles: list[str],
    *,
    display_name: str = "",
    division_code: str | None = None,
) -> int:
    """Make an account and give its id.

    Raises:
        BadInput: the name, the password or a role does not keep its rule.
        Conflict: the name is taken.
    """
    unknown = sorted(set(roles) - ROLES.keys())
    if unknown or not roles:
        raise BadInput(f"没有角色 {'、'.join(unknown) or '(空)'}", f"用 {'、'.join(ROLES)} 中的一个或几个")
    added = db.scalar(
        text("INSERT INTO access.account (name, display_name, password_hash, roles, division_code) "
             "VALUES (:name, :shown, :hash, :roles, :division) RETURNING id"),
        {"name": name.strip().lower(), "shown": display_name or name, "hash": hash_password(password),
         "roles": sorted(set(roles)), "division": division_code},
    )  # fmt: skip
    return int(added or 0)


def list_accounts(db: Session) -> list[Account]:
    """Every account, by name."""
    rows = db.execute(
        text(
            "SELECT id, name, display_name, roles, division_code, disabled_at FROM access.account ORDER BY name"
        )
    )
    return [
        Account(r.id, r.name, r.display_name, tuple(r.roles), r.division_code, r.disabled_at) for r in rows
    ]


def disable_account(db: Session, name: str) -> None:
    """Close an account and end its logins; it stays, since its acts name it.

    Raises:
        NotFound: no open account of this name.
    """
    closed = db.scalar(
        text(
            "UPDATE access.account SET disabled_at = now() WHERE name = :name AND disabled_at IS NULL RETURNING id"
        ),
        {"name": name},
    )
    if closed is None:
        raise NotFound(f"没有在用的账号“{name}”", "用 diming user list 查看")
    revoke_all(db, closed)


def has_administrator(db: Session) -> bool:
    """Whether anybody can administer the system."""
    found = db.scalar(
        text(
            "SELECT EXISTS (SELECT FROM access.account WHERE 'administrator' = ANY (roles) AND disabled_at IS NULL)"
        )
    )
    return bool(found)
