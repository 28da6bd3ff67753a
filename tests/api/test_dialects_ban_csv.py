"""BAN's batch files: rows and columns as they came, the results in addok's own columns."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from api.dialects import ban_csv

SEARCH = (
    "latitude longitude result_label result_score result_score_next result_type result_id result_housenumber"
)
REVERSE = (
    "result_latitude result_longitude result_label result_distance result_type result_id result_housenumber"
)


def post(client: httpx.Client, path: str, text: str | bytes, **form: Any) -> httpx.Response:
    return client.post(f"/dialects/ban/{path}", files={"data": ("list.csv", text)}, data=form)


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"))))


@pytest.fixture
def door(client: httpx.Client) -> dict[str, Any]:
    rows = client.get("/v1/addresses", params={"limit": 200}).json()["features"]
    row = next(r for r in rows if r["properties"]["road"] and r["properties"]["number"].isdigit())
    return {**row["properties"], "point": row["geometry"]["coordinates"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_of_addresses_comes_back_with_points(
    client: httpx.Client, door: dict[str, Any], encoding: str
):
    text = f"编号,路,号\n7,{door['standard_address']},\n8,,\n9,zzzz,qqqq\n".encode(encoding)
    answer = post(client, "search/csv/", text, columns=["路", "号"])
    back = rows_of(answer)
    assert "geocoded.csv" in answer.headers["content-disposition"]
    assert [row["编号"] for row in back] == ["7", "8", "9"]
    assert back[0].keys() >= set(SEARCH.split())
    assert (float(back[0]["longitude"]), float(back[0]["latitude"])) == pytest.approx(door["point"], abs=2e-6)
    assert (back[0]["result_id"], back[0]["result_type"]) == (door["code"], "housenumber")
    assert [row["result_status"] for row in back] == ["auto", "none", "none"]


def test_a_list_of_points_comes_back_with_addresses(client: httpx.Client, door: dict[str, Any]):
    lon, lat = door["point"]
    back = rows_of(post(client, "reverse/csv", f"id,lat,lon\n1,{lat},{lon}\n2,,\n3,0,0\n4,999,1\n"))
    assert back[0].keys() >= {"id", "lat", "lon", *REVERSE.split()}
    assert (back[0]["result_id"], back[0]["result_distance"]) == (door["code"], "0")
    assert [row["result_label"] for row in back[1:]] == ["", "", ""]


def test_the_callers_own_columns_are_never_overwritten(client: httpx.Client, door: dict[str, Any]):
    text = f"地址,latitude,result_label\n{door['standard_address']},old,=1+1\n"
    row = rows_of(post(client, "search/csv/", text, columns="地址"))[0]
    # A formula comes back as text, as in every file that leaves the program.
    assert (row["latitude"], row["result_label"]) == ("old", "'=1+1")
    assert row["result_latitude"] and row["result_result_label"]


def test_what_cannot_be_read_is_refused_in_addoks_form(client: httpx.Client, monkeypatch: pytest.MonkeyPatch):
    for answer in (
        client.post("/dialects/ban/search/csv/"),
        post(client, "search/csv/", ""),
        post(client, "search/csv/", "a,b\n1,2\n", columns="c"),
        post(client, "reverse/csv/", "a,b\n1,2\n"),
    ):
        assert answer.status_code == 400 and set(answer.json()) == {"title", "description"}
    monkeypatch.setattr(ban_csv, "MOST_ROWS", 1)
    assert post(client, "search/csv/", "a\n1\n2\n").status_code == 413
