"""The background work of the repair desk: rows matched chunk after chunk, each in a transaction of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from api import lookup
from api.batch.slices import look_again_at, work_a_slice
from gazetteer.repair import answering
from geo.problems import Problem
from geo.store.engine import session
from geo.store.jobs import defer, task

NAME = "repair.match"


@task(NAME)
def work(batch: int) -> None:
    """Match rows until none is left or the time is over; then wait in line again behind other jobs."""
    # What was taught a moment ago is in force for this matching also where the news of it is still on its way.
    lookup.current().refresh()
    try:
        if work_a_slice(lambda: _do_chunk(batch)):
            return
    except Problem as problem:
        with session() as db:
            _note(db, batch, f"{problem.sentence}{problem.remedy}")
        raise
    with session() as db:
        queue(db, batch)


def _do_chunk(batch: int) -> bool:
    with session(timeout_s=0) as db:
        if answering.do_chunk(db, batch, lookup.engine()):
            return True
        if answering.is_open(db, batch):
            queue(db, batch, at=look_again_at())
        return False


def queue(db: Session, batch: int, *, at: datetime | None = None) -> None:
    """Put the matching of a batch into the queue, in the transaction of the act that wants it; ``at``: not before."""
    job = defer(db, NAME, at=at, batch=batch)
    db.execute(
        text("UPDATE register.repair_batch SET job_id = :job WHERE id = :batch"), {"job": job, "batch": batch}
    )


def _note(db: Session, batch: int, words: str) -> None:
    db.execute(
        text("UPDATE register.repair_batch SET problem = :words WHERE id = :batch"),
        {"words": words, "batch": batch},
    )
