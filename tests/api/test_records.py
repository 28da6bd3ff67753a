"""The register to read: pages that join without gap or repeat, filters, days, GeoJSON and CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

NAMES = ["divisions", "places", "roads", "addresses", "facilities"]


def walk(client: httpx.Client, path: str, most: int = 60) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while path and most:
        body = client.get(path).json()
        found += body["features"]
        path, most = body.get("next", ""), most - 1
    return found


@pytest.mark.parametrize("name", NAMES)
def test_pages_join_without_gap_or_repeat(client: httpx.Client, name: str):
    whole = client.get(f"/v1/{name}", params={"limit": 60}).json()["features"]
    joined = walk(client, f"/v1/{name}?limit=20", most=3)
    assert [f["id"] for f in joined] == [f["id"] for f in whole]
    assert len({f["id"] for f in whole}) == len(whole) > 20


@pytest.mark.parametrize("name", NAMES)
def test_one_record_is_found_by_its_code_with_the_same_facts(client: httpx.Client, name: str):
    listed = client.get(f"/v1/{name}", params={"limit": 1}).json()["features"][0]
    assert client.get(f"/v1/{name}/{listed['id']}").json() == listed


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_the_same_rows_and_a_point(client: httpx.Client, name: str):
    params = {"limit": 30, "division": "331003"}
    shown = client.get(f"/v1/{name}", params=params).json()
    answer = client.get(f"/v1/{name}", params=params, headers={"accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [r["code"] for r in rows] == [f["id"] for f in shown["features"]]
    assert all("示例数据" in r["data_note"] for r in rows if r["made_up"] == "True")
    assert ("next" in shown) == ("next" in answer.links)


def test_a_division_means_itself_and_all_below_it(client: httpx.Client):
    towns = walk(client, "/v1/divisions?division=331003000000&level=4")
    assert len(towns) == 19
    assert all(f["id"].startswith("331003") for f in towns)


def test_a_box_holds_only_what_lies_in_it(client: httpx.Client):
    lon, lat = client.get("/v1/addresses?limit=1").json()["features"][0]["geometry"]["coordinates"]
    d = 0.002
    found = walk(client, f"/v1/addresses?bbox={lon - d},{lat - d},{lon + d},{lat + d}")
    assert found
    assert all(abs(f["geometry"]["coordinates"][0] - lon) <= d for f in found)


def test_before_the_register_began_there_is_nothing(client: httpx.Client):
    past = client.get("/v1/addresses", params={"as_of": "1800-01-01"})
    assert past.json()["features"] == [] or all(
        f["properties"]["valid_from"] is None for f in past.json()["features"]
    )


def test_a_form_that_is_not_made_is_refused_with_the_ones_that_are(client: httpx.Client):
    answer = client.get("/v1/roads", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["remedy"]


def test_sample_rows_say_so(client: httpx.Client):
    body = client.get("/v1/addresses?limit=5").json()
    assert "示例数据" in body["note"]
    assert all(f["properties"]["data_note"] == "示例数据" for f in body["features"])
