"""The first administrator, with a random password that is shown once."""

from __future__ import annotations

from api.commands.output import say
from api.security.accounts import add_account, has_administrator
from api.security.passwords import random_password
from geo.store.engine import act, session

NAME = "admin"


def ensure_administrator() -> None:
    """Make the account ``admin`` unless somebody administers the system already."""
    with session() as db:
        if has_administrator(db):
            return
        act(db, actor="system", action="account.add")
        password = random_password()
        add_account(db, NAME, password, ["administrator"], display_name="系统管理员")
    say(f"系统管理员账号：{NAME}，密码（只显示这一次）：{password}")
