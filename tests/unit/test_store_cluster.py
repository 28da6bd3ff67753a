"""The private cluster as a person meets it: made on first use, started by two at once, stopped, started again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from geo.store.cluster import APP, Cluster


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    for above in (folder, *folder.parents):  # pytest's folders are closed to the database's user
        if above.owner() == folder.owner() and above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o011)
    return folder


def test_two_processes_that_start_it_at_once_both_find_it_running(home: Path) -> None:
    cluster = Cluster(home, {"fsync": "off"})
    try:
        with ThreadPoolExecutor(2) as pool:
            states = list(pool.map(lambda _: Cluster(home, {"fsync": "off"}).start(), range(2)))
        assert [s.running for s in states] == [True, True]
        assert states[0].pid == states[1].pid
        assert cluster.socket.stat().st_mode & 0o777 == 0o700
        with psycopg.connect(cluster.url(APP)) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = user").fetchone() == (
                False,
            )
        assert cluster.stop()
        assert not cluster.stop()
        assert cluster.status().made
        assert cluster.start().running
    finally:
        cluster.stop()
