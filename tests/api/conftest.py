"""A real server over a small sample district, started once a module; clients speak HTTP to it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from geo.store.cluster import Cluster
from tests.databases import Clone
from tests.people import PASSWORD, Come
from tests.serving import Served, served


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """The served sample district."""
    with served(cluster, clone) as running:
        yield running


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    """A caller that nobody knows."""
    with httpx.Client(base_url=server.url, timeout=240) as opened:
        yield opened


@pytest.fixture(scope="module")
def accounts() -> None:
    """Nobody; a module whose people come in makes their accounts here, all with the one ``PASSWORD``."""


@pytest.fixture
def come(server: Served, accounts: None) -> Iterator[Come]:
    """``come("li")`` logs li in and gives a client; ``come("")`` is anybody."""
    opened: list[httpx.Client] = []

    def entered(name: str) -> httpx.Client:
        client = httpx.Client(base_url=server.url, timeout=240)
        opened.append(client)
        if name:
            answer = client.post("/v1/session", json={"account": name, "password": PASSWORD})
            assert answer.status_code < 300, answer.text
        return client

    yield entered
    for client in opened:
        client.close()
