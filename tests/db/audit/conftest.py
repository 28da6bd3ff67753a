"""A PostgreSQL of its own: a seal waits for the oldest transaction of the whole server, also for other tests' long ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.store.cluster import Cluster
from tests.databases import RUN, Clone, cloning, migrated


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server that no other process of the run uses."""
    folder = Path(os.environ[RUN]) / f"audit-{os.getpid()}"
    folder.mkdir()
    made = migrated(folder)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def clone(cluster: Cluster) -> Clone:
    """Fresh databases of that server."""
    return cloning(cluster)
