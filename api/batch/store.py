"""Batches in the database: make, look up, take a chunk, write what was found, remove."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.batch.intake import Intake
from geo.problems import NotFound, TooOften

CHUNK = 500
"""Rows that are done in one transaction: what a killed worker loses at most, and is then done again."""
MOST_OPEN = 20
"""Unfinished batches of one caller, and of all unknown callers together."""
KEEP_DAYS = 7
"""Days a finished batch is kept: addresses may be personal data."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch and how far it is."""

    id: uuid.UUID
    caller: str
    form: str
    headers: list[str]
    address_field: str
    datum: str
    as_of: date | None
    row_count: int
    rows_done: int
    problem: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    given_up: bool
    elapsed_s: float

    @property
    def state(self) -> str:
        """``waiting``, ``running``, ``done`` or ``failed``."""
        if self.finished_at is not None:
            return "done"
        if self.given_up:
            return "failed"
        return "running" if self.started_at is not None else "waiting"

    @property
    def address_place(self) -> int:
        """Where the address stands in a CSV row."""
        return self.headers.index(self.address_field) if self.headers else 0


_FIND = text("""
SELECT b.id, b.caller, b.form, b.headers, b.address_field, b.datum, b.as_of, b.row_count, b.rows_done, b.problem,
       b.created_at, b.started_at, b.finished_at, coalesce(j.status IN ('failed', 'aborted'), false) AS given_up,
       coalesce(extract(epoch FROM coalesce(b.finished_at, clock_timestamp()) - b.started_at), 0)::float8 AS elapsed_s
FROM jobs.batch b LEFT JOIN jobs.procrastinate_jobs j ON j.id = b.job_id
WHERE b.id = :id
""")


def make(db: Session, caller: str, intake: Intake, datum: str, as_of: date | None) -> uuid.UUID:
    """Keep a posted file as a batch, and forget the batches whose time is over.

    Raises:
        TooOften: the caller has too many unfinished ones.
    """
    db.execute(
        text("DELETE FROM jobs.batch WHERE finished_at < now() - make_interval(days => :days)"),
        {"days": KEEP_DAYS},
    )
    waiting = db.scalar(
        text("SELECT count(*) FROM jobs.batch WHERE caller = :caller AND finished_at IS NULL"),
        {"caller": caller},
    )
    if (waiting or 0) >= MOST_OPEN:
        raise TooOften(f"已有 {waiting} 个批量任务没有完成。", "请等它们完成，或删除不需要的任务。")
    made = uuid.uuid4()
    db.execute(
        text("INSERT INTO jobs.batch (id, caller, form, headers, address_field, datum, as_of, row_count) "
             "VALUES (:id, :caller, :form, :headers, :field, :datum, :as_of, :count)"),
        {"id": made, "caller": caller, "form": intake.form, "headers": intake.headers,
         "field": intake.address_field, "datum": datum, "as_of": as_of, "count": len(intake.rows)},
    )  # fmt: skip
    db.execute(
        text("INSERT INTO jobs.batch_chunk (batch, number, given) VALUES (:batch, :number, :given)"),
        [{"batch": made, "number": number, "given": intake.rows[at : at + CHUNK]}
         for number, at in enumerate(range(0, len(intake.rows), CHUNK))],
    )  # fmt: skip
    return made


def find(db: Session, batch: uuid.UUID, caller: str | None) -> Batch:
    """A batch that the caller may see; ``None`` is the program itself.

    Raises:
        NotFound: there is none, or it is another caller's: from outside the two look alike.
    """
    row = db.execute(_FIND, {"id": batch}).one_or_none()
    if row is None or (caller is not None and row.caller not in ("", caller)):
        raise NotFound("没有这个批量任务。", "检查任务编号；完成的任务保留 7 天。", code="no-such-job")
    return Batch(*row)


def take(db: Session, batch: uuid.UUID) -> tuple[int, list[str]] | None:
    """The next chunk to be done, locked until the transaction ends; None when none is free.

    Two workers never hold the same chunk, and a killed worker's lock ends with its connection.
    """
    row = db.execute(
        text("SELECT number, given FROM jobs.batch_chunk WHERE batch = :batch AND found IS NULL "
             "ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED"),
        {"batch": batch},
    ).one_or_none()  # fmt: skip
    return None if row is None else (row.number, list(row.given))


def put(db: Session, batch: uuid.UUID, number: int, found: str, rows: int) -> None:
    """Write what was found for a chunk and count its rows, in the transaction that took it."""
    db.execute(
        text(
            "UPDATE jobs.batch_chunk SET found = CAST(:found AS jsonb) WHERE batch = :batch AND number = :number"
        ),
        {"batch": batch, "number": number, "found": found},
    )
    db.execute(
        text("UPDATE jobs.batch SET rows_done = rows_done + :rows, problem = NULL, "
             "started_at = coalesce(started_at, now()) WHERE id = :batch"),
        {"batch": batch, "rows": rows},
    )  # fmt: skip


def finish(db: Session, batch: uuid.UUID) -> bool:
    """Say that a batch is done, once nothing of it is left; whether nothing is."""
    left = text("SELECT EXISTS (SELECT FROM jobs.batch_chunk WHERE batch = :batch AND found IS NULL)")
    if db.scalar(left, {"batch": batch}):
        return False
    done = text(
        "UPDATE jobs.batch SET finished_at = clock_timestamp() WHERE id = :batch AND finished_at IS NULL"
    )
    db.execute(done, {"batch": batch})
    return True


def note(db: Session, batch: uuid.UUID, *, job: int | None = None, problem: str | None = None) -> None:
    """Keep which job works on a batch, or what held it up."""
    if job is not None:
        db.execute(
            text("UPDATE jobs.batch SET job_id = :job WHERE id = :batch"), {"batch": batch, "job": job}
        )
    if problem is not None:
        db.execute(
            text("UPDATE jobs.batch SET problem = :problem WHERE id = :batch"),
            {"batch": batch, "problem": problem},
        )


def remove(db: Session, batch: uuid.UUID) -> None:
    """Forget a batch, its rows and what was found."""
    db.execute(text("DELETE FROM jobs.batch WHERE id = :batch"), {"batch": batch})


def chunk(db: Session, batch: uuid.UUID, number: int) -> tuple[list[str], list[list[Any]]] | None:
    """A finished chunk: rows as they came, outcomes; None past the end."""
    row = db.execute(
        text("SELECT given, found FROM jobs.batch_chunk WHERE batch = :batch AND number = :number"),
        {"batch": batch, "number": number},
    ).one_or_none()
    return None if row is None else (list(row.given), list(row.found))


def numbers(batch: Batch) -> Iterator[int]:
    """The numbers of a batch's chunks, in order."""
    return iter(range(-(-batch.row_count // CHUNK)))
