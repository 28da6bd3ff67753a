"""The first accounts, each with a random password that is shown once: an administrator, an officer (地名科), inspectors.

And one key to try the interface with (试用密钥), which reads and no more.
"""

from __future__ import annotations

from typing import Final

from api.commands.output import say
from api.security.accounts import add_account, has_administrator, list_accounts
from api.security.keys import add_key, list_keys
from api.security.passwords import random_password
from geo.store.engine import act, session

NAME = "admin"
OFFICER = "officer"
SANDBOX: Final = "sandbox"
OFFICER_ROLES = ("officer", "reviewer", "analyst")
INSPECTORS: Final = (
    ("huangyan", "黄岩区外业检查员", "331003000000"),
    ("linhai", "临海市外业检查员", "331082000000"),
)
"""Who walks the sample's line for which side: account, name shown, division."""


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


def ensure_inspectors() -> None:
    """Make an inspector (外业检查员) for each side of the sample's line, unless anybody inspects already."""
    with session() as db:
        if any("inspector" in one.roles and not one.disabled_at for one in list_accounts(db)):
            return
        act(db, actor="system", action="account.add")
        passwords = [random_password() for _ in INSPECTORS]
        for (name, shown, division), password in zip(INSPECTORS, passwords, strict=True):
            add_account(db, name, password, ["inspector"], display_name=shown, division_code=division)
    for (name, shown, _), password in zip(INSPECTORS, passwords, strict=True):
        say(f"{shown}账号：{name}，密码（只显示这一次）：{password}")


def ensure_sandbox_key() -> None:
    """Make the key that programs are tried with, unless one was ever made; ninety days, a thousand calls a day."""
    with session() as db:
        if any(key.name == SANDBOX for key in list_keys(db)):
            return
        act(db, actor="system", action="key.add")
        made = add_key(db, SANDBOX, ["read", "batch", "feed"], days=90, per_day=1000)
    say(f"接口试用密钥（查询、批量、订阅，90 天，每天 1000 次，只显示这一次）：{made}")
