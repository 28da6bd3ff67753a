"""Papers of a round are drawn in the background (成套文书): asked for, how far they are, where the zip lies."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.papers import bundle
from geo.problems import Conflict, Problem
from geo.settings import settings
from geo.store.engine import session
from geo.store.jobs import defer, task

NAME: Final = "boundary.bundle"
_ASK = text("""
    INSERT INTO jobs.boundary_bundle (round, papers, asked_by, job_id) VALUES (:round, :papers, :actor, :job)
    ON CONFLICT ON CONSTRAINT pk_boundary_bundle DO UPDATE SET papers = excluded.papers, drawn = 0,
      asked_by = excluded.asked_by, asked_at = now(), finished_at = NULL, problem = '', job_id = excluded.job_id
""")
_ONE = text("""
    SELECT b.papers, b.drawn, b.asked_by, b.asked_at, b.finished_at, b.problem,
           coalesce(j.status IN ('failed', 'aborted', 'cancelled'), false) AS given_up,
           EXISTS (SELECT FROM register.boundary_inspection i WHERE i.round = b.round AND i.updated_at > b.asked_at) AS stale
    FROM jobs.boundary_bundle b LEFT JOIN jobs.procrastinate_jobs j ON j.id = b.job_id WHERE b.round = :round
""")
_DRAWN = text("UPDATE jobs.boundary_bundle SET drawn = :drawn, problem = '' WHERE round = :round")
_DONE = text("UPDATE jobs.boundary_bundle SET finished_at = clock_timestamp() WHERE round = :round")
_PROBLEM = text("UPDATE jobs.boundary_bundle SET problem = :words WHERE round = :round")


@dataclass(frozen=True, slots=True)
class Bundle:
    """How far the papers of a round are; ``stale`` when a record was written after they were asked for."""

    papers: int
    drawn: int
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    problem: str
    given_up: bool
    stale: bool

    @property
    def state(self) -> str:
        """``ready``, ``failed`` or ``running``."""
        if self.finished_at is not None:
            return "ready"
        return "failed" if self.given_up else "running"


def ask(db: Session, code: str, *, actor: str) -> int:
    """Have the papers of a round drawn and give how many; while they are being drawn a second wish changes nothing.

    Inside an act.

    Raises:
        NotFound: no round has this code.
    """
    papers = bundle.papers_of(db, code, on=date.today())
    known = find(db, code)
    if known is not None and known.state == "running":
        return known.papers
    job = defer(db, NAME, once=f"{NAME}:{code}", code=code)
    db.execute(_ASK, {"round": code, "papers": len(papers), "actor": actor, "job": job})
    return len(papers)


def find(db: Session, code: str) -> Bundle | None:
    """How far the papers of a round are; None while nobody asked for them, or when the file is gone."""
    row = db.execute(_ONE, {"round": code}).one_or_none()
    if row is None:
        return None
    found = Bundle(*row)
    return None if found.state == "ready" and not place(code).exists() else found


def read(db: Session, code: str) -> bytes:
    """The zip.

    Raises:
        Conflict: it is not there yet.
    """
    found = find(db, code)
    if found is None or found.state != "ready":
        raise Conflict(
            "成套文书还没有生成", "在本轮联检页面点“生成成套文书”，完成后再下载", code="papers.not-ready"
        )
    return place(code).read_bytes()


def place(code: str) -> Path:
    """Where a round's zip lies; it can always be made anew, so a backup does without it."""
    return settings().home / "papers" / f"{hashlib.sha256(code.encode()).hexdigest()[:32]}.zip"


@task(NAME, attempts=2)
def work(code: str) -> None:
    """Draw all papers of a round and put the zip in its place, whole or not at all."""
    target = place(code)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".part-") as folder:
        made = Path(folder) / "papers.zip"
        try:
            with session() as db:
                papers = bundle.papers_of(db, code, on=date.today())
            bundle.write(papers, made, lambda drawn: _note(code, drawn))
        except Problem as problem:
            with session() as db:
                db.execute(_PROBLEM, {"words": f"{problem.sentence}。{problem.remedy}", "round": code})
            raise
        made.replace(target)
    with session() as db:
        db.execute(_DONE, {"round": code})


def _note(code: str, drawn: int) -> None:
    with session() as db:
        db.execute(_DRAWN, {"drawn": drawn, "round": code})
