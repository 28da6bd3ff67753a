"""Geometry as the field means it: parsed, checked, repaired, measured, seen from a line, told in sixteen directions."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.geometry import (
    area_m2,
    bearing,
    chainage,
    check,
    direction_word,
    distance_m,
    length_m,
    longest_segment,
    parse,
    repair,
)
from geo.problems import BadInput
from tests.grid import Grid

SQUARE = Grid("""
    1 . 2
    . 5 .
    3 . 4
""")
# A road with a bend; a stands on its left, b on its right, c on it, e beyond its end.
ROAD = Grid("""
    . a . . .
    1 c . 2 .
    . b . . .
    . . . 3 .
    . . . e .
""")


@pytest.mark.parametrize("text", [
    "POINT(121.2 28.6)", "SRID=4490;POINT(121.2 28.6)", "point z (121.2 28.6 9)",
    '{"type": "Point", "coordinates": [121.2, 28.6]}', "  POINT (121.2 28.6)\n",
])  # fmt: skip
def test_a_point_is_read_from_whatever_people_paste(text: str) -> None:
    shape = parse(text)
    assert shape.coords[0] == (121.2, 28.6)


@pytest.mark.parametrize("text", [
    "", "121.2, 28.6", "POINT(121.2)", "POINT EMPTY", "POINT(nan 28)", "POINT(inf 28)", "{}", '{"type": "Point"}',
    "LINESTRING(1 2)", "POLYGON((0 0, 1 1))", "\x00", "[121.2, 28.6]", "POINT(1e999 2)",
])  # fmt: skip
def test_what_is_no_geometry_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse(text)
    assert refusal.value.remedy


@given(st.text(max_size=60))
def test_any_text_is_a_geometry_or_refused(text: str) -> None:
    try:
        assert not parse(text).is_empty
    except BadInput as refusal:
        assert refusal.sentence


def test_a_sound_shape_has_no_findings() -> None:
    assert check(SQUARE.area("1243")) == []
    assert check(SQUARE.line("123")) == []


def test_a_ring_that_crosses_itself_is_named_with_its_row_and_mended_to_what_it_encloses() -> None:
    bow = SQUARE.area("1423")
    [finding] = check(bow, row=37)
    assert (finding.code, finding.row) == ("geometry.invalid", 37)
    assert "自相交" in finding.evidence
    assert "第 37 行" in finding.where
    mended = repair(bow)
    assert mended.is_valid
    assert check(mended) == []
    assert area_m2(mended) == pytest.approx(area_m2(SQUARE.area("1243")) / 2, rel=1e-3)


def test_a_sound_shape_is_not_touched_by_the_repair() -> None:
    square = SQUARE.area("1243")
    assert repair(square) is square


def test_what_falls_off_in_a_repair_is_dropped_and_not_kept_as_a_line() -> None:
    spike = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0), (-3, 0), (0, 0)])
    mended = repair(spike)
    assert mended.geom_type in {"Polygon", "MultiPolygon"}
    assert mended.area == pytest.approx(16)


def test_a_line_of_no_length_an_area_of_none_and_too_many_vertices_are_told() -> None:
    flat = shapely.Polygon([(0, 0), (1, 1), (2, 2), (0, 0)])
    assert "geometry.degenerate" in [f.code for f in check(shapely.LineString([(1, 1), (1, 1)]))]
    assert "geometry.degenerate" in [f.code for f in check(flat)]
    assert [f.code for f in check(SQUARE.line("124"), most_vertices=2)] == ["geometry.vertices"]


def test_lengths_areas_and_distances_are_metres_on_the_ground() -> None:
    assert length_m(SQUARE.line("12")) == pytest.approx(200, abs=0.01)
    assert length_m(SQUARE.lines("12", "34")) == pytest.approx(400, abs=0.01)
    assert length_m(SQUARE.area("1243")) == pytest.approx(800, abs=0.1)
    assert area_m2(SQUARE.area("1243")) == pytest.approx(40_000, rel=1e-4)
    assert distance_m(SQUARE.point("1"), SQUARE.point("4")) == pytest.approx(200 * math.sqrt(2), abs=0.05)


def test_a_hole_is_no_area_and_neither_is_a_line_nor_the_way_a_ring_is_drawn() -> None:
    hole = shapely.box(121.2005, 28.5995, 121.2006, 28.5996)
    square = SQUARE.area("1243")
    assert area_m2(square - hole) == pytest.approx(area_m2(square) - area_m2(hole), rel=1e-6)
    assert area_m2(square.reverse()) == pytest.approx(area_m2(square))
    assert area_m2(SQUARE.line("12")) == 0


@pytest.mark.parametrize(("char", "along", "off", "side"), [
    ("c", 100, 0, "on"), ("a", 100, 100, "left"), ("b", 100, 100, "right"), ("e", 500, 100, "on-axis"), ("2", 300, 0, "on"),
])  # fmt: skip
def test_a_point_is_seen_from_a_line_by_chainage_and_side(
    char: str, along: float, off: float, side: str
) -> None:
    seen = chainage(ROAD.line("123"), ROAD.point(char))
    assert seen.along_m == pytest.approx(along, abs=0.05)
    assert seen.off_m == pytest.approx(off, abs=0.05)
    if side != "on-axis":  # straight beyond the end there is no side
        assert seen.side == side


def test_the_other_direction_exchanges_the_sides_and_counts_from_the_other_end() -> None:
    there, back = chainage(ROAD.line("123"), ROAD.point("a")), chainage(ROAD.line("321"), ROAD.point("a"))
    assert (there.side, back.side) == ("left", "right")
    assert there.along_m + back.along_m == pytest.approx(length_m(ROAD.line("123")), abs=0.01)


def test_a_doubled_vertex_does_not_disturb_the_chainage() -> None:
    doubled = shapely.LineString([ROAD.points[c] for c in "11223"])
    assert chainage(doubled, ROAD.point("a")).along_m == pytest.approx(100, abs=0.05)


def test_the_longest_piece_is_chosen_by_metres_and_not_by_degrees() -> None:
    # One hundredth of a degree is 978 m to the east and 1108 m to the north here.
    east = shapely.LineString([(121.2, 28.6), (121.2105, 28.6)])
    north = shapely.LineString([(121.2, 28.6), (121.2, 28.61)])
    assert longest_segment(shapely.MultiLineString([east, north])) == north


@pytest.mark.parametrize(("char", "azimuth"), [("2", 90), ("3", 180)])
def test_bearings_count_clockwise_from_true_north(char: str, azimuth: float) -> None:
    assert bearing(SQUARE.point("1"), SQUARE.point(char)) == pytest.approx(azimuth, abs=0.01)
    assert bearing(SQUARE.point(char), SQUARE.point("1")) == pytest.approx((azimuth + 180) % 360, abs=0.01)


def test_the_same_place_has_no_bearing() -> None:
    with pytest.raises(BadInput, match="重合"):
        bearing(SQUARE.point("1"), SQUARE.point("1"))


SIXTEEN = ["北", "东北偏北", "东北", "东北偏东", "东", "东南偏东", "东南", "东南偏南",
           "南", "西南偏南", "西南", "西南偏西", "西", "西北偏西", "西北", "西北偏北"]  # fmt: skip


@pytest.mark.parametrize("number", range(16))
def test_every_sector_begins_at_its_border_and_ends_before_the_next(number: int) -> None:
    middle = number * 22.5
    assert direction_word(middle) == SIXTEEN[number]
    assert direction_word(middle - 11.25) == SIXTEEN[number]
    assert direction_word(middle + 11.25 - 1e-9) == SIXTEEN[number]
    assert direction_word(middle + 11.25) == SIXTEEN[(number + 1) % 16]


@pytest.mark.parametrize(("azimuth", "word"), [
    (0, "北"), (360, "北"), (348.75, "北"), (348.749, "西北偏北"), (11.249, "北"), (11.25, "东北偏北"), (-90, "西"),
    (719.9, "北"), (-1e-14, "北"),
])  # fmt: skip
def test_north_reaches_over_zero_and_any_turn_is_understood(azimuth: float, word: str) -> None:
    assert direction_word(azimuth) == word


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6))
def test_the_opposite_direction_is_eight_words_away(azimuth: float) -> None:
    there, back = SIXTEEN.index(direction_word(azimuth)), SIXTEEN.index(direction_word(azimuth + 180))
    # Rounding may move an angle on the very border by one sector.
    assert (back - there) % 16 in {7, 8, 9}


@pytest.mark.parametrize("azimuth", [float("nan"), float("inf"), -float("inf")])
def test_no_number_has_no_direction(azimuth: float) -> None:
    with pytest.raises(BadInput):
        direction_word(azimuth)
