"""Background work as an administrator sees it (后台任务): what waits, what runs, what failed; stop it, try it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import Conflict

STATES: Final = {
    "todo": "等待", "doing": "进行中", "succeeded": "完成", "failed": "失败", "cancelled": "已取消", "aborted": "已中止",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """One job; ``at`` is when its state last changed."""

    id: int
    task: str
    state: str
    attempts: int
    scheduled_at: datetime | None
    at: datetime | None
    stopping: bool


def jobs(db: Session, state: str = "", *, before: int | None = None, limit: int = 50) -> list[Job]:
    """Jobs of a state (``""`` for all), the newest first."""
    rows = db.execute(
        text("SELECT j.id, j.task_name, j.status::text AS status, j.attempts, j.scheduled_at, j.abort_requested, "
             "(SELECT max(e.at) FROM jobs.procrastinate_events e WHERE e.job_id = j.id) AS at "
             "FROM jobs.procrastinate_jobs j WHERE (CAST(:state AS text) = '' OR j.status::text = :state) "
             "AND (CAST(:before AS bigint) IS NULL OR j.id < :before) ORDER BY j.id DESC LIMIT :limit"),
        {"state": state, "before": before, "limit": limit},
    )  # fmt: skip
    return [
        Job(r.id, r.task_name, r.status, r.attempts, r.scheduled_at, r.at, r.abort_requested) for r in rows
    ]


def counts(db: Session) -> dict[str, int]:
    """How many jobs are in each state."""
    rows = db.execute(
        text("SELECT status::text AS state, count(*) AS n FROM jobs.procrastinate_jobs GROUP BY 1")
    )
    return {row.state: row.n for row in rows}


def stop(db: Session, job: int) -> None:
    """Take a waiting job out of the queue, or ask a running one to stop.

    Raises:
        Conflict: it has ended already, or there is none of this number.
    """
    done = db.scalar(text("SELECT jobs.procrastinate_cancel_job_v1(:job, true, false)"), {"job": job})
    if done is None:
        raise Conflict(f"任务 {job} 已经结束，停不了", "刷新页面查看")


def retry(db: Session, job: int) -> None:
    """Put a failed, cancelled or aborted job back into the queue; tasks are made so that doing them twice is harmless.

    Raises:
        Conflict: it waits, runs or succeeded, or there is none of this number.
    """
    again = db.execute(
        text("UPDATE jobs.procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = now(), "
             "abort_requested = false, worker_id = NULL "
             "WHERE id = :job AND status IN ('failed', 'cancelled', 'aborted') RETURNING id"),
        {"job": job},
    )  # fmt: skip
    if again.first() is None:
        raise Conflict(f"任务 {job} 不在失败或停止状态", "刷新页面查看")
