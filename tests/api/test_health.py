"""The program says honestly whether it can serve, and counts what it answered."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from api import lookup
from geo.settings import settings
from geo.store.engine import forget_engines
from tests.serving import Served


def test_a_served_register_is_ready(client: httpx.Client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]) == (200, {"database": "ok", "index": "ok"})


def test_without_an_index_it_is_not_ready_and_says_what_to_do(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    nowhere = lookup.Lookup(Path("/nowhere/addresses.index"))
    monkeypatch.setattr(lookup, "_of", lambda path: nowhere)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "索引" in answer.json()["parts"]["index"] and answer.json()["parts"]["database"] == "ok"
    assert client.get("/v1/geocode", params={"q": "永宁大道1号"}).status_code == 503
    assert client.get("/livez").status_code == 200


def test_without_a_database_it_is_not_ready_and_still_answers_addresses(
    client: httpx.Client, server: Served, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings(), "database_url", "postgresql://nobody@127.0.0.1:1/nothing")
    forget_engines()
    try:
        answer = client.get("/readyz")
        assert answer.status_code == 503 and answer.json()["parts"]["database"] != "ok"
        assert client.get("/v1/geocode", params={"q": "永宁大道1号"}).status_code == 200
        assert "永宁大道" in client.get("/", params={"q": "永宁大道1号"}).text
    finally:
        monkeypatch.undo()
        forget_engines()


def test_metrics_count_by_route_and_never_by_what_was_asked(client: httpx.Client):
    client.get("/v1/geocode", params={"q": "永宁大道1号"})
    client.get("/v1/addresses/no-such-code-77")
    client.get("/v1/nowhere-at-all")
    told = client.get("/metrics").text
    assert 'diming_requests_total{method="GET",route="/v1/geocode",status="200"}' in told
    assert 'route="/v1/addresses/{code}",status="404"' in told
    assert "永宁" not in told and "no-such-code-77" not in told and "nowhere-at-all" not in told
