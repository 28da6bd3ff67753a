import pytest
from shapely.geometry import Point

from gazetteer.naming.memory import MemoryRegister, base_divisions
from gazetteer.naming.model import DivisionArea
from tests.naming import SQUARE, answer, ask, grades, outcome, place, text

WEST = DivisionArea("331003001000", "西城街道", "西城", SQUARE.area("1287"))
EAST = DivisionArea("331003002000", "东城街道", "东城", SQUARE.area("2398"))
REGISTER = MemoryRegister([place("r1", "澄江路", geometry=SQUARE.line("14"))], [WEST, EAST])
CORNER = SQUARE.point("3").buffer(0.0002)


def test_a_place_inside_the_division_that_it_names_passes_n13() -> None:
    assert (
        outcome("N13", ask("东城花园", "F", geometry=SQUARE.area("2365").buffer(-0.0001)), REGISTER)
        == "passed"
    )


def test_a_place_outside_the_division_that_it_names_is_refused_with_the_polygon_as_evidence() -> None:
    found = answer(
        "N13", ask("西城花园", "F", geometry=SQUARE.area("2365").buffer(-0.0001)), REGISTER
    ).findings
    assert [row.severity for row in found] == ["block"]
    assert found[0].geometry == WEST.area


@pytest.mark.parametrize("geometry", [SQUARE.point("6"), SQUARE.line("36"), SQUARE.area("3698")])
def test_points_lines_and_areas_are_all_judged_by_n13(geometry: object) -> None:
    assert grades("N13", ask("西城花园", "F", geometry=geometry), REGISTER) == ["block"]


def test_a_name_with_a_roads_name_must_lie_along_that_road() -> None:
    along = ask("澄江路花园", "F", geometry=SQUARE.point("4"))
    away = ask("澄江路花园", "F", geometry=SQUARE.point("6"))
    assert outcome("N13", along, REGISTER) == "passed"
    assert grades("N13", away, REGISTER) == ["block"]
    assert "400米" in text("N13", away, REGISTER)
    assert "猜测" in answer("N13", away, REGISTER).findings[0].source


def test_a_name_without_division_or_road_passes_n13_even_without_geometry() -> None:
    assert outcome("N13", ask("橘香花园", "F"), REGISTER) == "passed"


def test_without_geometry_a_name_with_a_division_is_not_checked() -> None:
    result = answer("N13", ask("西城花园", "F"), REGISTER)
    assert (result.outcome, "图形" in result.note) == ("not_checked", True)


def test_n13_does_not_concern_villages() -> None:
    assert outcome("N13", ask("西城村", "C", geometry=CORNER), REGISTER) == "not_applicable"


def test_the_own_district_and_city_hold_the_place_without_a_polygon() -> None:
    register = MemoryRegister(divisions=base_divisions("331003"))
    for name in ("黄岩花园", "台州花园"):
        assert outcome("N13", ask(name, "F", geometry=Point(121.25, 28.65)), register) == "passed"


def test_a_township_without_a_polygon_leaves_the_check_open() -> None:
    register = MemoryRegister(divisions=[DivisionArea("331003101000", "宁溪镇", "宁溪")])
    assert outcome("N13", ask("宁溪花园", "F", geometry=CORNER), register) == "not_checked"


def test_a_neighbouring_district_is_refused_and_a_far_city_of_the_same_characters_only_told() -> None:
    register = MemoryRegister(divisions=base_divisions("331003"))
    assert grades("N13", ask("路桥花园", "F", geometry=CORNER), register) == ["block"]
    assert grades("N13", ask("中山路", geometry=SQUARE.line("12")), register) == ["inform"]


def test_one_of_several_divisions_of_a_name_is_enough() -> None:
    twin = DivisionArea("331002009000", "东城街道", "东城", Point(120, 28).buffer(0.01))
    register = MemoryRegister(divisions=[twin, EAST])
    assert outcome("N13", ask("东城花园", "F", geometry=CORNER.intersection(EAST.area)), register) == "passed"


def test_characters_that_only_look_like_a_division_are_told_not_refused() -> None:
    west_of_town = DivisionArea("331003005000", "城西街道", "城西", WEST.area)
    elsewhere = DivisionArea("331081001000", "太平街道", "太平", None)
    register = MemoryRegister(divisions=[west_of_town, elsewhere])
    for name in ("环城西路", "太平路"):
        assert grades("N13", ask(name, geometry=SQUARE.line("36")), register) == ["inform"]
    assert grades("N13", ask("城西路", geometry=SQUARE.line("36")), register) == ["block"]
    assert grades("N13", ask("新城西街道公园", "D", geometry=SQUARE.line("36")), register) == ["block"]
