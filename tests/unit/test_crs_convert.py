"""Conversions agree with published points, with PROJ, and with themselves there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.crs import convert, system
from geo.problems import BadInput

CHINA_LON, CHINA_LAT = st.floats(74.0, 134.0), st.floats(4.0, 53.0)
METRE = 1 / 111_320


def test_a_published_point_of_baidu_is_met() -> None:
    lon, lat = convert(116.404, 39.915, "gcj02", "bd09")
    assert (float(lon), float(lat)) == pytest.approx((116.41036949371029, 39.92133699351022), abs=1e-9)


def test_a_published_point_of_gcj02_is_met() -> None:
    lon, lat = convert(116.404, 39.915, "wgs84", "gcj02")
    assert (float(lon), float(lat)) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
@given(lon=CHINA_LON, lat=CHINA_LAT)
def test_there_and_back_is_the_same_place_within_a_centimetre(datum: str, lon: float, lat: float) -> None:
    east, north = convert(*convert(lon, lat, "wgs84", datum), datum, "wgs84")
    assert float(np.hypot(east - lon, north - lat)) < 0.01 * METRE


@given(lon=CHINA_LON, lat=CHINA_LAT)
def test_neighbours_stay_neighbours(lon: float, lat: float) -> None:
    a = convert(lon, lat, "wgs84", "gcj02")
    b = convert(lon + METRE, lat, "wgs84", "gcj02")
    assert float(np.hypot(b[0] - a[0], b[1] - a[1])) == pytest.approx(METRE, rel=0.1)


@pytest.mark.parametrize("place", [(2.35, 48.85), (-74.0, 40.7), (151.2, -33.9), (60.0, 40.0)])
def test_outside_china_nothing_is_shifted(place: tuple[float, float]) -> None:
    for datum in ("gcj02", "bd09"):
        assert tuple(map(float, convert(*place, "wgs84", datum))) == place
        assert tuple(map(float, convert(*place, datum, "wgs84"))) == place


@pytest.mark.parametrize("code", ["4528", "4549", "4529", "4550"])
def test_gauss_krueger_agrees_with_proj(code: str) -> None:
    proj = Transformer.from_crs("EPSG:4490", f"EPSG:{code}", always_xy=True)
    assert convert(121.2, 28.6, "cgcs2000", code) == pytest.approx(proj.transform(121.2, 28.6), abs=1e-4)


def test_the_prefixed_zone_is_the_other_plus_forty_million() -> None:
    plain, prefixed = convert(121.2, 28.6, "wgs84", "4549"), convert(121.2, 28.6, "wgs84", "4528")
    assert float(prefixed[0] - plain[0]) == pytest.approx(40_000_000)
    assert float(prefixed[1]) == pytest.approx(float(plain[1]))


def test_a_meridian_of_its_own_has_its_false_easting_there() -> None:
    assert float(convert(121.5, 28.6, "wgs84", "gk121.5")[0]) == pytest.approx(500_000, abs=1e-6)


def test_nan_stays_nan_and_infinity_never_comes_out() -> None:
    lon, _ = convert([np.nan, 121.0], [28.0, 28.0], "wgs84", "bd09")
    assert np.isnan(lon[0])
    assert np.isfinite(lon[1])
    assert not np.isinf(convert(1e9, 1e9, "4549", "wgs84")).any()


@pytest.mark.parametrize("name", ["2437", "beijing54", "999999", "", "gk300"])
def test_a_system_that_cannot_be_converted_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(BadInput) as refusal:
        system(name)
    assert refusal.value.remedy
