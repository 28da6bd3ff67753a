"""The way to the database: one engine a process, one unit of work an act.

    with session() as db:
        act(db, actor="张三", action="place.rename")
        place.name = "…"                       # committed on leaving, rolled back on any error

Not to be given out by a framework's generator dependency: sync handlers then starve each other of threads.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from sqlalchemy import create_engine, event, exc, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.orm import Session

from geo import OFFICE_ZONE
from geo.settings import settings
from geo.store.acts import Act, act, bulk_act, note_read
from geo.store.cluster import private
from geo.store.constraints import may_be_retried, problem_of
from geo.store.sight import narrow
from geo.store.urls import app_url, is_private, owner_url, replica_url

__all__ = ["Act", "act", "bulk_act", "engine", "note_read", "owner_engine", "reading", "session", "transact"]

T = TypeVar("T")
# Jobs live in their own schema, and Procrastinate names its objects without one.
SEARCH_PATH = "public,jobs"
_known: list[Engine] = []


def engine() -> Engine:
    """The process's engine as the program's role. A private cluster that stands still is started first."""
    return _engine(app_url(), settings().pool_size, settings().statement_timeout_s)


def owner_engine() -> Engine:
    """An engine as the owner of the tables, without a limit of time: for migrations and the index of roles."""
    return _engine(owner_url(), 2, 0)


@contextmanager
def reading(*, timeout_s: float | None = None) -> Iterator[Session]:
    """A unit of work that only reads published data: on the replica where there is one, else on the database itself.

    What was written a moment ago may not be seen yet. A replica that is away is passed over.
    """
    replica = _replica()
    if replica is None:
        with session(timeout_s=timeout_s) as db:
            yield db
        return
    with translated(), Session(replica, expire_on_commit=False) as db, db.begin():
        if timeout_s is not None:
            db.execute(text(f"SET LOCAL statement_timeout = {int(timeout_s * 1000)}"))
        narrow(db)
        yield db


def _replica() -> Engine | None:
    """The replica's engine, or None where there is no replica or it does not answer."""
    url = replica_url()
    if url is None:
        return None
    replica = _engine(url, settings().pool_size, settings().statement_timeout_s)
    try:
        with replica.connect():
            return replica
    except exc.SQLAlchemyError:
        return None


@contextmanager
def session(*, timeout_s: float | None = None, serializable: bool = False) -> Iterator[Session]:
    """One unit of work: commits on leaving, rolls back on any error, says refusals of the database as Problems.

    Args:
        timeout_s: the longest a statement may take here, instead of the setting; 0 for no limit.
        serializable: as if alone; use it inside ``transact`` with several attempts.

    Raises:
        Problem: by the constraint's name, see ``geo.store.constraints``; ``Unavailable`` when the database is away.
    """
    with translated(), Session(engine(), expire_on_commit=False) as db, db.begin():
        if serializable:
            db.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        if timeout_s is not None:
            db.execute(text(f"SET LOCAL statement_timeout = {int(timeout_s * 1000)}"))
        narrow(db)
        yield db


def transact(
    work: Callable[[Session], T],
    *,
    attempts: int = 5,
    serializable: bool = False,
    timeout_s: float | None = None,
) -> T:
    """Run ``work`` in a unit of work, again from the start after a deadlock or serialization failure.

    ``work`` must do nothing that cannot be done twice: everything it changes is in the database.
    """
    for attempt in range(1, attempts + 1):
        try:
            with session(timeout_s=timeout_s, serializable=serializable) as db:
                return work(db)
        except Exception as error:
            cause = error.__cause__ or error
            if attempt == attempts or not may_be_retried(cause):
                raise
            # Spread the rivals out, or they meet again.
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311
    raise AssertionError("unreachable")


@contextmanager
def translated() -> Iterator[None]:
    """Say database errors as Problems; mistakes of ours (wrong SQL) pass through as they are."""
    try:
        yield
    except (exc.SQLAlchemyError, psycopg.Error) as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error


@lru_cache(maxsize=8)
def _engine(url: URL, pool_size: int, timeout_s: float) -> Engine:
    if is_private():
        private().start()
    made = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=settings().pool_timeout_s,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args=_connect_args(timeout_s),
        # An error's text goes into the log, and what was asked may be personal data.
        hide_parameters=True,
    )
    _known.append(made)
    return made


def _connect_args(timeout_s: float) -> dict[str, Any]:
    options = f"-c search_path={SEARCH_PATH} -c jit=off -c statement_timeout={int(timeout_s * 1000)}"
    options += f" -c timezone={OFFICE_ZONE}"
    # What the published views round to; they never go below their own least.
    options += f" -c diming.rough_grid_m={settings().rough_grid_m}"
    return {"options": options, "connect_timeout": settings().connect_timeout_s, "application_name": "diming"}


def forget_engines() -> None:
    """Close every pool of this process: after a fork, or when the settings point at another database."""
    for known in _known:
        # What a thread still holds comes back to the pool that is left behind: close it there.
        event.listen(known.pool, "checkin", _close)
        known.dispose()
    _known.clear()
    _engine.cache_clear()


def _close(connection: Any, _: Any) -> None:
    if connection is not None:  # None where it was found broken on the way
        connection.close()
