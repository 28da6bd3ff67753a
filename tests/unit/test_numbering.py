"""Numbering by the rules of the place, on streets drawn as text."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from gazetteer.numbering.estate import flats, read_pattern, tree
from gazetteer.numbering.model import Plan
from gazetteer.numbering.roadline import road_line
from gazetteer.numbering.rules import rules_of
from gazetteer.numbering.street import entrances_of, number_street
from gazetteer.numbering.text import written
from gazetteer.numbering.village import number_village
from geo.problems import BadInput
from tests.grid import Grid

EAST_WEST = Grid(
    """
    . a . b . c .
    W . . . . . E
    . d . e . f .
    """,
    step_m=10,
)
NORTH_SOUTH = Grid(
    """
    . N .
    a . b
    . . .
    c . d
    . S .
    """,
    step_m=10,
)


def numbers(grid: Grid, pieces: tuple[str, ...], doors: str, place: str = "331003") -> dict[str, str]:
    rules = rules_of(place)
    line = road_line([grid.line(piece) for piece in pieces], rules)
    lon = np.array([grid.point(c).x for c in doors])
    lat = np.array([grid.point(c).y for c in doors])
    plan: Plan = number_street(line, rules, lon, lat)
    return {doors[d.entrance]: str(d.number) for d in plan.doors}


def test_an_east_west_road_begins_in_the_east_with_odd_numbers_in_the_south() -> None:
    assert numbers(EAST_WEST, ("WE",), "abcdef") == {
        "c": "2",
        "b": "4",
        "a": "6",
        "f": "1",
        "e": "3",
        "d": "5",
    }


def test_a_north_south_road_begins_in_the_south_with_odd_numbers_in_the_west() -> None:
    assert numbers(NORTH_SOUTH, ("NS",), "abcd") == {"c": "1", "a": "3", "d": "2", "b": "4"}


def test_in_beijing_a_north_south_road_begins_in_the_north_and_an_east_west_one_has_odd_numbers_in_the_north() -> (
    None
):
    assert numbers(NORTH_SOUTH, ("NS",), "abcd", "110101") == {"a": "1", "c": "3", "b": "2", "d": "4"}
    assert numbers(EAST_WEST, ("WE",), "cf", "110101") == {"c": "1", "f": "2"}


def test_pieces_in_any_order_and_direction_are_one_road() -> None:
    grid = Grid("1 . 2 . 3 . 4", step_m=50)
    line = road_line([grid.line("43"), grid.line("12"), grid.line("32")], rules_of("331003"))
    assert line.length_m == pytest.approx(300, abs=0.1) and line.gap_m == 0
    apart = road_line([grid.line("12"), grid.line("34")], rules_of("331003"))
    assert apart.gap_m == pytest.approx(100, abs=0.1)


def test_a_wide_gap_keeps_numbers_back() -> None:
    grid = Grid("a . . . . . . . b c\nW . . . . . . . . E", step_m=10)
    rules = rules_of("331003")
    points = [grid.point(c) for c in "abc"]
    plan = number_street(
        road_line([grid.line("WE")], rules),
        rules,
        np.array([p.x for p in points]),
        np.array([p.y for p in points]),
    )
    assert [d.number for d in plan.doors] == [12, 4, 2]
    assert [k.numbers for k in plan.kept] == [(6, 8, 10)]


def test_a_footprint_gets_its_entrance_where_it_is_nearest_to_the_road() -> None:
    grid = Grid("1 2 .\n3 4 .\n. . .\nW . E", step_m=10)
    line = road_line([grid.line("WE")], rules_of("331003"))
    [[_, lat]] = entrances_of(line, [grid.area("1243")])
    assert lat == pytest.approx(grid.point("3").y, abs=1e-6)


def test_a_village_is_one_sequence_from_the_south_east() -> None:
    grid = Grid("a . b\n. . .\nc . d", step_m=10)
    points = [grid.point(c) for c in "abcd"]
    plan = number_village(
        rules_of("331003"), np.array([p.x for p in points]), np.array([p.y for p in points]), [2]
    )
    assert {"abcd"[d.entrance]: d.number for d in plan.doors} == {"d": 1, "c": 3, "a": 4, "b": 5}


def test_an_estate_is_made_from_a_pattern() -> None:
    rules = rules_of("331003")
    pattern = read_pattern("1-12幢 × 2单元 × 18层 × 2户")
    assert pattern.count == 12 * 2 * 18 * 2
    rows = list(flats(pattern, rules))
    assert (rows[0].bld, rows[0].unit, rows[0].room) == ("1", "1", "101") and rows[-1].room == "1802"
    assert len(tree(pattern, rules)) == 12
    for wrong in ("", "12单元", "3-1幢", "1幢×2户", "1-999幢×9单元×99层", "甲幢"):
        with pytest.raises(BadInput):
            read_pattern(wrong)


def test_sub_numbers_are_written_in_the_form_of_the_place() -> None:
    assert (written(12), written(12, 1), written(12, 13, "zhi")) == ("12号", "12号-1", "12号之十三")


def test_rules_are_inherited_and_say_how_sure_they_are() -> None:
    ningbo, early = rules_of("330213"), rules_of("330213", date(2022, 6, 1))
    assert ningbo["working_days"] == 10 and ningbo.registration["working_days"].certainty == "S"
    assert early.version.startswith("330200@2020-12-01#")
    assert rules_of("331003").registration["working_days"].certainty == "G"
    assert "猜测" in rules_of("331003").basis("metres_per_number")
