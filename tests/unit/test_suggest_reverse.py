"""Completion while typing, and what lies at a point."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gazetteer.address.engine import Geocoder
from tests import small_register


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    return small_register.build(tmp_path_factory.mktemp("suggest") / "small.index")


@pytest.mark.parametrize("typed", ["横", "横街", "hengjie", "hjl", "HJL", "橫街"])
def test_a_road_is_offered_by_characters_pinyin_and_initials(engine, typed):
    assert "横街路" in [s.text for s in engine.suggest(typed)]


def test_the_road_with_more_doors_comes_first(engine):
    assert engine.suggest("renminlu")[0].text == "人民路"
    assert engine.suggest("h")[0].text in ("横街路", "黄岩区")


def test_a_road_and_the_beginning_of_a_number_complete_to_doors(engine):
    assert [s.text for s in engine.suggest("横街路11")] == ["横街路116号", "横街路118号", "横街路118号-1"]


def test_nothing_typed_offers_nothing(engine):
    assert engine.suggest("") == [] and engine.suggest("  ") == [] and engine.suggest("🙂") == []


def test_at_most_as_many_as_asked_for_are_offered(engine):
    assert len(engine.suggest("横街路1", limit=2)) == 2


def test_the_nearest_door_is_the_same_as_by_looking_at_all(engine):
    rng = np.random.default_rng(1)
    lons, lats = rng.uniform(121.25, 121.39, 300), rng.uniform(28.56, 28.68, 300)
    rows = small_register.doors()
    for lon, lat, found in zip(lons, lats, engine.reverse_many(lons, lats), strict=True):
        metres = min(
            math.hypot((r.lon - lon) * math.cos(math.radians(lat)), r.lat - lat) * 111_320 for r in rows
        )
        if found is None:
            assert metres > 1999
        else:
            assert found.distance_m == pytest.approx(metres, abs=0.2)


def test_a_point_knows_its_road_and_divisions(engine):
    found = engine.reverse(121.2700, 28.6701)
    assert found is not None
    assert (found.road, found.town, found.county, found.province) == (
        "劳动北路",
        "北城街道",
        "黄岩区",
        "浙江省",
    )
    assert found.standard_address == "浙江省台州市黄岩区北城街道劳动北路1号"


def test_points_that_are_none_find_nothing(engine):
    nan = float("nan")
    assert engine.reverse_many([nan, 999.0, 0.0, float("inf")], [28.0, 28.0, nan, 0.0]) == [None] * 4
