"""The application behind a real socket, over a sample district loaded the way a person loads it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import uvicorn

DOORS = 2000


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str


@contextmanager
def served(clone: Callable[..., AbstractContextManager[str]]) -> Iterator[Served]:
    """Load a small sample into a fresh database, build its index, serve it on a free port."""
    with clone():
        load_sample()
        with running() as url:
            yield Served(url)


def load_sample() -> None:
    """The nation's divisions and a small sample district, imported, with the address index."""
    from api.demo import district
    from geo.settings import settings

    district.load_base()
    district.load_sample(settings().home / "sample", DOORS)
    district.build_index()


@contextmanager
def running() -> Iterator[str]:
    """The application on a free port of this machine, in a thread of its own."""
    from api.app import create_app

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(), log_config=None, lifespan="on")
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
        thread.join()
        listener.close()
