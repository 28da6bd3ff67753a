"""The system's desk: three administrators kept apart, passwords that have to be changed, keys, reasons, jobs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from sqlalchemy import text

from api.rights.reach import may
from api.security.accounts import add_account
from api.security.caller import Caller
from api.security.keys import add_key
from geo.problems import BadInput
from geo.store.engine import session
from tests.serving import Served

PASSWORD = "四个不相干的词 mango"
Login = Callable[..., tuple[httpx.Client, str]]


@pytest.fixture
def logged_in(server: Served) -> Iterator[Login]:
    """``logged_in("li", "auditor")`` makes the account and gives its client and form token."""
    opened: list[httpx.Client] = []

    def one(name: str, role: str, *, password: str = PASSWORD) -> tuple[httpx.Client, str]:
        with session() as db:
            there = db.scalar(text("SELECT 1 FROM access.account WHERE name = :n"), {"n": name})
            if not there:
                add_account(db, name, password, [role], display_name=name)
        client = httpx.Client(base_url=server.url, timeout=240)
        opened.append(client)
        client.post("/login", data={"account": name, "password": password})
        return client, client.get("/v1/session").json()["csrf"]

    yield one
    for client in opened:
        client.close()


@pytest.fixture
def patient(server: Served) -> Iterator[httpx.Client]:
    """A caller that nobody knows and that waits."""
    with httpx.Client(base_url=server.url, timeout=240) as opened:
        yield opened


def test_nobody_holds_two_of_the_three(database_url: str) -> None:
    with pytest.raises(BadInput, match="兼任") as caught, session() as db:
        add_account(db, "both", PASSWORD, ["administrator", "auditor"])
    assert "三员" in caught.value.remedy
    with pytest.raises(BadInput, match="兼任"), session() as db:
        db.execute(text("INSERT INTO access.account (name, display_name, password_hash, roles) "
                        "VALUES ('b2', 'b', 'x', '{security,auditor}')"))  # fmt: skip


def test_the_administrator_opens_accounts_and_the_security_administrator_says_what_they_may_do(
    logged_in: Login,
) -> None:
    admin, token = logged_in("admin1", "administrator")
    security, their = logged_in("secure1", "security")
    made = admin.post(
        "/desk/system/accounts", data={"name": "neu1", "shown": "新人", "role": "officer", "token": token}
    )
    password = re.search(r"<code>([a-z0-9-]+)</code>", made.text)[1]
    assert "安全管理员" in made.text
    grant = {"role": ["township"], "division": "331003001000"}
    assert admin.post("/desk/system/accounts/neu1/grant", data={**grant, "token": token}).status_code == 403
    assert (
        security.post("/desk/system/accounts/neu1/grant", data={**grant, "token": their}).status_code == 303
    )
    assert (
        security.post(
            "/desk/system/accounts/secure1/grant", data={"role": "officer", "token": their}
        ).status_code
        == 403
    )
    assert security.post("/desk/system/accounts", data={"name": "x2", "token": their}).status_code == 403
    page = security.get("/desk/system/accounts/neu1").text
    assert "331003001000" in page and "镇街" in page and "account.grant" in page
    clerk, own = logged_in("neu1", "township", password=password)
    refused = clerk.get("/desk/places", headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (403, "must-change")
    wrong = {"old": password, "new": "kurz", "again": "kurz", "token": own}
    assert clerk.post("/desk/system/me/password", data=wrong).status_code == 422
    right = {"old": password, "new": PASSWORD, "again": PASSWORD, "token": own}
    assert clerk.post("/desk/system/me/password", data=right).status_code == 303
    assert clerk.get("/desk/places").status_code == 200


def test_an_administrator_resets_disables_and_opens_again_but_never_the_own_account(logged_in: Login) -> None:
    admin, token = logged_in("admin2", "administrator")
    clerk, _ = logged_in("clerk2", "counter")
    shown = admin.post("/desk/system/accounts/clerk2/password", data={"token": token})
    password = re.search(r"<code>([a-z0-9-]+)</code>", shown.text)[1]
    assert clerk.get("/v1/session").json()["kind"] == "public"
    assert logged_in("clerk2", "counter", password=password)[1]
    for act in ("disable", "enable", "unlock"):
        assert admin.post(f"/desk/system/accounts/clerk2/{act}", data={"token": token}).status_code == 303
    for act in ("disable", "password"):
        assert admin.post(f"/desk/system/accounts/admin2/{act}", data={"token": token}).status_code == 403
    assert admin.get("/desk/system/audit").status_code == 403


def test_a_key_is_shown_once_counted_and_refused_over_its_quota(
    logged_in: Login, patient: httpx.Client
) -> None:
    admin, token = logged_in("admin3", "administrator")
    given = {"name": "社区平台", "scope": ["read"], "per_day": "2", "token": token}
    key = re.search(r"<code>(dm_[\w-]+)</code>", admin.post("/desk/system/keys", data=given).text)[1]
    assert key not in admin.get("/desk/system/keys").text
    answers = [patient.get("/v1/session", headers={"x-api-key": key}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert re.search(r"2\s*/\s*2|3\s*/\s*2", admin.get("/desk/system/keys").text)
    assert (
        admin.post("/desk/system/keys/revoke", data={"name": "社区平台", "token": token}).status_code == 303
    )
    assert patient.get("/v1/session", headers={"x-api-key": key}).status_code == 401


def test_the_reasons_name_the_role_and_the_division(logged_in: Login) -> None:
    clerk = Caller("account", "li", "李", frozenset({"public", "officer"}), division_code="331003000000")
    act = ("POST", "/desk/places/planned")
    assert may(clerk, act, "331003001000").allowed
    away = may(clerk, act, "331004001000")
    assert not away.allowed and "辖区" in away.reasons[-1]
    assert not may(clerk, ("GET", "/desk/system/audit")).allowed
    assert not may(clerk, ("GET", "/nowhere")).allowed
    admin, _ = logged_in("admin4", "administrator")
    logged_in("officer4", "officer")
    asked = {"account": "officer4", "act": "GET /desk/system/jobs"}
    page = admin.get("/desk/system/why", params=asked).text
    assert "不可以" in page and "系统管理员" in page


def test_jobs_are_seen_stopped_and_tried_again(logged_in: Login) -> None:
    admin, token = logged_in("admin5", "administrator")
    with session() as db:
        job = db.scalar(
            text(
                "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name) VALUES ('x', 'a.task') RETURNING id"
            )
        )
    assert "a.task" in admin.get("/desk/system/jobs?state=todo").text
    assert admin.post(f"/desk/system/jobs/{job}/stop", data={"token": token}).status_code == 303
    assert admin.post(f"/desk/system/jobs/{job}/stop", data={"token": token}).status_code == 409
    assert admin.post(f"/desk/system/jobs/{job}/retry", data={"token": token}).status_code == 303
    with session() as db:
        state = db.scalar(text("SELECT status::text FROM jobs.procrastinate_jobs WHERE id = :j"), {"j": job})
    assert state == "todo"


def test_a_key_bound_to_a_county_cannot_be_made_with_a_wrong_code(database_url: str) -> None:
    with pytest.raises(BadInput), session() as db:
        add_key(db, "x", ["write"], division_code="3310")


def test_organisations_lend_their_division_to_their_accounts(logged_in: Login, server: Served) -> None:
    admin, token = logged_in("admin6", "administrator")
    with session() as db:
        town = db.scalar(text("SELECT code FROM register.division WHERE level = 4 ORDER BY code LIMIT 1"))
    assert (
        admin.post(
            "/desk/system/organisations", data={"name": "某镇人民政府", "division": town, "token": token}
        ).status_code
        == 303
    )
    with session() as db:
        add_account(db, "clerk6", PASSWORD, ["township"])
        db.execute(text("UPDATE access.account SET organisation_id = (SELECT id FROM access.organisation "
                        "WHERE name = '某镇人民政府') WHERE name = 'clerk6'"))  # fmt: skip
    clerk, _ = logged_in("clerk6", "township")
    assert clerk.get("/v1/session").json()["division"] == town
