"""What is imported as a facility gets its record at the desk, and only then stands among meal points and cemeteries."""

from __future__ import annotations

import re

import httpx
import pytest
from sqlalchemy import text

from api.security.accounts import add_account
from geo.store.engine import act, session
from tests.people import PASSWORD, Come

TOWN = "331003001000"
_ADD = text("""
    INSERT INTO register.facility (code, kind, name, category, division, state, capacity, geom, made_up)
    VALUES (:code, :kind, :name, :category, :town, :state, 80, ST_SetSRID(ST_MakePoint(121.26, 28.65), 4490), true)
""")


@pytest.fixture(scope="module")
def accounts(server) -> None:
    with session() as db:
        act(db, actor="test", action="import.facilities")
        for code, kind, name, category, state in (
            ("F-1", "meal", "试验老年食堂", "", "在用"), ("F-2", "meal", "试验中心", "", "停用"),
            ("F-3", "cemetery", "试验陵园", "经营性公墓", "在用"),
        ):  # fmt: skip
            given = {
                "code": code,
                "kind": kind,
                "name": name,
                "category": category,
                "town": TOWN,
                "state": state,
            }
            db.execute(_ADD, given)
        add_account(db, "zhang", PASSWORD, ["officer"])
        add_account(db, "analyst", PASSWORD, ["analyst"])


def test_an_imported_meal_point_gets_its_record_and_one_left_out_waits(come: Come):
    desk = come("zhang")
    page = desk.get("/desk/meals/new").text
    assert _proposed(page, "F-1") == "老年食堂" and _proposed(page, "F-2") == ""
    assert desk.get("/desk/meals/F-1").status_code == 404
    answer = _send(desk, "/desk/meals/new", page, {"F-1": "老年食堂", "F-2": ""})
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/meals"
    assert "试验老年食堂" in desk.get("/desk/meals/F-1").text
    left = desk.get("/desk/meals/new").text
    assert "F-2" in left and "F-1" not in left
    assert "试验老年食堂" in come("").get("/meals").text


def test_one_that_is_out_of_use_begins_as_closed(come: Come):
    desk = come("zhang")
    _send(desk, "/desk/meals/new", desk.get("/desk/meals/new").text, {"F-2": "助餐点"})
    with session() as db:
        found = db.execute(
            text("SELECT tier, state, per_sitting, made_up FROM register.meal_point WHERE facility = 'F-2'")
        ).one()
    assert tuple(found) == ("助餐点", "closed", 80, True)


def test_a_cemetery_is_opened_as_what_the_file_called_it(come: Come):
    desk = come("zhang")
    page = desk.get("/desk/cemeteries/new").text
    assert _proposed(page, "F-3") == "经营性公墓"
    _send(desk, "/desk/cemeteries/new", page, {"F-3": "经营性公墓"})
    assert "试验陵园" in desk.get("/desk/cemeteries/F-3").text


def test_a_type_that_there_is_not_is_refused_in_words(come: Come):
    desk = come("zhang")
    answer = _send(desk, "/desk/meals/new", desk.get("/desk/meals/new").text, {"F-1": "酒楼"})
    assert answer.status_code == 422 and "酒楼" in answer.text


def test_nobody_without_the_office_opens_a_record(come: Come):
    assert come("").get("/desk/meals/new").status_code in {303, 401}
    analyst = come("analyst")
    assert (
        _send(analyst, "/desk/meals/new", analyst.get("/desk/meals/new").text, {"F-1": "助餐点"}).status_code
        == 403
    )


def _proposed(page: str, code: str) -> str:
    row = page[page.index(f'value="{code}"') :]
    chosen = re.search(r"<option selected>([^<]+)", row[: row.index("</tr>")])
    return chosen[1] if chosen else ""


def _send(desk: httpx.Client, path: str, page: str, chosen: dict[str, str]) -> httpx.Response:
    found = re.search(r'name="token" value="([^"]+)"', page)
    return desk.post(
        path, data={"token": found[1] if found else "", "code": list(chosen), "type": list(chosen.values())}
    )
