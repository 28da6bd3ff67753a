"""The first accounts, each with a random password that is shown once: an administrator and an officer (地名科)."""

from __future__ import annotations

from api.commands.output import say
from api.security.accounts import add_account, has_administrator, list_accounts
from api.security.passwords import random_password
from geo.store.engine import act, session

NAME = "admin"
OFFICER = "officer"
OFFICER_ROLES = ("officer", "reviewer", "analyst")


def ensure_administrator() -> None:
    """Make the account ``admin`` unless somebody administers the system already."""
    with session() as db:
        if has_administrator(db):
            return
        act(db, actor="system", action="account.add")
        password = random_password()
        add_account(db, NAME, password, ["administrator"], display_name="系统管理员")
    say(f"系统管理员账号：{NAME}，密码（只显示这一次）：{password}")


def ensure_officer() -> None:
    """Make the account ``officer``, who repairs lists of addresses (整改), unless somebody in use may do so already."""
    with session() as db:
        if any(set(OFFICER_ROLES) & set(one.roles) and not one.disabled_at for one in list_accounts(db)):
            return
        act(db, actor="system", action="account.add")
        password = random_password()
        add_account(db, OFFICER, password, list(OFFICER_ROLES), display_name="地名科")
    say(f"地名科账号：{OFFICER}，密码（只显示这一次）：{password}")
