"""One private PostGIS for the whole run, a template database migrated once, a clone of it for each test that asks."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from geo.settings import settings
from geo.store.cluster import APP, OWNER, Cluster
from geo.store.engine import forget_engines, session
from geo.store.migrate import migrate

TEMPLATE = "template_diming"
# What is written here is thrown away: no reason to wait for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
_RUN = "DIMING_TEST_RUN"


def pytest_configure(config: pytest.Config) -> None:
    # The first process makes the folder; xdist's workers inherit its name.
    if not hasattr(config, "workerinput"):
        os.environ[_RUN] = tempfile.mkdtemp(prefix="diming-test-")
        Path(os.environ[_RUN]).chmod(0o711)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and (folder := os.environ.pop(_RUN, None)):
        Cluster(Path(folder), CARELESS).stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def pointed_at(cluster: Cluster, database: str, home: Path) -> Iterator[str]:
    """The settings of this process name one database of the test cluster, and a home folder of its own."""
    names = {
        "DIMING_DATABASE_URL": cluster.url(APP, database),
        "DIMING_OWNER_URL": cluster.url(OWNER, database),
        "DIMING_HOME": str(home),
    }
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    settings.cache_clear()
    try:
        yield names["DIMING_DATABASE_URL"]
    finally:
        forget_engines()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        settings.cache_clear()


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The run's PostgreSQL with the migrated template in it."""
    run = Path(os.environ[_RUN])
    made = Cluster(run, CARELESS)
    with (run / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (run / "template.done").exists():
            made.start()
            with made.connect() as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE}")
            with pointed_at(made, TEMPLATE, run):
                migrate()
            (run / "template.done").touch()
    return made


@pytest.fixture(scope="session")
def clone(cluster: Cluster) -> Callable[..., AbstractContextManager[str]]:
    """``with clone() as url:`` gives a fresh migrated database; for a module that loads much and only reads."""

    @contextmanager
    def cloned(template: str = TEMPLATE) -> Iterator[str]:
        database = f"test_{uuid.uuid4().hex[:12]}"
        home = Path(os.environ[_RUN]) / database
        home.mkdir()
        with cluster.connect() as connection:
            connection.execute(f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            with pointed_at(cluster, database, home) as url:
                yield url
        finally:
            with cluster.connect() as connection:
                connection.execute(f"DROP DATABASE {database} WITH (FORCE)")
            shutil.rmtree(home, ignore_errors=True)

    return cloned


@pytest.fixture
def database_url(clone: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
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
