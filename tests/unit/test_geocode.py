"""What the geocoder answers, and what it refuses to answer."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.model import DivisionRow
from tests import small_register


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    return small_register.build(tmp_path_factory.mktemp("geocode") / "small.index")


def best(engine: Geocoder, text: str, **options: object) -> tuple[str, str, str]:
    answer = engine.geocode(text, **options)  # type: ignore[arg-type]
    found = answer.best
    return (answer.status, found.level, found.code) if found else (answer.status, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "浙江省台州市黄岩区南城街道横街路118号",
        "黄岩区横街路118号",
        "黄岩横街路118号",
        "横街路１１８号",
        "橫街路118號",
        "横街路一百一十八号",
        "横街路一一八号",
        "横街路118",
        "横 街 路 118 号",
        "黄岩区黄岩区横街路118号",
        "118号横街路 黄岩区",
        "地址：黄岩区横街路118号(近公园)",
        "黄岩市横街路118号",
        "黄岩区老街118号",
        "横街路118号楼上",
    ],
)
def test_one_door_written_in_many_ways_is_that_door(engine, text):
    assert best(engine, text)[1:] == ("door", "R1-118")


@pytest.mark.parametrize("text", ["黄岩区恒街路118号", "黄岩区横横街路118号", "黄岩区横街118号"])
def test_a_misspelt_road_is_found_and_the_change_is_told(engine, text):
    answer = engine.geocode(text)
    assert answer.best is not None and answer.best.code == "R1-118"
    assert any("横街路" in step.reason for step in answer.corrections)


def test_a_clean_address_may_be_applied_without_a_person(engine):
    assert best(engine, "黄岩区南城街道横街路118号")[0] == "auto"


@pytest.mark.parametrize("number", ["117号", "119号", "1180号", "99999号", "118-9弄3号"])
def test_a_number_that_is_not_registered_is_never_answered_with_a_door(engine, number):
    answer = engine.geocode(f"黄岩区南城街道横街路{number}")
    assert answer.status != "auto"
    assert answer.best is not None and answer.best.level in ("road", "interpolated")


def test_the_neighbours_of_a_missing_number_are_named(engine):
    note = engine.geocode("黄岩区横街路117号").candidates[0].note
    assert "无 117号" in note and "116号" in note and "118号" in note


def test_a_road_nobody_registered_finds_no_door(engine):
    assert best(engine, "黄岩区瓿罅痂路12号")[1] in ("county", "")


def test_a_wrong_county_is_answered_said_and_left_to_a_person(engine):
    answer = engine.geocode("路桥区劳动北路118号")
    assert answer.best is not None and answer.best.code == "R2-118"
    assert answer.status == "review"
    assert any("路桥区" in step.reason and "不符" in step.reason for step in answer.corrections)


def test_the_county_said_decides_between_roads_of_one_name(engine):
    assert best(engine, "路桥区人民路5号")[2] == "R4-5"
    assert best(engine, "黄岩区人民路5号")[2] == "R3-5"


def test_without_a_county_two_doors_of_one_name_go_to_a_person_with_both(engine):
    answer = engine.geocode("人民路5号")
    assert answer.status == "review"
    assert {"R3-5", "R4-5"} <= {c.code for c in answer.candidates}


def test_a_numeral_in_a_name_stays_a_name(engine):
    assert best(engine, "黄岩区五一路八号")[2] == "R5-8"
    assert best(engine, "黄岩区秀园四弄3号")[2] == "R7-3"
    assert best(engine, "黄岩区秀园4弄3号")[2] == "R7-3"


def test_shorthand_behind_a_lane_is_read_as_the_register_allows(engine):
    assert best(engine, "横街路400弄10-3-304")[2] == "R1-400弄10"
    assert best(engine, "横街路118号3-2-304")[2] == "R1-118"


def test_a_number_in_a_lane_that_is_not_registered_is_not_put_on_the_lane_as_a_door(engine):
    status, level, _ = best(engine, "黄岩区横街路400弄77号")
    assert (status, level) == ("review", "estate")


def test_a_sub_number_is_its_own_door(engine):
    for text in ("横街路118-1号", "横街路118号之1", "横街路118号附1", "横街路118号-1"):
        assert best(engine, f"黄岩区{text}")[2] == "R1-118-1"


def test_building_and_room_are_kept_in_standard_form(engine):
    found = engine.geocode("黄岩区横街路118号66栋2单元301").best
    assert found is not None
    assert found.standard_address == "浙江省台州市黄岩区南城街道横街路118号66幢2单元301室"


def test_an_estate_is_found_by_building_and_by_its_promotion_name(engine):
    assert best(engine, "南城街道梅开苑66栋")[2] == "E1-66幢"
    assert best(engine, "南城街道梅园新天地66幢")[2] == "E1-66幢"


def test_a_village_house_is_found(engine):
    assert best(engine, "黄岩区北城街道上洋头3号")[2] == "V1-3"


def test_the_road_inside_a_long_registered_name_is_enough(engine):
    assert best(engine, "路桥区志伟路816弄33号")[2] == "R6-816弄33"


def test_a_name_alone_leads_to_its_address(engine):
    assert best(engine, "黄岩区人民医院北院")[2] == "P1"


def test_a_road_alone_and_a_division_alone_are_answered_at_their_level(engine):
    assert best(engine, "黄岩区横街路")[1:] == ("road", "R1")
    assert best(engine, "台州市黄岩区南城街道")[1:] == ("town", small_register.SOUTH_TOWN)


def test_the_past_is_answered_from_the_past(engine):
    assert best(engine, "黄岩区解放路7号")[2] == "R10-7"
    assert best(engine, "黄岩区解放路7号", as_of=date(2005, 1, 1))[1] != "door"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "同上", "无", "\x00", "🙂🙂", "啊" * 10_000, "\u202e号811路街横", "1" * 300, "-" * 300],
)
def test_what_is_no_address_is_answered_with_none_and_a_reason(engine, text):
    answer = engine.geocode(text)
    assert answer.status == "none" and not answer.candidates
    assert answer.corrections[-1].reason


def test_a_division_narrows_and_a_point_prefers(engine):
    assert best(engine, "人民路5号", division="331004")[2] == "R4-5"
    assert best(engine, "人民路5号", near=(121.37, 28.57))[2] == "R4-5"
    assert best(engine, "人民路5号", near=(121.28, 28.67))[2] == "R3-5"


def test_many_are_answered_as_one_by_one(engine):
    texts = ["黄岩区横街路118号", "", "人民路5号", "黄岩区横街路118号"]
    assert engine.geocode_many(texts) == [engine.geocode(t) for t in texts]
    lean = [engine.geocode_lean(t, limit=5) for t in texts]
    assert [(a.status, a.confidence, a.candidates, a.corrections) for a in lean] == [
        (a.status, a.confidence, a.candidates, a.corrections) for a in map(engine.geocode, texts)
    ]


def test_two_roads_that_meet_are_placed_between_their_nearest_doors(engine):
    found = engine.geocode("黄岩区横街路与五一路交叉口").best
    assert found is not None and found.level == "intersection"
    assert (found.lon, found.lat) == pytest.approx((121.2618, 28.631), abs=3e-4)


def test_a_direction_and_a_distance_move_the_point(engine):
    found = engine.geocode("黄岩区横街路与五一路交叉口北100米").best
    plain = engine.geocode("黄岩区横街路与五一路交叉口").best
    assert found is not None and plain is not None and found.level == "relative"
    assert (found.lat - plain.lat) * 111_320 == pytest.approx(100, abs=1)


def test_a_missing_number_between_close_neighbours_is_interpolated_and_says_so(engine):
    found = engine.geocode("黄岩区横街路119号").best
    assert found is not None and found.level == "interpolated" and "无 119号" in found.note


def test_the_best_guess_for_a_missing_number_is_never_applied_by_itself(engine):
    assert engine.geocode("黄岩区横街路119号").status == "review"


def test_names_of_divisions_far_away_do_not_tear_the_names_of_roads(tmp_path):
    divisions = [
        *small_register.DIVISIONS,
        DivisionRow("320000000000", "江苏省", 1, ""),
        DivisionRow("320100000000", "南京市", 2, "320000000000"),
        DivisionRow("320102000000", "劳动县", 3, "320100000000"),
        DivisionRow("320102100000", "横街镇", 4, "320102000000"),
    ]
    build_index(tmp_path / "nation.index", divisions, small_register.HANDLES, small_register.doors())
    nation = Geocoder.open(tmp_path / "nation.index")
    assert best(nation, "劳动北路118号")[1:] == ("door", "R2-118")
    assert best(nation, "黄岩区横街路118号")[0] == "auto"
    assert best(nation, "江苏省南京市劳动县横街路118号") == ("review", "door", "R1-118")
