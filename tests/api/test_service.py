"""What the public asks of meal points and cemeteries, over HTTP."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from api.security.accounts import add_account
from gazetteer.service.sample import load_details
from geo.store.engine import session
from tests.people import PASSWORD, Come
from tests.serving import Served


@pytest.fixture(scope="module", autouse=True)
def details(server: Served) -> None:
    load_details()


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"])


LUNCH = "2026-11-23T11:00:00"


def test_the_nearest_meal_points_come_first_with_walking_minutes_and_how_they_were_found(
    client: httpx.Client,
):
    meals = client.get("/v1/meals", params={"lon": 121.26, "lat": 28.65, "age": 82, "at": LUNCH}).json()[
        "meals"
    ]
    minutes = [
        m["walk_minutes"] for m in meals if m["state"] == "open" and m["tier"] in ("老年食堂", "助餐点")
    ]
    assert minutes == sorted(minutes) and minutes[0] > 0
    assert {m["walk_by"] for m in meals} <= {"network", "straight"}


def test_a_person_of_82_pays_the_price_from_80_and_one_of_65_the_price_from_60(client: httpx.Client):
    at_82, at_65 = (
        {
            m["code"]: m["price"]
            for m in client.get("/v1/meals", params={"age": age, "at": LUNCH, "limit": 100}).json()["meals"]
        }
        for age in (82, 65)
    )
    assert all(at_82[code] < at_65[code] for code in at_82)


def test_lunch_is_served_at_eleven_and_not_at_three_in_the_night(client: httpx.Client):
    def open_at(at: str) -> int:
        meals = client.get("/v1/meals", params={"at": at, "limit": 100}).json()["meals"]
        return sum(m["open_now"] for m in meals)

    assert open_at(LUNCH) > 20
    assert open_at("2026-11-23T03:00:00") == 0


def test_half_a_place_is_refused(client: httpx.Client):
    assert client.get("/v1/meals", params={"lon": 121.26}).status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/meals", "/meals?near=永宁大道1号&age=82", "/cemeteries", "/cemeteries?free=1", "/meals?only=now"],
)
def test_public_pages_answer_and_say_that_the_data_is_made_up(client: httpx.Client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "示例数据" in answer.text


def test_a_meal_point_and_a_cemetery_have_pages_of_their_own(client: httpx.Client):
    code = client.get("/v1/meals", params={"limit": 1}).json()["meals"][0]["code"]
    assert client.get(f"/meals/{code}").status_code == 200
    assert "定价文件" in client.get("/cemeteries/331003F0039").text
    assert client.get("/meals/none").status_code == 404
    assert client.get("/cemeteries/none").status_code == 404


@pytest.mark.parametrize(
    "path", ["/desk/meals", "/desk/meals/coverage", "/desk/cemeteries", "/desk/cemeteries/ledgers"]
)
def test_the_desks_are_closed_to_the_public(client: httpx.Client, path: str):
    assert client.get(path, follow_redirects=False).status_code in (303, 401)


@pytest.mark.parametrize("page", ["coverage", "siting"])
def test_the_map_of_one_township_begins_with_it(come: Come, page: str):
    answer = come("zhang").get(f"/desk/meals/{page}", params={"town": "331003001000"})
    assert answer.status_code == 200, answer.text
    west, south, east, north = _focus(answer.text)
    assert 121.2 < west < east < 121.4 and 28.5 < south < north < 28.8


def test_villages_are_called_as_addresses_call_them(come: Come):
    for page in ("coverage", "siting"):
        answer = come("zhang").get(f"/desk/meals/{page}").text
        assert not re.search(r"(社区居委会|村委会|社区居民委员会|村民委员会)(附近|、|。)", answer)


def test_the_map_of_a_site_shows_the_ground_that_the_rules_speak_of_and_how_far_they_reach(come: Come):
    desk = come("zhang")
    bare = _features(desk.get("/desk/cemeteries/siting").text)
    assert {"forbidden", "check"} == {one["class"] for one in bare}
    text = desk.get(
        "/desk/cemeteries/siting", params={"at": "121.26,28.65", "near_m": 300, "visible_m": 1000}
    ).text
    assert [one["id"] for one in _features(text) if one["class"] in {"ring", "site"}] == [
        "r1000",
        "r300",
        "site",
    ]
    west, south, east, north = _focus(text)
    assert west < 121.26 < east and south < 28.65 < north and east - west < 0.04


def _focus(page: str) -> tuple[float, ...]:
    found = re.search(r'data-focus="([^"]+)"', page)
    return tuple(float(part) for part in found[1].split(",")) if found else ()


def _features(page: str) -> list[dict[str, str]]:
    found = re.search(r'<script[^>]*id="desk-map-data"[^>]*>(.*?)</script>', page, re.S)
    return [one["properties"] for one in json.loads(found[1])["features"]] if found else []
