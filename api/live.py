"""Keeps this process's address engine at the register's present: one thread that listens to the database.

Every transaction that changes the register notifies at its commit; each worker then lays the changed roads over its
index. When so much has changed that this would cost more than it saves, one worker builds the index anew (of an index of many counties,
only those with a change) and all open the new file.
"""

from __future__ import annotations

import threading
import time

import psycopg
import structlog
from sqlalchemy import text

from api import lookup
from gazetteer.register.changes import CHANNEL
from gazetteer.register.index_counties import newest
from geo.problems import Problem
from geo.settings import settings
from geo.store.engine import session
from geo.store.urls import app_url

log = structlog.get_logger("api.live")

GATHER_S = 0.05
"""Acts that follow each other closely are taken in together."""
WAKE_S = 0.5
"""How long the end of the process waits at most for the thread to notice."""
RETRY_S = (0.5, 1.0, 2.0, 5.0)
BUILD_LOCK = 0x64696D69
"""Advisory lock of the database: one worker of all builds."""


class Listener(threading.Thread):
    """Hears of changes and takes them in; comes back by itself when the database was away."""

    def __init__(self) -> None:
        super().__init__(name="register-changes", daemon=True)
        self._ended = threading.Event()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._ended.set()
        self.join(timeout=10 * WAKE_S)

    def run(self) -> None:
        """Listen until stopped."""
        failures = 0
        while not self._ended.is_set():
            try:
                self._listen()
                failures = 0
            except (psycopg.Error, Problem) as error:
                if failures == 0:
                    log.warning("listening_interrupted", error=type(error).__name__)
                self._ended.wait(RETRY_S[min(failures, len(RETRY_S) - 1)])
                failures += 1

    def _listen(self) -> None:
        address = app_url().set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True, application_name="diming-live") as connection:
            connection.execute(f"LISTEN {CHANNEL}".encode())
            take_in()  # what happened while nobody listened
            while not self._ended.is_set():
                if any(True for _ in connection.notifies(timeout=WAKE_S, stop_after=1)):
                    time.sleep(GATHER_S)
                    for _ in connection.notifies(timeout=0):
                        pass
                    take_in()


def take_in() -> None:
    """Lay the register's changes over the index of this process, or have the index built anew."""
    if not lookup.current().refresh():
        rebuild()


def rebuild() -> bool:
    """Build the index anew, unless another worker is at it; every worker opens it when it is there.

    Returns:
        Whether this process built it.
    """
    with session(timeout_s=0) as lock:
        if not lock.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": BUILD_LOCK}):
            return False
        info = newest(settings().index_path)
    log.info("index_built", doors=info.counts["doors"])
    return True
