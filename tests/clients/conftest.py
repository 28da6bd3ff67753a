"""A served sample district for clients that know nothing of this project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from geo.store.cluster import Cluster
from tests.databases import Clone
from tests.serving import Served, served

expect.set_options(timeout=60_000)


@dataclass(frozen=True)
class Door:
    """One registered door: what a client asks for and what it must get, WGS 84."""

    address: str
    code: str
    road: str
    number: str
    lon: float
    lat: float


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """The served sample district."""
    with served(cluster, clone) as running:
        yield running


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=240) as opened:
        yield opened


@pytest.fixture(scope="module")
def door(server: Served) -> Door:
    """One registered door on a road."""
    rows = httpx.get(f"{server.url}/v1/addresses", params={"limit": 200}, timeout=240).json()["features"]
    row = next(r for r in rows if r["properties"]["road"] and r["properties"]["number"].isdigit())
    facts, (lon, lat) = row["properties"], row["geometry"]["coordinates"]
    asked = {"q": facts["standard_address"]}
    best = httpx.get(f"{server.url}/v1/geocode", params=asked, timeout=240).json()["features"][0][
        "properties"
    ]["geocoding"]
    return Door(best["label"], facts["code"], best["street"], facts["number"], lon, lat)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, "no Chromium on this machine: ./run test installs it"
    with sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"], timeout=240_000
        )
        yield opened
        opened.close()
