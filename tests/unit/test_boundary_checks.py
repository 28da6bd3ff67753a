"""What the office sees of boundary markers without a walk: reference objects, places on lines, order, words of the form."""

from __future__ import annotations

import numpy as np
import pytest

from boundary.checks import (
    Tolerances,
    metres_off,
    outside_order,
    place_on,
    projected_doubt,
    sight,
    sight_doubt,
)
from boundary.forms import listed, read_azimuth, read_networked, read_type, serials, type_text
from boundary.kinds import KINDS, LINE, MARKER
from geo.crs import convert
from geo.settings import ROOT
from tests.grid import Grid

GIVEN = Tolerances()
FIELD = Grid(
    """
    m . . e
    . . . .
    . d . .
    1 2 3 4
    . . 5 .
    """,
    step_m=20,
)


def test_distance_and_grid_azimuth_follow_from_the_two_positions() -> None:
    seen = sight(FIELD.point("m"), FIELD.point("e"))
    assert seen.distance == pytest.approx(60, abs=0.001)
    # East of the central meridian the grid's north lies east of true north: 1.2° · sin 28.6°.
    assert seen.azimuth == pytest.approx(90 - 1.2 * np.sin(np.radians(28.6)), abs=0.01)


@pytest.mark.parametrize(("turn", "more", "alarm"), [
    (0, 0, ""), (0.9, 0, ""), (1.1, 0, "方位角"), (-1.1, 0, "方位角"), (180, 0, "正好相反"), (0, 0.55, ""), (0, 0.7, "距离"),
    (359.5, -0.7, "距离"),
])  # fmt: skip
def test_b1_alarms_beyond_one_degree_and_one_percent(turn: float, more: float, alarm: str) -> None:
    seen = sight(FIELD.point("m"), FIELD.point("e"))
    doubt = sight_doubt((seen.azimuth + turn) % 360, seen.distance + more, seen, GIVEN)
    assert (alarm in doubt) if alarm else (doubt == "")


def test_b1_takes_its_thresholds_as_given_and_checks_only_what_the_form_states() -> None:
    seen = sight(FIELD.point("m"), FIELD.point("e"))
    assert sight_doubt(seen.azimuth + 1.1, None, seen, Tolerances(azimuth_deg=2)) == ""
    assert sight_doubt(None, None, seen, GIVEN) == ""
    close = sight(FIELD.point("1"), FIELD.point("2"))
    assert (
        sight_doubt(None, close.distance + 0.4, close, GIVEN) == ""
    )  # half a metre, not one percent of 20 m
    assert sight_doubt(None, close.distance + 0.4, close, Tolerances(distance_m=0.1)) != ""


def test_b3_measures_the_way_to_the_line() -> None:
    assert place_on(FIELD.line("14"), FIELD.point("d")).off_m == pytest.approx(20, abs=0.01)


def test_a_line_drawn_in_pieces_runs_through() -> None:
    pieces = FIELD.lines("34", "12", "23")
    along = [place_on(pieces, FIELD.point(c)).along_m for c in "1234"]
    assert along in (sorted(along), sorted(along, reverse=True))
    assert abs(along[0] - along[3]) == pytest.approx(60, abs=0.01)


@pytest.mark.parametrize(("numbers", "along", "broken"), [
    ([1, 2, 3, 4], [0, 10, 20, 30], []),
    ([1, 2, 3, 4], [30, 20, 10, 0], []),
    ([1, 2, 3, 4, 5], [0, 40, 20, 30, 50], [1]),
    ([1, 2, 2, 3], [0, 12, 10, 20], []),
    ([1, 2, 2, 3], [20, 10, 12, 0], []),
    ([5, 1, 2, 3], [0, 10, 20, 30], [0]),
    ([7], [3], []),
    ([], [], []),
])  # fmt: skip
def test_b4_names_the_fewest_markers_that_break_the_order(
    numbers: list[int], along: list[float], broken: list[int]
) -> None:
    assert outside_order(numbers, along) == broken


def test_projected_coordinates_agree_in_each_way_they_are_written() -> None:
    point = FIELD.point("m")
    for grid in ("4549", "4528", "gk121.5"):
        east, north = convert(point.x, point.y, "cgcs2000", grid)
        assert metres_off(point, float(east), float(north)) < 0.001
    east, north = convert(point.x, point.y, "cgcs2000", "4549")
    assert metres_off(point, float(east) + 3, float(north)) == pytest.approx(3, abs=0.001)


@pytest.mark.parametrize("grid", ["4549", "4528", "gk121.5"])
def test_rightly_written_projected_columns_raise_no_doubt(grid: str) -> None:
    lon, lat = np.array([121.1, 121.2]), np.array([28.6, 28.7])
    assert projected_doubt(lon, lat, *convert(lon, lat, "cgcs2000", grid)) == []


def test_exchanged_columns_and_a_foreign_zone_are_noticed() -> None:
    lon, lat = np.array([121.1, 121.2]), np.array([28.6, 28.7])
    east, north = convert(lon, lat, "cgcs2000", "4549")
    assert [f.code for f in projected_doubt(lon, lat, north, east)] == ["crs.metres-swapped"]
    assert [f.code for f in projected_doubt(lon, lat, east + 41e6, north)] == ["crs.wrong-zone"]


@pytest.mark.parametrize(("cell", "value"), [
    ("123.5", 123.5), ("123°30′", 123.5), ("123°30'36\"", 123.51), ("0", 0), ("360", 0), ("", None), ("１２３．５", 123.5),
    ("123 ° 30 ′ 36 ″", 123.51), ("12度30分0秒", 12.5),
])  # fmt: skip
def test_an_azimuth_is_read_in_degrees_or_in_degrees_minutes_seconds(cell: str, value: float | None) -> None:
    assert read_azimuth(cell) == (pytest.approx(value) if value is not None else None)


@pytest.mark.parametrize("cell", ["361", "-1", "北", "12°75′", "nan", "inf", "1e400"])
def test_what_is_no_azimuth_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="方位角"):
        read_azimuth(cell)


@pytest.mark.parametrize(("cell", "type_"), [
    ("单立双面型", ("single", 2)), ("单立三面型", ("single", 3)), ("同号双立", ("double", None)), ("三立", ("triple", None)),
    ("", ("single", None)), ("双立双面型", ("double", 2)),
])  # fmt: skip
def test_the_types_of_the_form_are_read_and_written_back(cell: str, type_: tuple[str, int | None]) -> None:
    assert read_type(cell) == type_
    assert read_type(type_text(*type_)) == type_


def test_other_words_of_the_form() -> None:
    assert [read_networked(cell) for cell in ("物联网界桩", "非物联网界桩", "")] == [True, False, False]
    assert listed("黄临线、仙临线, 黄仙线") == ["黄临线", "仙临线", "黄仙线"]
    assert serials("", "03820070Q", 1) == [70]
    assert serials("3、", "", 2) == [3, None]
    assert serials("", "", 2) == [None, None]
    assert serials("3", "", 0) == []
    for bad in ("三", "1、2、3", "1.5"):
        with pytest.raises(ValueError, match="序号"):
            serials(bad, "", 2)


def test_the_documentation_lists_every_field_and_heading() -> None:
    page = (ROOT / "docs" / "boundary.md").read_text(encoding="utf-8")
    for kind in (LINE, MARKER):
        section = page.split(f"## {kind.name} ")[1].split("\n## ")[0]
        for field in kind.fields:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{field.name}`"))
            assert field.title in row
            assert all(header in row for header in field.headers), field.name


def test_a_fields_name_fits_a_shapefile_and_no_kind_has_two_of_one_heading() -> None:
    for kind in KINDS.values():
        assert all(field.name.isascii() and len(field.name) <= 10 for field in kind.fields)
        assert len({field.title for field in kind.fields}) == len(kind.fields)
