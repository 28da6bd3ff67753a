import pytest

from gazetteer.naming.check import check
from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.profile import load_profile
from tests.grid import Grid
from tests.naming import DAY, answer, ask, grades, outcome, text

LONG = Grid("1 . . . 2", step_m=1000)


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("永宁大道", {"width_m": 40, "length_m": 3000}, "passed"),
        ("永宁大道", {"width_m": 40, "geometry": LONG.line("12")}, "passed"),
        ("永宁大道", {"width_m": 39, "length_m": 3000}, "found"),
        ("永宁大道", {"width_m": 40, "length_m": 2999}, "found"),
        ("永宁大道", {"width_m": 40}, "not_checked"),
        ("永宁大道", {"width_m": 12}, "found"),
        ("永宁路", {"width_m": 12}, "passed"),
        ("永宁路", {"width_m": 8}, "found"),
        ("永宁街", {"commercial": True}, "passed"),
        ("永宁街", {"commercial": False}, "found"),
        ("永宁巷", {"width_m": 4}, "passed"),
        ("永宁巷", {"width_m": 12}, "found"),
        ("永宁弄", {"width_m": 6, "dead_end": True}, "passed"),
        ("永宁弄", {"width_m": 3}, "passed"),
        ("永宁弄", {"width_m": 6, "dead_end": False}, "found"),
    ],
)
def test_the_generic_term_of_a_road_fits_its_size(name: str, more: dict[str, object], expected: str) -> None:
    assert outcome("N14", ask(name, **more)) == expected


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("永宁大厦", {"storeys": 12}, "passed"),
        ("永宁大厦", {"storeys": 6, "floor_area_m2": 6000}, "passed"),
        ("永宁大厦", {"storeys": 6, "floor_area_m2": 5000}, "found"),
        ("永宁大厦", {"storeys": 6}, "not_checked"),
        ("永宁广场", {"land_area_m2": 10000, "floor_area_m2": 0, "open_rate": 0.3}, "passed"),
        ("永宁广场", {"land_area_m2": 10000, "floor_area_m2": 0, "open_rate": 0.2}, "found"),
        ("永宁中心", {"land_area_m2": 9999, "floor_area_m2": 49999}, "found"),
        ("永宁城", {"land_area_m2": 200000}, "passed"),
        ("永宁城", {"land_area_m2": 50000}, "found"),
        ("永宁花园", {"land_area_m2": 12000, "green_rate": 0.36}, "passed"),
        ("永宁花园", {"land_area_m2": 12000, "green_rate": 0.3}, "found"),
        ("永宁山庄", {"on_hill": True, "green_rate": 0.45}, "passed"),
        ("永宁山庄", {"on_hill": False, "green_rate": 0.45}, "found"),
        ("永宁苑", {}, "not_applicable"),
    ],
)
def test_the_generic_term_of_a_building_fits_its_size(
    name: str, more: dict[str, object], expected: str
) -> None:
    assert outcome("N14", ask(name, "F", **more)) == expected


def test_the_finding_says_what_is_asked_what_is_there_and_which_term_would_fit() -> None:
    said = text("N14", ask("永宁大道", width_m=20, length_m=1500))
    assert "宽度不小于40米且长度不小于3000米" in said
    assert "宽度20米、长度1500米" in said
    assert "“路”" in said


def test_local_figures_say_that_they_are_guesses_and_confirmed_ones_do_not() -> None:
    guessed = answer("N14", ask("永宁大道", width_m=20, length_m=1500)).findings[0]
    xian = load_profile("610113", DAY)
    proposal = ask("永宁大道", width_m=70, length_m=9000, jurisdiction="610113")
    sure = answer("N14", proposal, profile=xian).findings[0]
    assert "猜测" in guessed.source
    assert "猜测" not in sure.source


@pytest.mark.parametrize(
    ("name", "width", "length", "expected"),
    [
        ("永宁大道", 80, 8000, "passed"),
        ("永宁大街", 60, 5000, "passed"),
        ("永宁大街", 60, 4000, "found"),
        ("永宁路", 20, 501, "passed"),
        ("永宁路", 20, 500, "found"),
        ("永宁路", 19, 600, "found"),
        ("永宁巷", 19, 100, "passed"),
        ("永宁巷", 20, 100, "found"),
    ],
)
def test_another_citys_figures_are_another_profile(
    name: str, width: float, length: float, expected: str
) -> None:
    xian = load_profile("610100", DAY)
    proposal = ask(name, width_m=width, length_m=length, jurisdiction="610100")
    assert answer("N14", proposal, profile=xian).outcome == expected


def test_a_stated_length_that_the_drawing_does_not_bear_out_is_told() -> None:
    agreed = ask("永宁路", width_m=12, length_m=4100, geometry=LONG.line("12"))
    wrong = ask("永宁路", width_m=12, length_m=2000, geometry=LONG.line("12"))
    assert outcome("N14", agreed) == "passed"
    assert grades("N14", wrong) == ["inform"]
    assert "4000米" in text("N14", wrong)


def test_size_does_not_matter_where_no_figures_are_set() -> None:
    nation = load_profile("110101", DAY)
    results = check(ask("永宁大道", jurisdiction="110101"), MemoryRegister(), nation)
    assert results[13].outcome == "not_applicable"
