"""A whole file in another datum, another unit or another order than it says is noticed, and told what to pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.crs import convert, suspect
from geo.files import read_table

RNG = np.random.default_rng(7)
LON, LAT = RNG.uniform(120.9, 121.3, 200), RNG.uniform(28.5, 28.8, 200)
DISTRICT = (120.85, 28.45, 121.35, 28.85)


def noisy(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same doors as another survey has them: some 60 m away in any direction."""
    return lon + RNG.normal(0, 60 / 97_000, len(lon)), lat + RNG.normal(0, 60 / 111_000, len(lat))


@pytest.mark.parametrize(("actual", "declared"), [("gcj02", "wgs84"), ("bd09", "cgcs2000"), ("wgs84", "gcj02"),
                                                  ("bd09", "gcj02"), ("gcj02", None)])  # fmt: skip
def test_a_shifted_file_is_refused_with_the_right_datum(actual: str, declared: str | None) -> None:
    findings = suspect(*convert(LON, LAT, "wgs84", actual), declared=declared, reference=noisy(LON, LAT))
    assert [finding.code for finding in findings] == ["datum.shifted"]
    assert findings[0].severity == "block"
    assert f"--datum {'cgcs2000' if actual == 'wgs84' else actual}" in findings[0].remedy


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000", "gcj02", "bd09"])
def test_a_rightly_declared_file_raises_no_doubt(datum: str) -> None:
    assert suspect(*convert(LON, LAT, "wgs84", datum), declared=datum, reference=noisy(LON, LAT)) == []


def test_ten_known_rows_among_many_unknown_suffice() -> None:
    known = np.full(len(LON), np.nan), np.full(len(LAT), np.nan)
    known[0][:10], known[1][:10] = LON[:10], LAT[:10]
    findings = suspect(*convert(LON, LAT, "wgs84", "gcj02"), declared="wgs84", reference=known)
    assert [finding.code for finding in findings] == ["datum.shifted"]


def test_scattered_differences_are_no_shift() -> None:
    rough = LON + RNG.normal(0, 0.02, len(LON)), LAT + RNG.normal(0, 0.02, len(LAT))
    assert suspect(LON, LAT, declared="wgs84", reference=rough) == []


def test_divisions_alone_give_a_weaker_warning() -> None:
    towns = [
        shapely.box(lon - 0.004, lat - 0.004, lon + 0.004, lat + 0.004)
        for lon, lat in zip(LON, LAT, strict=True)
    ]
    findings = suspect(*convert(LON, LAT, "wgs84", "gcj02"), declared="wgs84", region=towns)
    assert [(finding.code, finding.severity) for finding in findings] == [("datum.maybe-shifted", "warn")]


def test_exchanged_axes_are_noticed() -> None:
    assert [finding.code for finding in suspect(LAT, LON, declared="wgs84")] == ["crs.swapped"]


@pytest.mark.parametrize(("code", "told"), [("4528", "4528"), ("4529", "4529"), ("3857", "3857")])
def test_projected_metres_tell_their_code(code: str, told: str) -> None:
    findings = suspect(*convert(LON, LAT, "wgs84", code), declared=None)
    assert findings[0].code == "crs.metres"
    assert f"--datum {told}" in findings[0].remedy


@pytest.mark.parametrize("code", ["4549", "4550", "gk121.5"])
def test_metres_without_prefix_are_placed_by_the_district(code: str) -> None:
    findings = suspect(*convert(LON, LAT, "wgs84", code), declared=None, region=DISTRICT)
    assert f"--datum {code}" in findings[0].remedy


def test_surveyors_order_north_first_is_noticed() -> None:
    east, north = convert(LON, LAT, "wgs84", "4549")
    assert [finding.code for finding in suspect(north, east, declared="4549")] == ["crs.metres-swapped"]


def test_the_wrong_zone_is_noticed() -> None:
    findings = suspect(*convert(LON, LAT, "wgs84", "4549"), declared="4550", region=DISTRICT)
    assert [finding.code for finding in findings] == ["crs.wrong-zone"]


def test_impossible_rows_are_named() -> None:
    lon, lat = LON.copy(), LAT.copy()
    lon[0], lat[1], lon[2], lon[3] = 0, np.nan, np.inf, 700
    found = {finding.code: finding.row for finding in suspect(lon, lat, declared="wgs84")}
    assert found == {"crs.zero": 2, "crs.half": 3, "crs.not-finite": 4, "crs.outside": 5}


def test_a_file_name_that_names_a_datum_is_heard() -> None:
    findings = suspect(LON, LAT, declared=None, hints=["canteens_gcj02.csv"])
    assert [(finding.code, finding.severity) for finding in findings] == [("datum.hinted", "block")]


def test_an_empty_file_raises_no_doubt() -> None:
    assert suspect([], [], declared=None) == []


@pytest.mark.shared
def test_real_doors_in_gcj02_are_recognised_by_their_addresses(shared_data: Path) -> None:
    table = read_table(shared_data / "geocoding" / "reference_addresses.csv")
    lon, lat = table.numbers("lon")[0], table.numbers("lat")[0]
    findings = suspect(*convert(lon, lat, "wgs84", "gcj02"), declared="wgs84", reference=noisy(lon, lat))
    assert [finding.code for finding in findings] == ["datum.shifted"]


@pytest.mark.shared
def test_the_name_of_the_real_canteen_list_is_heard_where_nobody_declared_a_datum(shared_data: Path) -> None:
    path = shared_data / "points" / "canteens_gcj02.csv"
    table = read_table(path)
    lon, lat = table.numbers("lng")[0], table.numbers("lat")[0]
    assert [f.code for f in suspect(lon, lat, declared=None, hints=[path.name])] == ["datum.hinted"]
