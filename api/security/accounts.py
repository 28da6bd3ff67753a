"""Accounts (账号): who may log in, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from api.security.passwords import hash_password
from api.security.roles import APART, ROLES
from api.security.sessions import revoke_all
from geo.problems import BadInput, NotFound
from geo.store.constraints import explain

explain({
    "uq_account_name": ("已经有同名的账号", "换一个用户名"),
    "ck_account_name": ("用户名不合规定", "用小写字母开头的 2 到 32 个小写字母、数字、点、横线"),
    "ck_account_roles": ("账号的角色不对", f"用 {'、'.join(ROLES)} 中的一个或几个"),
    "ck_account_apart": ("系统管理员、安全管理员、审计员不能由一个账号兼任", "分给三个账号（三员分立）"),
    "ck_account_division": ("区划代码不对", "写 12 位数字"),
})  # fmt: skip
_COLUMNS = """
    a.id, a.name, a.display_name, a.roles, a.division_code, a.disabled_at, a.created_at, a.must_change,
    a.totp_confirmed_at IS NOT NULL AS second_step, a.locked_until > now() AS locked, o.name AS organisation,
    (SELECT max(s.seen_at) FROM access.session s WHERE s.account_id = a.id) AS seen_at
    FROM access.account a LEFT JOIN access.organisation o ON o.id = a.organisation_id
"""


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it may be shown."""

    id: int
    name: str
    display_name: str
    roles: tuple[str, ...]
    division_code: str | None
    disabled_at: datetime | None
    created_at: datetime | None = None
    must_change: bool = False
    second_step: bool = False
    locked: bool = False
    organisation: str | None = None
    seen_at: datetime | None = None


def add_account(
    db: Session,
    name: str,
    password: str,
    roles: list[str],
    *,
    display_name: str = "",
    division_code: str | None = None,
    must_change: bool = False,
) -> int:
    """Make an account and give its id.

    Raises:
        BadInput: the name, the password or a role does not keep its rule.
        Conflict: the name is taken.
    """
    check_roles(roles)
    added = db.scalar(
        text("INSERT INTO access.account (name, display_name, password_hash, roles, division_code, must_change) "
             "VALUES (:name, :shown, :hash, :roles, :division, :must) RETURNING id"),
        {"name": name.strip().lower(), "shown": display_name or name, "hash": hash_password(password, name=name),
         "roles": sorted(set(roles)), "division": division_code or None, "must": must_change},
    )  # fmt: skip
    return int(added or 0)


def check_roles(roles: list[str]) -> None:
    """Refuse roles that nobody knows, none at all, and two of the three that are kept apart (三员分立).

    Raises:
        BadInput: with the sentence for the person who grants.
    """
    unknown = sorted(set(roles) - ROLES.keys())
    if unknown or not roles:
        raise BadInput(f"没有角色 {'、'.join(unknown) or '(空)'}", f"用 {'、'.join(ROLES)} 中的一个或几个")
    if len(APART & set(roles)) > 1:
        raise BadInput(
            "系统管理员、安全管理员、审计员不能由一个账号兼任", "分给三个账号（三员分立）", code="roles-apart"
        )


def list_accounts(db: Session) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in db.execute(text(f"SELECT {_COLUMNS} ORDER BY a.name"))]


def get_account(db: Session, name: str) -> Account:
    """One account.

    Raises:
        NotFound: no account of this name.
    """
    row = db.execute(
        text(f"SELECT {_COLUMNS} WHERE a.name = :name"),
        {"name": name},
    ).one_or_none()
    if row is None:
        raise NotFound(f"没有账号“{name}”", "在账号清单里查看")
    return _account(row)


def grant_roles(db: Session, name: str, roles: list[str], division_code: str, organisation: str) -> None:
    """Set what an account may do and where; its logins end, so that the change holds at once.

    Raises:
        BadInput: a role that does not go, or a division code that is none.
        NotFound: no account, or no organisation of this name.
    """
    check_roles(roles)
    account = get_account(db, name)
    found = db.scalar(
        text("SELECT id FROM access.organisation WHERE name = :name AND retired_at IS NULL"),
        {"name": organisation},
    )
    if organisation and found is None:
        raise NotFound(f"没有单位“{organisation}”", "先在单位清单里增加")
    db.execute(
        text("UPDATE access.account SET roles = :roles, division_code = :division, organisation_id = :organisation "
             "WHERE id = :id"),
        {"roles": sorted(set(roles)), "division": division_code or None, "organisation": found, "id": account.id},
    )  # fmt: skip
    revoke_all(db, account.id)


def set_password(db: Session, name: str, password: str, *, must_change: bool, keep: str = "") -> None:
    """Replace a password and end the account's other logins.

    Args:
        db: the unit of work.
        name: the account.
        password: the new one.
        must_change: whether its owner has to choose another at the next login, since somebody else knows it.
        keep: the token of the login that stays open.

    Raises:
        BadInput: the password does not keep the rule.
        NotFound: no account of this name.
    """
    account = get_account(db, name)
    db.execute(
        text("UPDATE access.account SET password_hash = :hash, password_changed_at = now(), must_change = :must "
             "WHERE id = :id"),
        {"hash": hash_password(password, name=name), "must": must_change, "id": account.id},
    )  # fmt: skip
    revoke_all(db, account.id, keep=keep)


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


def enable_account(db: Session, name: str) -> None:
    """Open a disabled account again.

    Raises:
        NotFound: no account of this name.
    """
    account = get_account(db, name)
    db.execute(text("UPDATE access.account SET disabled_at = NULL WHERE id = :id"), {"id": account.id})


def has_role(db: Session, role: str) -> bool:
    """Whether an account in use holds a role."""
    found = db.scalar(
        text("SELECT EXISTS (SELECT FROM access.account WHERE :role = ANY (roles) AND disabled_at IS NULL)"),
        {"role": role},
    )
    return bool(found)


def has_administrator(db: Session) -> bool:
    """Whether anybody can administer the system."""
    return has_role(db, "administrator")


def _account(row: Row[Any]) -> Account:
    return Account(
        row.id, row.name, row.display_name, tuple(row.roles), row.division_code, row.disabled_at, row.created_at,
        row.must_change, row.second_step, bool(row.locked), row.organisation, row.seen_at,
    )  # fmt: skip
