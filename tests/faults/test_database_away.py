"""The database goes away, hangs or is slow: the program says so at once, and is back by itself."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from geo.settings import settings
from geo.store.cluster import Cluster
from geo.store.engine import forget_engines
from tests.databases import PATIENCE, Clone
from tests.faults import kept
from tests.faults.proxy import Proxy
from tests.serving import running
from tests.waiting import until

LONG = bool(os.environ.get("DIMING_SOAK"))
AWAY_S = 30.0
#: What a request waits at most before it says that the database is away, and how soon all is well again. The figures are
#: held by the long form on a quiet machine; the short one only sees that it is said, and that nothing hangs for ever.
TOLD_S = 2.0
BACK_S = 5.0
ASKED = 15
"""How often the short form asks while the database is away."""


@pytest.fixture
def through(
    cluster: Cluster, clone: Clone, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, str]]:
    """The application on a database behind the proxy."""
    folder = tmp_path_factory.mktemp("p")
    proxy = Proxy(folder, cluster.socket / ".s.PGSQL.5432")
    with clone() as url:
        behind = make_url(url).update_query_dict({"host": str(folder)})
        patched = pytest.MonkeyPatch()
        patched.setenv("DIMING_DATABASE_URL", behind.render_as_string(hide_password=False))
        for name in PATIENCE if LONG else ():
            patched.delenv(name, raising=False)
        settings.cache_clear()
        forget_engines()
        try:
            with running() as address:
                yield proxy, address
        finally:
            proxy.back()
            patched.undo()
            settings.cache_clear()
            forget_engines()
            proxy.close()


def wait_until_back(client: httpx.Client) -> float:
    """Seconds until the register answers again."""
    started = time.monotonic()
    until(lambda: client.get("/v1/divisions").status_code == 200)
    return time.monotonic() - started


def test_a_database_that_is_away_is_told_in_two_seconds_and_used_again_without_a_restart(
    through: tuple[Proxy, str], tmp_path: Path
) -> None:
    proxy, address = through
    slowest, asked = 0.0, 0
    with httpx.Client(base_url=address, timeout=240) as client:
        assert client.get("/v1/divisions").status_code == 200
        proxy.away()
        ended = time.monotonic() + AWAY_S
        while time.monotonic() < ended if LONG else asked < ASKED:
            asked += 1
            started = time.monotonic()
            answer = client.get("/v1/divisions")
            slowest = max(slowest, time.monotonic() - started)
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert int(answer.headers["retry-after"]) >= 1
            time.sleep(0.1)
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503
        proxy.back()
        back = wait_until_back(client)
    if LONG:
        assert slowest <= TOLD_S and back <= BACK_S
    kept.keep(
        "database away", {"away_s": AWAY_S, "slowest_503_s": round(slowest, 3), "back_s": round(back, 3)}
    )


def test_a_database_that_takes_connections_and_answers_nothing_blocks_nobody_who_needs_none(
    through: tuple[Proxy, str],
) -> None:
    proxy, address = through
    with httpx.Client(base_url=address, timeout=240) as client:
        assert client.get("/v1/divisions").status_code == 200
        proxy.silent()
        # Silence lasts until this is answered: what waited for the database would never come.
        started = time.monotonic()
        assert client.get("/livez").status_code == 200
        told = time.monotonic() - started
        proxy.back()
        back = wait_until_back(client)
    assert not LONG or (told < TOLD_S and back <= BACK_S)


def test_a_slow_database_makes_answers_late_and_not_wrong(through: tuple[Proxy, str]) -> None:
    proxy, address = through
    with httpx.Client(base_url=address, timeout=240) as client:
        quick = client.get("/v1/divisions").json()
        proxy.slow(0.05)
        assert client.get("/v1/divisions").json() == quick
