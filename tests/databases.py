"""Databases of a run (测试库): a template is made and filled by who comes first, every test that asks gets a clone of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from geo.settings import settings
from geo.store.cluster import APP, OWNER, Cluster
from geo.store.engine import forget_engines
from geo.store.migrate import migrate

Clone = Callable[..., AbstractContextManager[str]]
RUN = "DIMING_TEST_RUN"
TEMPLATE = "template_diming"
# What is written here is thrown away: no reason to wait for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}

# How long the program waits for its database is for offices; what is tested here is what it does, also on a machine that
# stands still for a quarter of a minute. Where the waiting itself is tested, the test sets it.
PATIENCE = {
    "DIMING_CONNECT_TIMEOUT_S": "120",
    "DIMING_POOL_TIMEOUT_S": "120",
    "DIMING_STATEMENT_TIMEOUT_S": "240",
}


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


@contextmanager
def once(name: str) -> Iterator[Path | None]:
    """The folder of the run for who comes first, and None for all who come after; they wait until it is made."""
    run = Path(os.environ[RUN])
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (run / f"{name}.done").exists():
            yield None
            return
        yield run
        (run / f"{name}.done").touch()


def keep_as(cluster: Cluster, url: str, template: str) -> None:
    """Keep a filled database under a name that ``clone(name)`` takes; statistics and all."""
    forget_engines()
    database = make_url(url).database
    with cluster.connect(database=str(database)) as connection:
        connection.execute("ANALYZE")
    copied(cluster, str(database), template)


def copied(cluster: Cluster, database: str, name: str) -> None:
    """A copy of a database under a name."""
    alone(cluster, f"CREATE DATABASE {name} TEMPLATE {database} STRATEGY FILE_COPY")


def alone(cluster: Cluster, statement: str) -> None:
    """What needs a database that nobody is connected to; a server process may take its time to end."""
    while True:
        try:
            with cluster.connect() as connection:
                connection.execute(statement)
        except psycopg.errors.ObjectInUse:
            continue
        return


def filled(
    cluster: Cluster, clone: Clone, template: str, fill: Callable[[], None], base: str = TEMPLATE
) -> str:
    """The name of a template that ``fill`` filled on top of ``base``, whichever process came first."""
    with once(template) as first:
        if first:
            with clone(base) as url:
                fill()
                keep_as(cluster, url, template)
    return template


def migrated(folder: Path) -> Cluster:
    """A PostgreSQL in a folder, with the migrated template in it; made by whichever process comes first."""
    made = Cluster(folder, CARELESS)
    with once(f"{folder.name}.{TEMPLATE}") as first:
        if first:
            made.start()
            with made.connect() as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE}")
            with pointed_at(made, TEMPLATE, folder):
                migrate()
    return made


def cloning(cluster: Cluster) -> Clone:
    """What makes the databases of a server for the tests, and drops them."""

    @contextmanager
    def cloned(template: str = TEMPLATE) -> Iterator[str]:
        database = f"test_{uuid.uuid4().hex[:12]}"
        home = Path(os.environ[RUN]) / database
        home.mkdir()
        copied(cluster, template, database)
        try:
            with pointed_at(cluster, database, home) as url:
                yield url
        finally:
            alone(cluster, f"DROP DATABASE {database} WITH (FORCE)")
            shutil.rmtree(home, ignore_errors=True)

    return cloned
