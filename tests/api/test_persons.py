"""Pages call people by the name that their account shows."""

from __future__ import annotations

from api.pages.persons import persons
from api.security.accounts import add_account
from geo.store.engine import session


def test_an_act_names_the_person_the_program_and_whoever_has_no_account(client):
    with session() as db:
        add_account(db, "chen", "长一点的密码 xyz", ["officer"], display_name="陈明")
    assert persons(["chen", "chen", "system", "示例", None]) == {
        "chen": "陈明", "system": "系统", "示例": "示例", None: "",
    }  # fmt: skip
