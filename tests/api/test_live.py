"""An approved act is in the answers within a second, in a running server, without a new index."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api import live, lookup
from gazetteer.register.acts import add_address, rename_road, retire_address
from gazetteer.register.models import Address, Road
from geo.store.engine import act, session
from tests.serving import Served
from tests.waiting import until

PLACE = (121.2611, 28.6411)


@pytest.fixture
def road(server: Served) -> Road:
    """A road of a town of the sample."""
    with session() as db:
        found = db.scalars(
            text("SELECT r.code FROM register.road r JOIN register.address a ON a.road = r.code AND a.valid_to IS NULL"
                 " WHERE r.state = '现行' AND r.valid_to IS NULL AND a.bld = '' GROUP BY r.code, r.name"
                 " HAVING count(*) BETWEEN 8 AND 200 AND (SELECT count(*) FROM register.road s WHERE s.name = r.name) = 1"
                 " ORDER BY r.code LIMIT 1")
        ).one()  # fmt: skip
        road = db.get(Road, found)
        assert road is not None
        return road


def best(url: str, asked: str) -> dict[str, Any]:
    found = httpx.get(f"{url}/v1/geocode", params={"q": asked}, timeout=240).raise_for_status().json()
    told = [feature["properties"]["geocoding"] for feature in found["features"]]
    return told[0] if told else {"code": "", "level": ""}


def test_a_new_door_is_found_and_a_retired_one_is_not(server: Served, road: Road) -> None:
    with session() as db:
        act(db, actor="test", action="address.add")
        added = add_address(
            db,
            road=road.code,
            number="7777",
            county="331003000000",
            lon=PLACE[0],
            lat=PLACE[1],
            on_day=date(2024, 1, 1),
        )
        code = added.code
    asked = f"黄岩区{road.name}7777号"
    until(lambda: best(server.url, asked)["code"] == code)
    near = httpx.get(
        f"{server.url}/v1/reverse", params={"lon": PLACE[0], "lat": PLACE[1]}, timeout=240
    ).json()
    assert code in str(near)
    with session() as db:
        door = db.get(Address, code)
        assert door is not None
        act(db, actor="test", action="address.retire")
        retire_address(db, code, version=door.version, on_day=date(2024, 6, 1))
    until(lambda: best(server.url, asked)["code"] != code)
    assert best(server.url, asked)["level"] != "door"


def test_a_renamed_road_answers_to_both_names_and_the_new_index_says_the_same(
    server: Served, road: Road
) -> None:
    with session() as db:
        number = db.scalar(
            text("SELECT number FROM register.address WHERE road = :road AND valid_to IS NULL AND bld = '' AND sub = ''"),
            {"road": road.code},
        )  # fmt: skip
        current = db.get(Road, road.code)
        assert current is not None
        before = current.name
        act(db, actor="test", action="road.rename")
        rename_road(db, road.code, "示例新名路", version=current.version, on_day=date(2025, 1, 1))
    asked = [f"黄岩区示例新名路{number}号", f"黄岩区{before}{number}号"]
    until(lambda: best(server.url, asked[0])["level"] == "door")
    laid_over = [best(server.url, text_)["code"] for text_ in asked]
    assert laid_over[0] == laid_over[1]
    past = lookup.engine().geocode(asked[1], as_of=date(2024, 12, 31)).best
    assert past is not None and past.standard_address.endswith(f"{before}{number}号")
    assert live.rebuild()
    until(lambda: not hasattr(lookup.engine(), "changes"))
    assert [best(server.url, text_)["code"] for text_ in asked] == laid_over
    assert lookup.engine().geocode(asked[1], as_of=date(2024, 12, 31)).best == past
