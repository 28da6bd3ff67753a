"""What the public asks of meal points and cemeteries, over HTTP."""

from __future__ import annotations

import httpx
import pytest

from gazetteer.service.sample import load_details
from tests.serving import Served


@pytest.fixture(scope="module", autouse=True)
def details(server: Served) -> None:
    load_details()


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
