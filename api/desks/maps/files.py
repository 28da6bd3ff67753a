"""Files of maps that take a while (地图文件): asked for, made in the background, how far they are, where they lie."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import Conflict, NotFound, Problem
from geo.settings import settings
from geo.store.engine import session
from geo.store.jobs import defer

NAME: Final = "maps.file"
KEPT_DAYS: Final = 7
"""A file can always be made anew, from newer data."""
EVERY_S: Final = 0.5
Progress = Callable[[int, int], None]
Maker = Callable[[Session, Path, dict[str, Any], Progress], str]
"""Makes the file at a path from a wish, tells how far it is, and gives the name under which it is handed out."""
_ASK: Final = text("""
    INSERT INTO jobs.map_file (kind, title, wish, asked_by) VALUES (:kind, :title, CAST(:wish AS jsonb), :actor)
    RETURNING id
""")
_SAME: Final = text("""
    SELECT f.id FROM jobs.map_file f JOIN jobs.procrastinate_jobs j ON j.id = f.job_id
    WHERE f.asked_by = :actor AND f.kind = :kind AND f.wish = CAST(:wish AS jsonb) AND f.finished_at IS NULL
      AND j.status IN ('todo', 'doing')
""")
_SELECT: Final = """
    SELECT f.id, f.kind, f.title, f.asked_at, f.done, f.total, f.name, f.size_bytes, f.finished_at, f.problem,
           coalesce(j.status IN ('failed', 'aborted', 'cancelled'), false) AS given_up
    FROM jobs.map_file f LEFT JOIN jobs.procrastinate_jobs j ON j.id = f.job_id WHERE f.asked_by = :actor
"""
_LISTED: Final = text(f"{_SELECT} ORDER BY f.asked_at DESC LIMIT 20")
_ONE: Final = text(f"{_SELECT} AND f.id = :id")
_OLD: Final = text(
    "DELETE FROM jobs.map_file WHERE asked_at < now() - make_interval(days => :days) RETURNING id"
)


@dataclass(frozen=True, slots=True)
class MapFile:
    """One file: what it is, how far it is, and why it was not made, if so."""

    id: uuid.UUID
    kind: str
    title: str
    asked_at: datetime
    done: int
    total: int
    name: str
    size_bytes: int | None
    finished_at: datetime | None
    problem: str
    given_up: bool

    @property
    def state(self) -> str:
        """``ready``, ``failed`` or ``running``."""
        if self.finished_at is not None:
            return "ready"
        return "failed" if self.given_up else "running"


def ask(db: Session, kind: str, title: str, wish: str, *, actor: str) -> uuid.UUID:
    """Have a file made and give its id; the same wish of the same person is made once at a time. Inside an act."""
    asked = {"kind": kind, "title": title, "wish": wish, "actor": actor}
    known: uuid.UUID | None = db.scalar(_SAME, asked)
    if known is not None:
        return known
    for old in db.scalars(_OLD, {"days": KEPT_DAYS}):
        place(old).unlink(missing_ok=True)
    made: uuid.UUID = db.execute(_ASK, asked).scalar_one()
    job = defer(db, NAME, key=str(made))
    db.execute(text("UPDATE jobs.map_file SET job_id = :job WHERE id = :id"), {"job": job, "id": made})
    return made


def listed(db: Session, actor: str) -> list[MapFile]:
    """What somebody asked for, the newest first; what was thrown away meanwhile is left out."""
    found = [MapFile(*row) for row in db.execute(_LISTED, {"actor": actor})]
    return [one for one in found if one.state != "ready" or place(one.id).exists()]


def read(db: Session, key: uuid.UUID, actor: str) -> tuple[MapFile, Path]:
    """A finished file of one's own.

    Raises:
        NotFound: no such file, somebody else's, or thrown away meanwhile.
        Conflict: it is not finished.
    """
    row = db.execute(_ONE, {"id": key, "actor": actor}).one_or_none()
    found = None if row is None else MapFile(*row)
    if found is None or (found.state == "ready" and not place(key).exists()):
        raise NotFound("没有这个地图文件", f"文件保留 {KEPT_DAYS} 天；请在地图页重新生成")
    if found.state != "ready":
        raise Conflict("文件还没有生成", "请在地图页看进度，完成后再下载", code="maps.not-ready")
    return found, place(key)


def place(key: uuid.UUID) -> Path:
    """Where a file lies; a backup does without it."""
    return settings().home / "maps" / str(key)


def carry_out(key: uuid.UUID, makers: dict[str, Maker]) -> None:
    """Make one file and put it in its place, whole or not at all."""
    with session() as db:
        row = db.execute(
            text("SELECT kind, wish FROM jobs.map_file WHERE id = :id"), {"id": key}
        ).one_or_none()
    if row is None:
        return  # thrown away while it waited
    target = place(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".part-{key}")
    try:
        with session(timeout_s=0) as db:
            name = makers[row.kind](db, unfinished, row.wish, _telling(key))
        unfinished.replace(target)
    except Problem as problem:
        _note(key, problem=f"{problem.sentence}{problem.remedy}")
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    _note(
        key, name=name, size_bytes=target.stat().st_size, finished_at=datetime.now().astimezone(), problem=""
    )


def _telling(key: uuid.UUID) -> Progress:
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last > EVERY_S:
            last = time.monotonic()
            _note(key, done=done, total=total)

    return tell


def _note(key: uuid.UUID, **values: object) -> None:
    named = ", ".join(f"{name} = :{name}" for name in values)
    with session() as db:
        db.execute(text(f"UPDATE jobs.map_file SET {named} WHERE id = :id"), {**values, "id": key})  # noqa: S608 - our own names
