"""B2, B5, B6, B7 and B8 at their edges, and the scope of an account."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import shapely
from pyproj import Geod

from boundary.access import prefix_of, scope
from boundary.checks import Tolerances, due_doubt, moved_doubt, nearness, photo_doubt, witness_doubt
from geo.problems import BadInput
from geo.settings import settings
from geo.sketch import Layer, sketch
from tests.grid import Grid

T = Tolerances()
HERE = shapely.Point(121.0, 28.7)
AT = datetime(2026, 5, 12, 1, 30, tzinfo=UTC)


def east(metres: float) -> shapely.Point:
    return shapely.Point(HERE.x + metres / 97_712, HERE.y)


@pytest.mark.parametrize(
    ("off", "accuracy", "epoch", "alarm"),
    [
        (4.9, 0.0, "2000.0", False),
        (5.4, 0.5, "2000.0", False),
        (5.6, 0.5, "2000.0", True),
        (6.3, 0.5, "观测时刻", False),
        (6.5, 0.5, "", True),
        (5.1, None, "2000.0", True),
    ],
)
def test_a_marker_has_moved_beyond_tolerance_accuracy_and_epoch(off, accuracy, epoch, alarm) -> None:
    assert bool(moved_doubt(HERE, east(off), accuracy, epoch, T)) == alarm


def test_the_doubt_says_the_direction_and_that_the_epoch_is_not_known() -> None:
    said = moved_doubt(HERE, east(20), 0.5, "", T)
    assert "登记位置东 20.0 米" in said and "历元" in said


@pytest.mark.parametrize(
    ("last", "stated", "year", "words"),
    [
        (2021, 2026, 2026, ""),
        (2021, 2026, 2027, "超期 1 年"),
        (2021, 2027, 2026, "应为 2026 年"),
        (None, 2026, 2026, ""),
        (None, None, 2026, "没有上次"),
    ],
)
def test_the_next_walk_is_due_five_years_after_the_last(last, stated, year, words) -> None:
    said = due_doubt(last, stated, year, T)
    assert words in said if words else said == ""


def test_construction_across_or_near_the_line_needs_consent() -> None:
    grid = Grid("""
        a b . .
        . . . .
        L . . M
        c d . .
        . . . .
        e f . .
        g h . .
    """)  # fmt: skip
    line = grid.line("LM")
    across, near, far = grid.area("abdc"), grid.area("abfe"), grid.area("efhg")
    assert nearness(across, line).words() == "跨越界线"
    assert nearness(near, line).crosses
    apart = nearness(far, line)
    assert (apart.crosses, round(apart.distance_m)) == (False, 300)
    assert not apart.needs_consent(200) and apart.needs_consent(300.5)


def test_a_repair_names_the_sides_that_were_not_there() -> None:
    sides = {"1": "黄岩区", "2": "临海市", "3": "仙居县"}
    assert witness_doubt("1", {"2", "3"}, sides) == ""
    assert witness_doubt("1", {"1"}, sides) == "修复时没有临海市、仙居县到场见证"


def test_a_photo_from_elsewhere_or_another_day_is_said() -> None:
    assert photo_doubt(HERE, east(90), AT + timedelta(hours=3), AT, T) == ""
    said = photo_doubt(HERE, east(150), AT + timedelta(days=3), AT, T)
    assert "150 米" in said and "3 天" in said
    assert photo_doubt(None, None, None, AT, T) == ""


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("330000000000", "33"),
        ("331000000000", "3310"),
        ("331003000000", "331003"),
        ("331003001000", "331003001"),
        ("331003001002", "331003001002"),
        ("331003", "331003"),
    ],
)
def test_the_digits_of_a_division_that_name_it(code: str, prefix: str) -> None:
    assert prefix_of(code) == prefix


@dataclass
class Somebody:
    roles: frozenset[str]
    division_code: str | None = None


def test_the_bureau_sees_all_a_county_its_own_and_the_public_nothing() -> None:
    assert scope(Somebody(frozenset({"officer"}))) is None
    assert scope(Somebody(frozenset({"inspector"}), "331024000000")) == "331024"
    assert scope(Somebody(frozenset({"officer"}), "331024000000")) == "331024"
    assert scope(Somebody(frozenset({"inspector"}))) == "-"
    assert scope(Somebody(frozenset({"public"}), "331003000000")) == "-"
    assert scope(Somebody(frozenset({"township"}), "331003000000")) == "-"


def test_the_tolerances_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    from boundary.tolerances import tolerances

    monkeypatch.setenv("DIMING_BOUNDARY_TOLERANCES", '{"moved_m": 1, "cycle_years": 3}')
    settings.cache_clear()
    try:
        assert (tolerances().moved_m, tolerances().cycle_years, tolerances().near_m) == (1.0, 3, 200.0)
        monkeypatch.setenv("DIMING_BOUNDARY_TOLERANCES", '{"moved": 1}')
        settings.cache_clear()
        with pytest.raises(BadInput, match="moved"):
            tolerances()
    finally:
        monkeypatch.undo()
        settings.cache_clear()


@pytest.mark.parametrize("azimuth", [0, 45, 90, 200])
def test_a_sketch_shows_a_reference_object_at_its_true_distance(azimuth: int) -> None:
    marker = shapely.Point(121.05, 28.70)
    lon, lat, _ = Geod(ellps="GRS80").fwd(marker.x, marker.y, azimuth, 54.86)
    drawn = sketch([Layer([marker], mark="square"), Layer([shapely.Point(lon, lat)], mark="ring")],
                   width_mm=110, height_mm=80)  # fmt: skip
    square = re.search(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" fill="#1B2430" str', drawn.svg
    )
    ring = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn.svg)
    assert square and ring
    half = float(square[3]) / 2
    mm = math.hypot(float(ring[1]) - float(square[1]) - half, float(ring[2]) - float(square[2]) - half)
    # Drawn to a hundredth of a millimetre, which is a centimetre on the ground at 1:1000.
    assert mm * drawn.scale / 1000 == pytest.approx(54.86, abs=0.02 * drawn.scale / 1000)
