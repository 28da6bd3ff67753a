"""高德 and 天地图: the fields that their documentation lists, each datum right, empty values as their clients expect."""

from __future__ import annotations

import json
from typing import Any

import httpx
import numpy as np
import pytest

from geo.crs import convert

#: Fields of 高德's documentation (Web 服务 API, 地理/逆地理编码).
GEOCODE = {
    "formatted_address", "country", "province", "citycode", "city", "district", "township", "neighborhood",
    "building", "adcode", "street", "number", "location", "level",
}  # fmt: skip
COMPONENT = {
    "country", "province", "city", "citycode", "district", "adcode", "township", "towncode", "neighborhood",
    "building", "streetNumber", "businessAreas",
}  # fmt: skip
STREET_NUMBER = {"street", "number", "location", "direction", "distance"}
#: Fields of 天地图's documentation (地理编码、逆地理编码).
LOCATION = {"score", "level", "lon", "lat", "keyWord"}
PARTS = {
    "nation", "province", "province_code", "city", "city_code", "county", "county_code", "town", "town_code",
    "address", "address_distance", "address_position", "poi", "poi_distance", "poi_position", "road",
    "road_distance",
}  # fmt: skip
AMAP, TIANDITU = "/dialects/amap/v3/geocode", "/dialects/tianditu/geocoder"


@pytest.fixture
def door(client: httpx.Client) -> dict[str, Any]:
    rows = client.get("/v1/addresses", params={"limit": 200}).json()["features"]
    row = next(r for r in rows if r["properties"]["road"] and r["properties"]["number"].isdigit())
    return {**row["properties"], "point": row["geometry"]["coordinates"]}


def moved(point: list[float], source: str, target: str) -> tuple[float, float]:
    lon, lat = convert(np.array(point[:1]), np.array(point[1:]), source, target)
    return float(lon[0]), float(lat[0])


def numbers_in(body: Any) -> list[Any]:
    """Every number that is not written as text."""
    if isinstance(body, dict):
        return [n for value in body.values() for n in numbers_in(value)]
    if isinstance(body, list):
        return [n for value in body for n in numbers_in(value)]
    return [body] if not isinstance(body, str) else []


def ask(client: httpx.Client, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(path, params={"key": "x", "tk": "x", **params})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_amap_finds_a_door_in_gcj02_with_every_field(client: httpx.Client, door: dict[str, Any]):
    body = ask(client, f"{AMAP}/geo", address=door["standard_address"], city="台州市")
    assert (body["status"], body["info"], body["infocode"], body["count"]) == ("1", "OK", "10000", "1")
    found = body["geocodes"][0]
    assert found.keys() >= GEOCODE
    assert (found["level"], found["adcode"], found["number"]) == ("门牌号", "331003", f"{door['number']}号")
    assert (found["country"], found["district"], found["citycode"]) == ("中国", "黄岩区", [])
    assert found["neighborhood"] == {"name": [], "type": []}
    there = [float(part) for part in found["location"].split(",")]
    assert there == pytest.approx(moved(door["point"], "wgs84", "gcj02"), abs=2e-6)
    assert numbers_in(body) == []


def test_amap_says_the_point_of_a_door_back_to_its_address(client: httpx.Client, door: dict[str, Any]):
    lon, lat = moved(door["point"], "wgs84", "gcj02")
    body = ask(client, f"{AMAP}/regeo", location=f"{lon:.6f},{lat:.6f}", extensions="all")
    told = body["regeocode"]
    assert told["addressComponent"].keys() >= COMPONENT
    assert told["addressComponent"]["streetNumber"].keys() >= STREET_NUMBER
    assert told["addressComponent"]["streetNumber"]["number"] == f"{door['number']}号"
    assert float(told["addressComponent"]["streetNumber"]["distance"]) < 1
    assert told["formatted_address"].endswith(f"{door['number']}号")
    assert told.keys() >= {"pois", "roads", "roadinters", "aois"}
    assert numbers_in(body) == []


def test_amap_keeps_the_order_of_a_batch_and_a_place_for_what_is_not_found(
    client: httpx.Client, door: dict[str, Any]
):
    asked = "|".join([door["standard_address"], "zzzz qqqq", door["standard_address"]])
    body = ask(client, f"{AMAP}/geo", address=asked, batch="true")
    assert body["count"] == "3"
    first, nothing, last = body["geocodes"]
    assert first == last
    assert nothing.keys() >= GEOCODE and nothing["location"] == []
    alone = ask(client, f"{AMAP}/geo", address=asked)
    assert alone["geocodes"] == [first]
    points = ask(client, f"{AMAP}/regeo", location=f"{first['location']}|0,0", batch="true")["regeocodes"]
    assert [bool(p["formatted_address"]) for p in points] == [True, False]
    assert points[1]["formatted_address"] == []


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("geo", {}, "20001"),
        ("geo", {"address": "|".join(["永宁大道1号"] * 11), "batch": "true"}, "20000"),
        ("geo", {"address": "永宁大道1号", "output": "XML"}, "20000"),
        ("geo", {"address": "永宁大道1号", "city": "zzzz"}, "20000"),
        ("regeo", {"location": "121.2"}, "20000"),
        ("regeo", {"location": "28.6,121.2"}, "20000"),
    ],
)
def test_amap_refuses_in_its_own_numbers(client: httpx.Client, path: str, params: dict[str, str], code: str):
    body = ask(client, f"{AMAP}/{path}", **params)
    assert (body["status"], body["infocode"]) == ("0", code)


def test_tianditu_finds_a_door_in_cgcs2000(client: httpx.Client, door: dict[str, Any]):
    body = ask(client, TIANDITU, ds=json.dumps({"keyWord": door["standard_address"]}))
    assert (body["status"], body["msg"]) == ("0", "ok")
    found = body["location"]
    assert found.keys() >= LOCATION
    assert found["level"] == "门址"
    assert (found["lon"], found["lat"]) == pytest.approx(moved(door["point"], "wgs84", "cgcs2000"), abs=2e-7)


def test_tianditu_reads_the_single_quotes_of_its_own_examples(client: httpx.Client, door: dict[str, Any]):
    lon, lat = moved(door["point"], "wgs84", "cgcs2000")
    body = ask(client, TIANDITU, postStr=f"{{'lon':{lon},'lat':{lat},'ver':1}}", type="geocode")
    assert body["status"] == "0"
    told = body["result"]
    assert told["addressComponent"].keys() >= PARTS
    assert told["addressComponent"]["county_code"] == "156331003"
    assert told["addressComponent"]["address_distance"] == 0
    assert told["formatted_address"].endswith(f"{door['number']}号")


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"ds": '{"keyWord":"zzzz qqqq"}'}, "101"),
        ({"postStr": "{'lon':0,'lat':0,'ver':1}", "type": "geocode"}, "101"),
        ({"ds": "["}, "404"),
        ({"ds": "[1]"}, "404"),
        ({"ds": "{}"}, "404"),
        ({"postStr": "{'lon':'a','lat':1}", "type": "geocode"}, "404"),
        ({"postStr": "{'lon':1e999,'lat':1}", "type": "geocode"}, "404"),
        ({}, "404"),
    ],
)
def test_tianditu_says_nothing_found_and_nothing_understood_apart(
    client: httpx.Client, params: dict[str, str], status: str
):
    body = ask(client, TIANDITU, **params)
    assert body["status"] == status and body["msg"]
