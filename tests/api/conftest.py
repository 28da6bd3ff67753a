"""A real server over a small sample district, started once a module; clients speak HTTP to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from tests.serving import Served, served


@pytest.fixture(scope="module")
def server(clone: Callable[..., AbstractContextManager[str]]) -> Iterator[Served]:
    """The served sample district."""
    with served(clone) as running:
        yield running


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    """A caller that nobody knows."""
    with httpx.Client(base_url=server.url) as opened:
        yield opened
