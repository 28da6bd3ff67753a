"""Background work (任务): queued in the same transaction as the act that needs it, done by a worker.

    @task("index.rebuild", lock="index")
    def rebuild(county: str) -> None: ...

    with session() as db:
        place.name = "…"
        defer(db, "index.rebuild", county="331003")    # no commit, no job; a commit, the job

Procrastinate's queue and worker do the work; only the insertion goes through our own connection, by its SQL function.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from procrastinate import App, PsycopgConnector, RetryStrategy
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.store.engine import SEARCH_PATH, session
from geo.store.urls import app_url

F = TypeVar("F", bound=Callable[..., None])

_DEFER = text("""
    SELECT (jobs.procrastinate_defer_jobs_v1(ARRAY[
      ROW(:queue, :name, :priority, :lock, :once, CAST(:args AS jsonb), CAST(:at AS timestamptz))
    ]::jobs.procrastinate_job_to_defer_v1[]))[1]
""")
_WAITING = text("SELECT id FROM jobs.procrastinate_jobs WHERE queueing_lock = :once AND status = 'todo'")
# Locked first and then put back: a row that the same statement changes counts as gone when it comes to be locked.
# Where another job of the same word waits already, the dead one comes after it: only one of a word may wait.
_REVIVE = text("""
    WITH dead AS MATERIALIZED (
      SELECT job.id
      FROM jobs.procrastinate_jobs job LEFT JOIN jobs.procrastinate_workers worker ON worker.id = job.worker_id
      WHERE job.status = 'doing' AND (
        worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :silent_s)
      ) AND NOT EXISTS (
        SELECT FROM jobs.procrastinate_jobs other
        WHERE other.queueing_lock = job.queueing_lock
          AND (other.status = 'todo' OR (other.status = 'doing' AND other.id < job.id))
      )
      FOR UPDATE OF job SKIP LOCKED
    )
    SELECT jobs.procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM dead
""")


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of background work."""

    name: str
    work: Callable[..., None]
    queue: str
    lock: str | None
    attempts: int


_tasks: dict[str, Task] = {}


def task(
    name: str, *, queue: str = "default", lock: str | None = None, attempts: int = 5
) -> Callable[[F], F]:
    """Make a function a kind of background work.

    Args:
        name: stable; it stands in the database.
        queue: which queue it waits in.
        lock: jobs of one lock run one after the other, in order.
        attempts: how often it is tried before it counts as failed; the pauses double from 2 seconds.
    """

    def keep(work: F) -> F:
        if name in _tasks:
            raise ValueError(f"two tasks are called {name}")
        _tasks[name] = Task(name, work, queue, lock, attempts)
        return work

    return keep


def defer(
    db: Session, name: str, /, *, once: str | None = None, at: datetime | None = None, **args: Any
) -> int:
    """Queue a job in the session's transaction and give its id.

    Args:
        db: the unit of work of the act that needs the job.
        name: the task.
        once: while a job of this word waits, no second one is queued; the waiting one's id is given.
        at: not before this time.
        args: what the function is called with; JSON values.
    """
    known = _tasks[name]
    if once is not None:
        # Two acts at once may both see nothing waiting; they take turns for the word.
        db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:once, 0))"), {"once": once})
        waiting = db.scalar(_WAITING, {"once": once})
        if waiting is not None:
            return int(waiting)
    queued = db.scalar(_DEFER, {
        "queue": known.queue, "name": name, "priority": 0, "lock": known.lock, "once": once,
        "args": json.dumps(args, ensure_ascii=False), "at": at,
    })  # fmt: skip
    return int(queued)


def worker_app() -> App:
    """Procrastinate's application over the program's database with every task known so far."""
    url = app_url().set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=url, kwargs={"options": f"-c search_path={SEARCH_PATH}"}))
    for known in _tasks.values():
        # Procrastinate counts the tries after the first, and takes 0 for no limit.
        retry = known.attempts > 1 and RetryStrategy(max_attempts=known.attempts - 1, exponential_wait=2)
        app.task(name=known.name, queue=known.queue, lock=known.lock, retry=retry)(known.work)
    return app


def run_worker(*, wait: bool = True) -> None:
    """Do jobs until a signal comes; with ``wait=False`` only those that are due now."""
    worker_app().run_worker(wait=wait, listen_notify=wait, install_signal_handlers=wait, delete_jobs="never")


def revive(silent_s: float = 30) -> int:
    """Put the jobs of dead workers back into the queue, and give how many.

    A worker that was killed leaves its job marked as being done. Workers tell every ten seconds that they live.

    Args:
        silent_s: a worker that told nothing for so long is dead.
    """
    with session(timeout_s=10) as db:
        return len(db.execute(_REVIVE, {"silent_s": silent_s}).all())
