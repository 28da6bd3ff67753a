"""A team's account (联检人员的账号): made at the desk, sees its own round's line alone, and nothing once it is taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from api.rights.boundary import RIGHTS as BOUNDARY
from api.rights.field import RIGHTS as FIELD
from api.security.accounts import add_account, set_password
from boundary import rounds
from geo.store.engine import act, session
from tests.people import Come
from tests.serving import Served
from tests.walked import DAY, HUANGYAN, LINHAI, XIANJU
from tests.walking import PASSWORD, ROUND, Walk, walk

LINE, OTHER = "SAMPLE-HL", "SAMPLE-HX"
MARKER = "SAMPLE-03"
FILLED = {"form": "pdf", "kind": "report", "marker": MARKER}
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def walking(server: Served) -> Walk:
    return walk()


@pytest.fixture(scope="module")
def accounts(walking: Walk) -> None:
    """Those of the round in the field."""


def ask(client: httpx.Client, path: str, **data: str) -> httpx.Response:
    """A form of the round's page, with its token."""
    here = f"/desk/boundary/rounds/{ROUND}"
    token = re.search(r'name="token" value="([^"]+)"', client.get(here).text)
    assert token
    return client.post(f"{here}/{path}", data={"token": token[1], **data})


def joined(desk: httpx.Client, name: str, account: str, division: str = HUANGYAN) -> None:
    """Put somebody on the team with an account of his own, and let him choose his password."""
    made = ask(desk, "team", division=division, name=name, account=account, opened="1")
    password = re.search(r"<code>([^<]{12,})</code>", made.text)
    assert made.status_code == 200 and password, made.text
    with session() as db:
        act(db, actor=account, action="account.password")
        set_password(db, account, PASSWORD, must_change=False)


def doors() -> Iterator[str]:
    """Every GET of the room and of the field that tells of one line, asked for what belongs to 黄临线."""
    for method, path in {**BOUNDARY, **FIELD}:
        if method != "GET" or "{" not in path or path.startswith("/desk/field"):
            continue
        code = ROUND if "/rounds/" in path else MARKER if "/markers/" in path else LINE
        yield re.sub(
            r"{(\w+)}", lambda found, code=code: {**FILLED, "code": code}.get(found[1], UNKNOWN), path
        ) + ("?precise=true" if path.startswith("/v1/") else "")
    yield f"/v1/markers?precise=true&line={LINE}"
    yield f"/v1/inspections?round={ROUND}"


def check_closed(client: httpx.Client) -> None:
    """Nothing of the line is told by any door, list, search, map sheet or package."""
    for path in doors():
        assert client.get(path).status_code in (403, 404), path
    for path in ("/desk/boundary", "/desk/boundary/rounds", "/desk/boundary/events", "/desk/boundary/events/new",
                 "/field/take", "/desk/search?q=黄临"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code in (200, 303, 403, 404), (path, answer.status_code)
        assert LINE not in answer.text and MARKER not in answer.text and ROUND not in answer.text, path


def test_a_new_account_sees_the_line_of_its_team_and_nothing_once_it_is_taken_off(come: Come) -> None:
    desk = come("li")
    joined(desk, "王五", "wang")
    wang = come("wang")
    assert "黄临线" in desk.get(f"/desk/boundary/rounds/{ROUND}").text
    opened = [path for path in doors() if UNKNOWN not in path and "/plan" not in path]
    closed = [path for path in opened if wang.get(path).status_code not in (200, 404, 409)]
    assert closed == []
    assert wang.get(f"/desk/boundary/lines/{LINE}").status_code == 200
    assert len(wang.get("/field/take").json()["tasks"]) == 8
    assert wang.get(f"/desk/boundary/lines/{OTHER}").status_code == 404, "the county's other line is not his"

    assert ask(desk, "team/off", division=HUANGYAN, name="王五").status_code == 303
    check_closed(wang)
    assert ask(desk, "team/off", division=HUANGYAN, name="王五").status_code == 404


def test_the_team_of_another_line_of_the_same_county_sees_its_own_line_alone(come: Come) -> None:
    with session() as db:
        act(db, actor="li", action="round.plan")
        other = rounds.plan(db, OTHER, 2027, actor="li", on=DAY)
    desk = come("li")
    token = re.search(r'name="token" value="([^"]+)"', desk.get("/desk/boundary/events/new").text)
    assert token
    made = desk.post(f"/desk/boundary/rounds/{other.code}/team", data={
        "token": token[1], "division": HUANGYAN, "name": "赵六", "account": "zhao", "opened": "1"})  # fmt: skip
    assert made.status_code == 200
    with session() as db:
        act(db, actor="zhao", action="account.password")
        set_password(db, "zhao", PASSWORD, must_change=False)
    zhao = come("zhao")
    assert zhao.get(f"/desk/boundary/lines/{OTHER}").status_code == 200
    check_closed(zhao)


def test_an_account_of_another_side_or_kind_does_not_join_and_a_side_keeps_somebody(come: Come) -> None:
    desk = come("li")
    assert ask(desk, "team", division=HUANGYAN, name="某", account="lin").status_code == 422
    assert ask(desk, "team", division=HUANGYAN, name="某", account="li").status_code == 422
    assert ask(desk, "team", division=HUANGYAN, name="某", account="nobody").status_code == 404
    with session() as db:
        assert "某" not in [one.name for one in rounds.team(db, ROUND)]
        alone = [one.name for one in rounds.team(db, ROUND) if one.division == LINHAI]
    for name in alone[1:]:
        ask(desk, "team/off", division=LINHAI, name=name)
    assert ask(desk, "team/off", division=LINHAI, name=alone[0]).status_code == 409


def test_a_walker_may_neither_open_accounts_nor_join_a_team_by_himself(come: Come) -> None:
    lin = come("lin")
    csrf = lin.get("/v1/session").json()["csrf"]
    answer = lin.post(f"/desk/boundary/rounds/{ROUND}/team", headers={"x-csrf-token": csrf}, data={
        "division": LINHAI, "name": "某", "account": "some", "opened": "1"})  # fmt: skip
    assert answer.status_code == 403
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM access.account WHERE name = 'some'")) == 0


def test_the_office_of_a_third_county_finds_nothing_of_the_line_among_what_waits_or_by_searching(
    come: Come,
) -> None:
    with session() as db:
        act(db, actor="li", action="account.add")
        add_account(db, "west", PASSWORD, ["officer"], division_code=XIANJU)
    west, desk = come("west"), come("li")
    assert "黄临线" in desk.get("/desk/search?q=黄临线").text
    for path in (
        "/desk",
        "/desk/search?q=黄临线",
        "/desk/field",
        "/desk/field/conflicts",
        "/desk/boundary/rounds",
    ):
        answer = west.get(path)
        assert answer.status_code == 200, path
        assert ROUND not in answer.text and f"/lines/{LINE}" not in answer.text, path
