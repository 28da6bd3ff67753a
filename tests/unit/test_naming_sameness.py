from pathlib import Path

import pytest

from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.profile import load_profile
from tests.naming import DAY, SQUARE, answer, ask, grades, outcome, place, text

TOP = SQUARE.line("123")
ROAD = place("r1", "永宁路", geometry=TOP)
REGISTER = MemoryRegister([ROAD])


def test_an_equal_name_in_the_built_up_area_is_refused_by_n04_with_record_and_geometry() -> None:
    found = answer("N04", ask("永宁路", geometry=SQUARE.line("789")), REGISTER).findings
    assert [(row.severity, row.record, row.geometry) for row in found] == [("block", "r1", TOP)]


def test_the_traditional_spelling_of_an_equal_name_is_the_same_name() -> None:
    assert grades("N04", ask("永寧路"), REGISTER) == ["block"]


def test_another_name_passes_n04() -> None:
    assert outcome("N04", ask("澄江路"), REGISTER) == "passed"


def test_a_road_that_joins_its_namesake_is_its_extension_for_n04() -> None:
    assert outcome("N04", ask("永宁路", geometry=SQUARE.line("36")), REGISTER) == "passed"


def test_a_renamed_place_is_not_its_own_double() -> None:
    assert outcome("N04", ask("永宁路", act="更名", record="r1"), REGISTER) == "passed"


def test_an_equal_name_of_another_category_passes_n04() -> None:
    assert (
        outcome("N04", ask("永宁公园", "D"), MemoryRegister([place("p", "永宁公园", "F")]))
        == "not_applicable"
    )
    assert outcome("N04", ask("永宁广场", "F"), MemoryRegister([place("p", "永宁广场", "D")])) == "passed"


@pytest.mark.parametrize(
    ("division", "expected"), [("331003001", "found"), ("331002001", "found"), ("331082001", "passed")]
)
def test_without_a_registered_area_the_built_up_area_is_the_three_city_districts(
    division: str, expected: str
) -> None:
    assert (
        outcome("N04", ask("永宁路"), MemoryRegister([place("r", "永宁路", division=division)])) == expected
    )


def test_a_registered_built_up_area_is_the_scope_where_the_place_lies_in_it() -> None:
    town, far = SQUARE.area("1254"), place("r", "永宁路", geometry=SQUARE.line("89"))
    inside = ask("永宁路", geometry=SQUARE.line("14"))
    assert outcome("N04", inside, MemoryRegister([far], built_up={"黄岩城区": town})) == "passed"
    near = place("r", "永宁路", geometry=SQUARE.line("25"))
    register = MemoryRegister([near], built_up={"黄岩城区": town})
    assert "黄岩城区" in text("N04", inside, register)


@pytest.mark.parametrize(
    ("name", "category", "feature", "division", "expected"),
    [
        ("上垟", "C", "natvil", "331003001", "found"),
        ("上垟", "C", "natvil", "331003002", "passed"),
        ("永宁社区", "C", "community", "331003002", "found"),
        ("永宁社区", "C", "community", "331082002", "passed"),
        ("院桥镇", "B", "township", "330100001", "found"),
        ("院桥镇", "B", "township", "320100001", "passed"),
        ("南城街道", "B", "street_office", "330100001", "found"),
        ("黄岩山", "A", "mountain", "110100001", "found"),
    ],
)
def test_the_scope_depends_on_the_category(
    name: str, category: str, feature: str, division: str, expected: str
) -> None:
    register = MemoryRegister([place("x", name, category, division, feature=feature)])
    proposal = ask(name, category, feature=feature, jurisdiction="331003001")
    assert outcome("N04", proposal, register) == expected


def test_a_cancelled_name_is_no_double_for_n04_but_an_alias_for_n21() -> None:
    register = MemoryRegister([place("old", "永宁路", state="销名")])
    assert outcome("N04", ask("永宁路"), register) == "passed"
    assert grades("N21", ask("永宁路"), register) == ["warn"]


def test_a_former_name_of_another_place_asks_for_a_reason_by_n21() -> None:
    register = MemoryRegister([place("r2", "澄江路", former_names=("永宁路",))])
    assert "曾用名" in text("N21", ask("永宁路"), register)
    assert outcome("N21", ask("橘香路"), register) == "passed"
    assert outcome("N21", ask("永宁路", act="更名", record="r2"), register) == "passed"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("永凝路", ["warn"]),
        ("用宁路", ["inform"]),
        ("永凝街", ["inform"]),
        ("澄江路", []),
        ("永宁路", []),
    ],
)
def test_equal_sound_is_warned_of_with_tones_and_told_without_by_n05(name: str, expected: list[str]) -> None:
    register = MemoryRegister([place("r1", "永宁路")])
    assert grades("N05", ask(name), register) == expected


def test_a_likeness_by_an_unusual_reading_is_only_told() -> None:
    register = MemoryRegister([place("r1", "重文路")])
    assert grades("N05", ask("众文路"), register) in (["inform"], ["warn"])


@pytest.mark.parametrize(("registered", "asked"), [("正文路", "增文路"), ("增文路", "正文路")])
def test_local_speech_counts_where_the_bureau_has_set_it(registered: str, asked: str, tmp_path: Path) -> None:
    (tmp_path / "331003@2025-12-01.toml").write_text(
        'name = "本局"\n[checks.N05.set]\ndialect_merges = { value = [["zh", "z"]], certainty = "L", note = "本局核定" }\n',
        encoding="utf-8",
    )
    register, own = MemoryRegister([place("r1", registered)]), load_profile("331003", DAY, tmp_path)
    found = answer("N05", ask(asked), register, own).findings
    assert [row.severity for row in found] == ["inform"]
    assert "本地语音" in found[0].evidence
    assert outcome("N05", ask(asked), register) == "passed"


def test_where_the_rule_compares_specific_terms_only_the_generic_term_does_not_help(tmp_path: Path) -> None:
    (tmp_path / "331003@2025-12-01.toml").write_text(
        'name = "本局"\n[checks.N04.set]\ncompare = { value = "specific", certainty = "S", note = "本市规定" }\n',
        encoding="utf-8",
    )
    own = load_profile("331003", DAY, tmp_path)
    assert [row.record for row in answer("N04", ask("永宁街"), REGISTER, own).findings] == ["r1"]
    assert outcome("N04", ask("永宁街"), REGISTER) == "passed"


def test_sound_is_compared_only_inside_the_category() -> None:
    assert outcome("N05", ask("永凝苑", "F"), REGISTER) == "passed"


@pytest.mark.parametrize("name", ["永宁街", "永宁大道"])
def test_another_generic_term_with_the_same_specific_term_asks_for_a_reason_by_n06(name: str) -> None:
    assert grades("N06", ask(name, geometry=SQUARE.line("36")), REGISTER) == ["warn"]


@pytest.mark.parametrize("name", ["永宁东路", "永宁支路", "永宁巷", "永宁路一巷"])
def test_a_series_is_right_where_the_roads_touch_and_wrong_where_not(name: str) -> None:
    assert outcome("N06", ask(name, geometry=SQUARE.line("36")), REGISTER) == "passed"
    apart = "passed" if name == "永宁路一巷" else "found"
    assert outcome("N06", ask(name, geometry=SQUARE.line("789")), REGISTER) == apart


def test_one_touching_member_is_enough_for_a_series() -> None:
    middle, east = (
        place("m", "永宁中路", geometry=SQUARE.line("45")),
        place("e", "永宁东路", geometry=SQUARE.line("56")),
    )
    register = MemoryRegister([middle, east])
    assert outcome("N06", ask("永宁西路", geometry=SQUARE.line("74")), register) == "passed"
    assert grades("N06", ask("永宁西路", geometry=SQUARE.line("12")), register) == ["warn"]


def test_numbered_streets_run_side_by_side_and_need_not_touch() -> None:
    register = MemoryRegister([place("r1", "永宁一路", geometry=SQUARE.line("123"))])
    assert outcome("N06", ask("永宁二路", geometry=SQUARE.line("456")), register) == "passed"


def test_an_unrelated_name_passes_n06() -> None:
    assert outcome("N06", ask("澄江路", geometry=SQUARE.line("36")), REGISTER) == "passed"
