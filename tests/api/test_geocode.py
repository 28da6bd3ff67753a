"""What the address interface answers, held against the published structure of GeocodeJSON 0.1.0."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest

from tests.clients.geocodejson_schema import SCHEMA

#: What the answers promise beyond the published schema.
PROMISED = {"type", "label"}


def valid(body: dict[str, Any]) -> None:
    """By the published schema, and each feature with a kind, a label and at most two coordinates in range."""
    jsonschema.Draft7Validator(SCHEMA).validate(body)
    for feature in body["features"]:
        assert (
            feature["properties"]["geocoding"].keys() >= PROMISED
            and feature["properties"]["geocoding"]["label"]
        )
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180 and -90 <= lat <= 90


@pytest.fixture
def door(client: httpx.Client) -> dict[str, Any]:
    """One registered door with a plain number."""
    rows = client.get("/v1/addresses", params={"limit": 1000}).json()["features"]
    return next(r for r in rows if r["properties"]["road"] and r["properties"]["number"].isdigit())


def ask(client: httpx.Client, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_registered_address_comes_back_with_its_point_and_its_code(
    client: httpx.Client, door: dict[str, Any]
):
    body = ask(client, "/v1/geocode", q=door["properties"]["standard_address"])
    valid(body)
    best = body["features"][0]
    told = best["properties"]["geocoding"]
    assert (told["status"], told["level"]) == ("auto", "door")
    assert told["code"] == door["properties"]["code"]
    assert told["made_up"] is True and "示例数据" in body["geocoding"]["attribution"]
    assert best["geometry"]["coordinates"] == pytest.approx(door["geometry"]["coordinates"], abs=2e-6)
    assert {"confidence", "corrections", "defects", "elements"} <= told.keys()


def test_a_number_that_is_not_registered_is_never_auto(client: httpx.Client, door: dict[str, Any]):
    facts = door["properties"]
    body = ask(client, "/v1/geocode", q=facts["standard_address"].replace(facts["number"] + "号", "98765号"))
    valid(body)
    assert all(f["properties"]["geocoding"]["status"] != "auto" for f in body["features"])


def test_the_datum_moves_the_point_by_the_known_offset(client: httpx.Client, door: dict[str, Any]):
    address = door["properties"]["standard_address"]
    plain = ask(client, "/v1/geocode", q=address)["features"][0]["geometry"]["coordinates"]
    shifted = ask(client, "/v1/geocode", q=address, datum="gcj02")["features"][0]["geometry"]["coordinates"]
    assert 0.001 < abs(plain[0] - shifted[0]) < 0.01


def test_reverse_of_a_door_is_that_door(client: httpx.Client, door: dict[str, Any]):
    lon, lat = door["geometry"]["coordinates"]
    body = ask(client, "/v1/reverse", lon=lon, lat=lat)
    valid(body)
    told = body["features"][0]["properties"]["geocoding"]
    assert told["distance"] < 5
    assert told["county"] == "黄岩区"


def test_reverse_far_from_everything_is_an_empty_collection(client: httpx.Client):
    body = ask(client, "/v1/reverse", lon=0, lat=0)
    valid(body)
    assert body["features"] == []


def test_suggestions_come_for_characters_and_for_initials(client: httpx.Client):
    for typed in ("永宁大", "yndd"):
        body = ask(client, "/v1/suggest", q=typed)
        valid(body)
        assert any("永宁大道" in f["properties"]["geocoding"]["label"] for f in body["features"]), typed


def test_parse_gives_elements_that_lie_where_they_say(client: httpx.Client):
    text = "浙江省台州市黄岩区东城街道永宁大道一百一十八号"
    body = ask(client, "/v1/parse", q=text)
    assert body["text"] == text
    assert all(text[e["start"] : e["end"]] == e["text"] for e in body["elements"])
    assert {"road", "no", "county"} <= {e["type"] for e in body["elements"]}


@pytest.mark.parametrize(
    "text", ["\0", "😀😀", "\u202e118号", "<script>alert(1)</script>", "%' OR 1=1 --", "路" * 500]
)
def test_strange_text_gets_an_honest_answer_and_no_failure(client: httpx.Client, text: str):
    body = ask(client, "/v1/geocode", q=text)
    valid(body)
    assert all(f["properties"]["geocoding"]["status"] != "auto" for f in body["features"])
