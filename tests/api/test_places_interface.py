"""Writing the register and following its changes over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from api.security.keys import add_key
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.databases import Clone
from tests.serving import served

PLACE = {"standard_name": "示例新山", "category": "A", "division": "331003000000",
         "geometry": {"type": "Point", "coordinates": [121.28, 28.64]}}  # fmt: skip


@pytest.fixture(scope="module")
def http(cluster: Cluster, clone: Clone) -> Iterator[httpx.Client]:
    with served(cluster, clone) as running, httpx.Client(base_url=running.url, timeout=240) as client:
        yield client


@pytest.fixture(scope="module")
def key(http: httpx.Client) -> dict[str, str]:
    with session() as db:
        return {"x-api-key": add_key(db, "登记系统", ["write"])}


def latest() -> int:
    """The number of the newest change."""
    with session() as db:
        return int(db.execute(text("SELECT register.number_changes()")).scalar_one())


def test_a_place_is_registered_once_for_one_key_and_the_feed_tells_of_it(
    http: httpx.Client, key: dict[str, str]
) -> None:
    since = latest()
    sent = {**key, "idempotency-key": "a-1"}
    first, again = (http.post("/v1/places", json=PLACE, headers=sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["code"] == again.json()["code"]
    found = http.get("/v1/changes", params={"since": since}).json()["changes"]
    assert [(c["op"], c["code"]) for c in found if c["kind"] == "place"] == [("insert", first.json()["code"])]
    assert [c["seq"] for c in found] == list(range(since + 1, since + 1 + len(found)))
    assert found[0]["record"]["standard_name"] == "示例新山"
    assert http.get(first.headers["location"]).status_code == 200


def test_a_correction_names_the_version_it_was_made_on(http: httpx.Client, key: dict[str, str]) -> None:
    made = http.post("/v1/places", json={**PLACE, "standard_name": "示例二山"}, headers=key)
    path = f"/v1/places/{made.json()['code']}"
    changed = http.patch(
        path, json={"meaning": "示例含义"}, headers={**key, "if-match": made.headers["etag"]}
    )
    assert (changed.status_code, changed.json()["meaning"]) == (200, "示例含义")
    assert (
        http.patch(
            path, json={"meaning": "旧"}, headers={**key, "if-match": made.headers["etag"]}
        ).status_code
        == 409
    )
    assert http.patch(path, json={"meaning": "旧"}, headers=key).status_code == 422
    assert (
        http.patch(path, json={"standard_name": "改名"}, headers={**key, "if-match": '"2"'}).status_code
        == 422
    )


@pytest.mark.parametrize("kind", ["places", "roads", "addresses"])
def test_a_record_that_is_read_says_the_version_that_a_change_must_name(
    http: httpx.Client, key: dict[str, str], kind: str
) -> None:
    code = http.get(f"/v1/{kind}", params={"limit": 1}).json()["features"][0]["id"]
    path, change = (
        f"/v1/{kind}/{code}",
        {"retire": True, "applicant": "示例单位"} if kind == "addresses" else {"meaning": "示例含义"},
    )
    read = http.get(path)
    assert "version" not in read.json()["properties"]
    changed = http.patch(path, json=change, headers={**key, "if-match": read.headers["etag"]})
    assert changed.status_code == 200, changed.text
    again = http.patch(path, json=change, headers={**key, "if-match": read.headers["etag"]})
    assert (again.status_code, again.json()["code"]) == (409, "version")
    if kind != "addresses":
        assert http.get(path).headers["etag"] == changed.headers["etag"] != read.headers["etag"]


def test_nobody_without_the_right_writes(http: httpx.Client) -> None:
    assert http.post("/v1/places", json=PLACE).status_code in (401, 403)
    with session() as db:
        reader = {"x-api-key": add_key(db, "只读系统", ["read"])}
    assert http.post("/v1/places", json=PLACE, headers=reader).status_code == 403
