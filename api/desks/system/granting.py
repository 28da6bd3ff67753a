"""Who grants (授权): the security administrator; the system administrator only until there is one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from api.desks.officer import Officer
from api.security.accounts import has_role
from geo.problems import NotAllowed


def may_grant(db: Session, officer: Officer, name: str) -> bool:
    """Whether the officer may set the roles and the division of an account; nobody sets his own."""
    if officer.name == name:
        return False
    return "security" in officer.roles or ("administrator" in officer.roles and not has_role(db, "security"))


def need_grant(db: Session, officer: Officer, name: str) -> None:
    """Stop unless :func:`may_grant`.

    Raises:
        NotAllowed: it is the own account, or a security administrator is there to do it.
    """
    if officer.name == name:
        raise NotAllowed("不能改自己的角色和辖区", "请另一位安全管理员办理", code="own-roles")
    if not may_grant(db, officer, name):
        raise NotAllowed("角色和辖区由安全管理员设定", "请安全管理员办理", code="security-grants")
