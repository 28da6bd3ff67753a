"""A real server over a small sample district, started once a module; clients speak HTTP to it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from geo.store.cluster import Cluster
from tests.serving import Clone, Served, served


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """The served sample district."""
    with served(cluster, clone) as running:
        yield running


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    """A caller that nobody knows."""
    with httpx.Client(base_url=server.url) as opened:
        yield opened
