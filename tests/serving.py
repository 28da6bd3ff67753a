"""The application behind a real socket, over a sample district loaded the way a person loads it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api import surroundings
from api.app import create_app
from api.live import Listener
from api.pages import examples
from api.readiness import fresh_index
from boundary.sample_load import load_sample
from geo.settings import settings
from geo.store.cluster import Cluster
from tests.databases import Clone, keep_as, once

DOORS = 2000
LAST_ANSWERS_S = 30.0
"""For what is still being answered when a server is closed."""
KEPT_OPEN_S = 3600
"""A client that pauses finds its connection open: closing it in the moment of the next request would fail that one."""
SAMPLE = "template_sample"


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str


@contextmanager
def served(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """A copy of the sample district with its index, served on a free port."""
    index = sample_template(cluster, clone)
    with clone(SAMPLE):
        settings().index_path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(index, settings().index_path)
        # The clone's rows name photos by their content.
        shutil.copytree(index.with_name("sample.files"), settings().home / "files", dirs_exist_ok=True)
        with running() as url:
            yield Served(url)


def sample_template(cluster: Cluster, clone: Clone) -> Path:
    """Load the sample once a run, whichever process comes first; gives the path of its index."""
    with once("sample") as run:
        if run:
            with clone() as url:
                reports = load_sample(doors=DOORS, actor="test")
                assert all(report.written for report in reports)
                fresh_index(lambda sentence: None)
                shutil.copy(settings().index_path, run / "sample.index")
                shutil.copytree(settings().home / "files", run / "sample.files")
                keep_as(cluster, url, SAMPLE)
    return Path(os.environ["DIMING_TEST_RUN"]) / "sample.index"


@contextmanager
def running() -> Iterator[str]:
    """The application on a free port of this machine, in a thread of its own."""
    # What the pages keep of the register for minutes would be that of the test before.
    surroundings._kept = (float("-inf"), surroundings.Surroundings())
    examples._kept = (float("-inf"), ())
    before = listeners()
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(), log_config=None, lifespan="on", timeout_keep_alive=KEPT_OPEN_S)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended while starting"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(LAST_ANSWERS_S)
        # A browser that keeps a connection open must not keep the whole run.
        server.force_exit = True
        thread.join()
        listener.close()
        # The server waits for its listener for some seconds only; one that is left would meet the next test's database.
        for left in listeners() - before:
            left.join()


def listeners() -> set[threading.Thread]:
    """Who listens to a database in this process."""
    return {thread for thread in threading.enumerate() if isinstance(thread, Listener)}
