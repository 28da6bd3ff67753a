import pytest

from gazetteer.naming.memory import MemoryRegister
from tests.grid import Grid
from tests.naming import SQUARE, answer, ask, grades, outcome, place, text

ROW = Grid("1 . 2 . 3 . 4 . 5 . 6", step_m=200)


def test_a_road_that_already_has_a_name_gets_no_second_by_n18() -> None:
    register = MemoryRegister([place("r1", "澄江路", geometry=SQUARE.line("123"))])
    found = answer("N18", ask("永宁路", geometry=SQUARE.line("12")), register).findings
    assert [(row.severity, row.record) for row in found] == [("block", "r1")]
    assert "100%" in found[0].evidence


@pytest.mark.parametrize(
    ("line", "expected"), [("1236", "found"), ("125", "found"), ("1469", "passed"), ("456", "passed")]
)
def test_half_of_the_length_decides(line: str, expected: str) -> None:
    register = MemoryRegister([place("r1", "澄江路", geometry=SQUARE.line("123"))])
    assert outcome("N18", ask("永宁路", geometry=SQUARE.line(line)), register) == expected


def test_a_service_road_runs_beside_its_road() -> None:
    register = MemoryRegister([place("r1", "永宁大道", geometry=SQUARE.line("123"))])
    assert outcome("N18", ask("永宁大道辅路", geometry=SQUARE.line("123")), register) == "passed"


def test_renaming_a_road_is_not_giving_it_a_second_name() -> None:
    register = MemoryRegister([place("r1", "澄江路", geometry=SQUARE.line("123"))])
    renamed = ask("永宁路", act="更名", record="r1", old_name="澄江路", geometry=SQUARE.line("123"))
    assert outcome("N18", renamed, register) == "passed"


def test_one_name_on_two_roads_apart_is_refused_and_on_joining_ones_not() -> None:
    register = MemoryRegister([place("r1", "永宁路", geometry=SQUARE.line("12"))])
    assert "一名只用于一条路" in text("N18", ask("永宁路", geometry=SQUARE.line("89")), register)
    assert outcome("N18", ask("永宁路", geometry=SQUARE.line("23")), register) == "passed"


def test_a_drawing_in_loose_pieces_is_refused() -> None:
    assert "互不相连" in text("N18", ask("永宁路", geometry=SQUARE.lines("12", "89")))
    assert outcome("N18", ask("永宁路", geometry=SQUARE.lines("12", "23"))) == "passed"


def test_without_a_centre_line_n18_is_not_checked() -> None:
    assert outcome("N18", ask("永宁路")) == "not_checked"
    assert outcome("N18", ask("永宁路", geometry=SQUARE.area("1254"))) == "not_checked"


def test_n18_and_n19_concern_roads_only() -> None:
    for code in ("N18", "N19"):
        assert outcome(code, ask("永宁苑", "F", geometry=SQUARE.line("12"))) == "not_applicable"


@pytest.mark.parametrize(
    ("neighbour", "line", "division", "expected"),
    [
        ("澄江路", "23", "331002001", ["block"]),
        ("澄江路", "23", "331003002", []),
        ("澄江路", "25", "331002001", []),
        ("永宁路", "23", "331002001", []),
        ("永宁东路", "23", "331002001", []),
        ("澄江路", "89", "331002001", []),
    ],
)
def test_a_road_that_goes_straight_on_in_the_next_district_keeps_its_name(
    neighbour: str, line: str, division: str, expected: list[str]
) -> None:
    register = MemoryRegister([place("r1", neighbour, division=division, geometry=SQUARE.line(line))])
    assert grades("N19", ask("永宁路", geometry=SQUARE.line("12")), register) == expected


def test_the_direction_in_which_a_line_was_drawn_does_not_matter_to_n19() -> None:
    register = MemoryRegister([place("r1", "澄江路", division="331002001", geometry=SQUARE.line("32"))])
    assert grades("N19", ask("永宁路", geometry=SQUARE.line("21")), register) == ["block"]


@pytest.mark.parametrize("name", ["一路", "第二大街", "三巷", "二马路"])
def test_a_bare_ordinal_is_no_name_by_n16(name: str) -> None:
    assert "只是序数" in text("N16", ask(name))


@pytest.mark.parametrize("name", ["永宁路", "五一路", "统一路"])
def test_names_without_ordinal_do_not_concern_n16(name: str) -> None:
    assert outcome("N16", ask(name)) == "not_applicable"


def test_ordinals_ascend_from_east_to_west() -> None:
    second = place("r2", "永宁路二巷", geometry=SQUARE.line("25"))
    register = MemoryRegister([second])
    west, east = SQUARE.line("14"), SQUARE.line("36")
    assert outcome("N16", ask("永宁路三巷", geometry=west), register) == "passed"
    assert outcome("N16", ask("永宁路一巷", geometry=east), register) == "passed"
    assert grades("N16", ask("永宁路三巷", geometry=east), register) == ["warn"]
    assert "自东向西" in text("N16", ask("永宁路一巷", geometry=west), register)


def test_ordinals_ascend_from_south_to_north() -> None:
    register = MemoryRegister([place("r2", "永宁路二巷", geometry=SQUARE.line("456"))])
    north, south = SQUARE.line("123"), SQUARE.line("789")
    assert outcome("N16", ask("永宁路三巷", geometry=north), register) == "passed"
    assert grades("N16", ask("永宁路三巷", geometry=south), register) == ["warn"]


def test_a_first_member_of_a_series_has_nothing_to_be_compared_with() -> None:
    assert outcome("N16", ask("永宁路一巷", geometry=SQUARE.line("14"))) == "not_applicable"


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("永宁东路", "56", "passed"),
        ("永宁东路", "12", "found"),
        ("永宁西路", "12", "passed"),
        ("永宁西路", "56", "found"),
        ("永宁北路", "12", "found"),
    ],
)
def test_a_direction_word_agrees_with_the_ground_by_n17(name: str, line: str, expected: str) -> None:
    register = MemoryRegister([place("r", "永宁路", geometry=ROW.line("34"))])
    assert outcome("N17", ask(name, geometry=ROW.line(line)), register) == expected


def test_north_and_south_are_told_apart() -> None:
    register = MemoryRegister([place("r", "永宁路", geometry=SQUARE.line("456"))])
    assert outcome("N17", ask("永宁北路", geometry=SQUARE.line("123")), register) == "passed"
    assert "偏北" in text("N17", ask("永宁南路", geometry=SQUARE.line("123")), register)


def test_the_middle_road_lies_between_its_ends() -> None:
    register = MemoryRegister(
        [place("w", "永宁西路", geometry=ROW.line("12")), place("e", "永宁东路", geometry=ROW.line("34"))]
    )
    assert outcome("N17", ask("永宁中路", geometry=ROW.line("23")), register) == "passed"
    assert grades("N17", ask("永宁中路", geometry=ROW.line("56")), register) == ["warn"]


def test_a_direction_without_a_parent_road_cannot_be_compared() -> None:
    assert outcome("N17", ask("永宁东路", geometry=ROW.line("12"))) == "not_applicable"
    assert outcome("N17", ask("广东路", geometry=ROW.line("12"))) == "not_applicable"
