"""geopy, unchanged, with nothing but the domain set."""

from __future__ import annotations

from typing import Any

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders import BANFrance, Nominatim, Photon
from geopy.geocoders.base import Geocoder

from tests.clients.conftest import Door
from tests.serving import Served

CLASSES = {"ban": BANFrance, "photon": Photon, "nominatim": Nominatim}


@pytest.fixture(params=CLASSES)
def geocoder(request: pytest.FixtureRequest, server: Served) -> Any:
    name = request.param
    domain = f"{server.url.removeprefix('http://')}/dialects/{name}"
    return CLASSES[name](domain=domain, scheme="http", user_agent="district-test", timeout=240)


def test_an_address_is_found_at_its_point(geocoder: Any, door: Door):
    found = geocoder.geocode(door.address)
    assert (found.longitude, found.latitude) == pytest.approx((door.lon, door.lat), abs=2e-6)
    assert f"{door.road}{door.number}号" in found.address


def test_a_list_is_a_list_and_the_best_is_first(geocoder: Any, door: Door):
    found = geocoder.geocode(f"{door.road}{door.number}号", exactly_one=False, limit=3)
    assert 1 <= len(found) <= 3


def test_a_point_gives_its_address(geocoder: Any, door: Door):
    found = geocoder.reverse((door.lat, door.lon))
    assert f"{door.road}{door.number}号" in found.address
    assert (found.longitude, found.latitude) == pytest.approx((door.lon, door.lat), abs=1e-5)


def test_what_is_nowhere_is_none(geocoder: Geocoder):
    assert geocoder.geocode("zzzz qqqq") is None
    assert geocoder.reverse((0, 0)) is None


def test_nominatim_takes_the_parts_of_an_address(server: Served, door: Door):
    domain = f"{server.url.removeprefix('http://')}/dialects/nominatim"
    geocoder = Nominatim(domain=domain, scheme="http", user_agent="district-test", timeout=240)
    parts = {"street": f"{door.road}{door.number}号", "county": "黄岩区", "city": "台州市", "state": "浙江省"}
    found = geocoder.geocode(parts, addressdetails=True)
    told = found.raw["address"]
    assert (told["road"], told["house_number"], told["city_district"]) == (door.road, door.number, "黄岩区")
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("")


def test_nominatim_gives_the_division_around_a_point_for_a_small_zoom(server: Served, door: Door):
    domain = f"{server.url.removeprefix('http://')}/dialects/nominatim"
    geocoder = Nominatim(domain=domain, scheme="http", user_agent="district-test", timeout=240)
    assert geocoder.reverse((door.lat, door.lon), zoom=10).address == "浙江省台州市黄岩区"


def test_photon_prefers_what_is_near_and_keeps_to_the_box(server: Served, door: Door):
    domain = f"{server.url.removeprefix('http://')}/dialects/photon"
    geocoder = Photon(domain=domain, scheme="http", user_agent="district-test", timeout=240)
    here = (door.lat, door.lon)
    assert geocoder.geocode(door.address, location_bias=here).latitude == pytest.approx(door.lat, abs=1e-5)
    assert geocoder.geocode(door.address, bbox=[(0, 0), (1, 1)]) is None
