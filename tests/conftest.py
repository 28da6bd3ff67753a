"""One private PostGIS for the whole run, a template database migrated once, a clone of it for each test that asks."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.orm import Session

from geo import OFFICE_CLOCK
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.databases import CARELESS, PATIENCE, RUN, Clone, cloning, migrated

# An example that takes long is no wrong one, and a run that fails is a run that fails again: the long form looks further.
hypothesis.settings.register_profile(
    "gate",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=not os.environ.get("DIMING_SOAK"),
)
hypothesis.settings.load_profile("gate")
MIDNIGHT_S = 60.0
"""No test begins so shortly before the office's midnight: what it writes today it reads today."""


def pytest_configure(config: pytest.Config) -> None:
    for name, seconds in PATIENCE.items():
        os.environ.setdefault(name, seconds)
    # The first process makes the folder; xdist's workers inherit its name.
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = tempfile.mkdtemp(prefix="diming-test-")
        Path(os.environ[RUN]).chmod(0o711)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and (folder := os.environ.pop(RUN, None)):
        Cluster(Path(folder), CARELESS).stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    now = datetime.now(OFFICE_CLOCK)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    if (left := (midnight - now).total_seconds()) < MIDNIGHT_S:
        time.sleep(left + 1)


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The run's PostgreSQL with the migrated template in it."""
    return migrated(Path(os.environ[RUN]))


@pytest.fixture(scope="session")
def clone(cluster: Cluster) -> Clone:
    """``with clone() as url:`` gives a fresh migrated database; for a module that loads much and only reads."""
    return cloning(cluster)


@pytest.fixture
def database_url(clone: Clone) -> Iterator[str]:
    """A fresh migrated database that the settings of this process name, dropped after the test."""
    with clone() as url:
        yield url


@pytest.fixture
def db(database_url: str) -> Iterator[Session]:
    """A unit of work in a fresh database, as the program's role."""
    with session() as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The measuring data that does not ship: ``DIMING_SHARED``, or a folder ``shared`` beside the checkout."""
    checkout = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("DIMING_SHARED", checkout.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("the measuring data (DIMING_SHARED) is not on this machine")
    return folder
