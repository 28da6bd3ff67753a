"""The private cluster's log is archived: what was written after the base copy comes back; a replica follows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from geo.settings import settings
from geo.store.binaries import find
from geo.store.cluster import APP, OWNER, Cluster
from geo.store.engine import forget_engines, reading
from tests.waiting import until


@pytest.fixture
def archived() -> Iterator[Cluster]:
    """A private cluster that copies its log, with a table of one row."""
    with tempfile.TemporaryDirectory(prefix="dm-wal-") as folder:
        Path(folder).chmod(0o755)
        made = Cluster(Path(folder, "home"), {"shared_buffers": "32MB"}, archive=Path(folder, "archive"))
        made.start()
        with made.connect(database="diming") as connection:
            connection.execute("CREATE TABLE written (n int)")
            connection.execute(f"GRANT SELECT ON written TO {APP}")
            connection.execute("INSERT INTO written VALUES (1)")
        yield made
        made.stop()


def base_copy(primary: Cluster, home: Path, *arguments: str) -> Cluster:
    """A copy of the running cluster as the data folder of another one."""
    # A server that follows must take as many senders as the one it follows.
    copy = Cluster(home, {"shared_buffers": "32MB", "wal_level": "replica", "max_wal_senders": "5"})
    for folder in (copy.root, copy.socket):
        primary.user.own(folder)
    done = primary.user.run([
        find().program("pg_basebackup"), "-h", str(primary.socket), "-U", OWNER, "-D", str(copy.data), "-X", "stream",
        "-c", "fast", *arguments,
    ])  # fmt: skip
    assert done.returncode == 0, done.stderr
    return copy


def add_setting(copy: Cluster, line: str) -> None:
    """One more line for a copy that is not started yet."""
    with (copy.data / "postgresql.auto.conf").open("a") as file:
        file.write(line + "\n")


def numbers(cluster: Cluster) -> list[int]:
    with cluster.connect(database="diming") as connection:
        return [int(str(row[0])) for row in connection.execute("SELECT n FROM written ORDER BY n")]


def recovering(cluster: Cluster) -> bool:
    with cluster.connect(database="diming") as connection:
        return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)


def test_what_was_written_after_the_base_copy_comes_back_from_the_archive(archived: Cluster) -> None:
    copy = base_copy(archived, archived.home.parent / "restored")
    with archived.connect(database="diming") as connection:
        connection.execute("INSERT INTO written VALUES (2)")
        connection.execute("SELECT pg_switch_wal()")
    archived.stop()
    assert archived.archive is not None and list(archived.archive.glob("0*"))
    add_setting(copy, f'restore_command = \'cp "{archived.archive}/%f" "%p"\'')
    copy.user.run(["touch", str(copy.data / "recovery.signal")])
    copy.start()
    try:
        # It takes questions as soon as it is consistent, and reads on in the log behind them.
        until(lambda: not recovering(copy))
        assert numbers(copy) == [1, 2]
    finally:
        copy.stop()


def test_a_replica_follows_and_reads_go_to_it_and_back_when_it_is_away(
    archived: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = base_copy(archived, archived.home.parent / "replica", "-R")
    replica._configure()
    # Roles and databases are the primary's; a replica takes no writes.
    replica._control(find(), "start", "-l", str(replica.log))
    try:
        with archived.connect(database="diming") as connection:
            connection.execute("INSERT INTO written VALUES (3)")
        until(lambda: numbers(replica) == [1, 3])
        for name, value in (("DATABASE_URL", archived.url()), ("REPLICA_URL", replica.url())):
            monkeypatch.setenv(f"DIMING_{name}", value)
        settings.cache_clear()
        forget_engines()
        assert asked() == (True, 2)
        with (
            pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
            replica.connect(database="diming") as connection,
        ):
            connection.execute("INSERT INTO written VALUES (4)")
    finally:
        replica.stop()
    assert asked() == (False, 2)
    forget_engines()
    monkeypatch.undo()
    settings.cache_clear()


def asked() -> tuple[bool, int]:
    """Whether a replica answered, and how many rows it sees."""
    with reading() as db:
        row = db.execute(text("SELECT pg_is_in_recovery(), count(*) FROM written")).one()
    return bool(row[0]), int(row[1])
