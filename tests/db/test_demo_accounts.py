"""The accounts that a demo makes for whoever tries it."""

from __future__ import annotations

import pytest

from api.demo import first_account
from api.rights import REPAIR
from api.security.accounts import list_accounts
from api.security.keys import find_key
from api.security.login import login
from geo.store.engine import session


def test_the_demo_makes_one_officer_who_may_repair_and_shows_the_password_once(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first_account.ensure_administrator()
    first_account.ensure_officer()
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("地名科账号：officer")]
    password = told[0].split("：")[-1]
    first_account.ensure_officer()
    assert "密码" not in capsys.readouterr().err
    with session() as db:
        roles = {one.name: set(one.roles) for one in list_accounts(db)}
    assert roles.keys() == {"admin", "officer"} and roles["officer"] >= REPAIR
    assert login("officer", password, address="127.0.0.1").token


def test_the_demo_makes_one_inspector_for_each_side_of_the_sample_line(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first_account.ensure_inspectors()
    told = capsys.readouterr().err.splitlines()
    first_account.ensure_inspectors()
    assert capsys.readouterr().err == ""
    with session() as db:
        made = {one.name: one for one in list_accounts(db)}
    assert {made[name].division_code for name in ("huangyan", "linhai")} == {"331003000000", "331082000000"}
    assert all(one.roles == ("inspector",) for one in made.values())
    for name, line in zip(("huangyan", "linhai"), told, strict=True):
        assert login(name, line.split("：")[-1], address="127.0.0.1").token


def test_the_demo_gives_one_key_to_try_the_interface_with_that_writes_nothing(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first_account.ensure_sandbox_key()
    key = capsys.readouterr().err.strip().split("：")[-1]
    first_account.ensure_sandbox_key()
    assert capsys.readouterr().err == ""
    with session() as db:
        known = find_key(db, key)
    assert known.per_day == 1000 and known.expires_at and "write" not in known.scopes
