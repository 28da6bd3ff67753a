"""Completion while typing, and what lies at a point."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.answering.reverse import Reverse
from gazetteer.address.index import build_index
from gazetteer.address.model import DivisionRow, DoorRow
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


def test_each_longer_name_is_offered_once_before_any_is_repeated(engine):
    offered = [s.text for s in engine.suggest("r", 20)]
    assert offered.count("人民路") == 2, "both towns' 人民路 are there in the end"
    assert offered.index("人民路", offered.index("人民路") + 1) == len(set(offered)), (
        "the second behind every other name"
    )


def test_divisions_without_anything_registered_come_last(tmp_path):
    far = DivisionRow("330300000000", "横溪市", 2, small_register.PROVINCE)
    rows = [*small_register.DIVISIONS, far]
    build_index(tmp_path / "x.index", rows, small_register.HANDLES, small_register.doors())
    offered = [s.text for s in Geocoder.open(tmp_path / "x.index").suggest("横", 5)]
    assert offered == ["横街路", "横溪市"]


def test_a_lane_typed_as_it_was_offered_is_the_lane(engine):
    offered = engine.suggest("xysn")[0]
    found = engine.geocode(offered.text).best
    assert found is not None and (found.level, found.code) == ("road", offered.code) == ("road", "R7")


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


@pytest.mark.parametrize("spread", [0.0004, 0.004, 0.3])
def test_crowded_and_scattered_doors_are_found_as_by_looking_at_all(tmp_path, spread):
    rng = np.random.default_rng(2)
    at = np.array([121.26, 28.65]) + rng.normal(0, spread, (3000, 2))
    at[1500:1600] = at[:100]  # doors at one place: the first is taken
    rows = [
        DoorRow(f"A{n}", "R1", "横街路", str(n + 1), small_register.SOUTH_TOWN, lon, lat)
        for n, (lon, lat) in enumerate(at.round(7).tolist())
    ]
    build_index(tmp_path / "x.index", small_register.DIVISIONS, small_register.HANDLES, rows)
    engine = Geocoder.open(tmp_path / "x.index")
    asked = np.array([121.26, 28.65]) + rng.normal(0, spread, (400, 2))
    doors, metres = Reverse(engine.index).nearest(asked[:, 0], asked[:, 1])
    lon, lat = (engine.index.container.array(f"door.{axis}") / 1e7 for axis in ("lon", "lat"))
    for (x, y), door, m in zip(asked, doors, metres, strict=True):
        all_m = np.hypot((lon - x) * math.cos(math.radians(y)), lat - y) * 111_320
        expected = int(all_m.argmin())
        if all_m[expected] > 2000:
            assert door == -1
        else:
            assert m == pytest.approx(all_m[expected], abs=1e-6) and all_m[door] == pytest.approx(m, abs=1e-6)
            assert door == np.flatnonzero(all_m == all_m[expected])[0]


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
