"""Whatever says GeocodeJSON is valid by the published schema."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest

from tests.clients.conftest import Door
from tests.clients.geocodejson_schema import SCHEMA


def valid(client: httpx.Client, path: str, **params: Any) -> dict[str, Any]:
    body: dict[str, Any] = client.get(path, params=params).raise_for_status().json()
    jsonschema.Draft7Validator(SCHEMA).validate(body)
    assert body["geocoding"]["version"] == "0.1.0"
    return body


@pytest.mark.parametrize("path", ["/v1/geocode", "/dialects/nominatim/search"])
def test_searches_are_valid_found_or_not(client: httpx.Client, door: Door, path: str):
    more = {"format": "geocodejson"} if "nominatim" in path else {}
    found = valid(client, path, q=door.address, **more)
    assert found["features"][0]["properties"]["geocoding"]["type"] == "house"
    assert found["geocoding"]["query"] == door.address
    assert valid(client, path, q="黄岩区", **more)["features"]
    assert valid(client, path, q="zzzz qqqq", **more)["features"] == []


@pytest.mark.parametrize("path", ["/v1/reverse", "/dialects/nominatim/reverse"])
def test_reverse_answers_are_valid(client: httpx.Client, door: Door, path: str):
    more = {"format": "geocodejson"} if "nominatim" in path else {}
    body = valid(client, path, lon=door.lon, lat=door.lat, **more)
    assert body["features"][0]["properties"]["geocoding"]["housenumber" if more else "label"]


def test_suggestions_are_valid(client: httpx.Client):
    assert valid(client, "/v1/suggest", q="永宁")["features"]
