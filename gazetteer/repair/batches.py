"""Files of bad addresses as batches (整改批次): taken in, started, looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import Conflict, Finding, NotFound
from geo.store.acts import copy_rows
from geo.store.engine import bulk_act


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that was read.

    Attributes:
        format: ``csv`` or ``xlsx``; the repaired file has the same.
        rows: the cells of each row in the order of ``headers``.
        source_rows: the number of each row as a person counts it in the file.
        refused: place in ``rows`` -> why the row cannot be used; it is kept and not matched.
        address_field: the column taken for the address, empty where none could be told.
    """

    file_name: str
    format: str
    encoding: str
    layer: str
    sha256: str
    headers: list[str]
    rows: list[tuple[str | None, ...]]
    source_rows: list[int]
    refused: dict[int, str]
    address_field: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """One file and how far it is. ``state``: checking, waiting, running, failed, done."""

    id: int
    file_name: str
    format: str
    encoding: str
    layer: str
    headers: list[str]
    address_field: str
    findings: list[dict[str, Any]]
    row_count: int
    rows_done: int
    open_count: int
    index_version: str
    engine_version: str
    actor: str
    actor_shown: str
    problem: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    given_up: bool

    @property
    def state(self) -> str:
        """Where the batch stands between being taken in and being matched."""
        if self.started_at is None:
            return "checking"
        if self.finished_at is not None:
            return "done"
        if self.given_up:
            return "failed"
        return "running" if self.rows_done else "waiting"


_FIND = """
SELECT b.id, b.file_name, b.format, b.encoding, b.layer, b.headers, b.address_field, b.findings, b.row_count,
       b.rows_done, (SELECT count(*) FROM register.repair_row r WHERE r.batch = b.id AND r.state = 'open') AS open_count,
       b.index_version, b.engine_version, b.actor, b.actor_shown, b.problem, b.created_at, b.started_at, b.finished_at,
       coalesce(j.status IN ('failed', 'aborted'), false) AS given_up
FROM register.repair_batch b LEFT JOIN jobs.procrastinate_jobs j ON j.id = b.job_id
"""
_ONE, _ALL = text(_FIND + "WHERE b.id = :id"), text(_FIND + "ORDER BY b.id DESC LIMIT :limit")
_COLUMNS = ("batch", "number", "source_row", "given", "refused")


def take_in(db: Session, given: Intake, *, actor: str, shown: str, request_id: str = "") -> int:
    """Keep a file as a batch, to be started once its column has been confirmed; gives its number."""
    detail = {"file": given.file_name, "sha256": given.sha256, "rows": len(given.rows)}
    with bulk_act(db, actor=actor, action="repair.take-in", request_id=request_id, detail=detail):
        made = db.scalar(
            text("INSERT INTO register.repair_batch (file_name, format, encoding, layer, sha256, headers, address_field, "
                 "findings, row_count, actor, actor_shown) VALUES (:file_name, :format, :encoding, :layer, :sha256, "
                 ":headers, :address_field, CAST(:findings AS jsonb), :row_count, :actor, :shown) RETURNING id"),
            {"file_name": given.file_name, "format": given.format, "encoding": given.encoding, "layer": given.layer,
             "sha256": given.sha256, "headers": given.headers, "address_field": given.address_field,
             "findings": orjson.dumps([asdict(f) for f in given.findings]).decode(), "row_count": len(given.rows),
             "actor": actor, "shown": shown},
        )  # fmt: skip
        rows = (
            (made, at + 1, given.source_rows[at], orjson.dumps(cells).decode(), given.refused.get(at, ""))
            for at, cells in enumerate(given.rows)
        )
        copy_rows(db, "register.repair_row", _COLUMNS, rows)
    return int(made or 0)


def start(db: Session, batch: int, field: str, *, actor: str, request_id: str = "") -> None:
    """Confirm the column with the addresses; what follows is the background work's.

    Raises:
        NotFound: no such batch or column.
        Conflict: the batch has been started already.
    """
    known = find(db, batch)
    if field not in known.headers:
        raise NotFound(f"文件里没有“{field}”这一列。", "请选择列表中的一列。", code="file.no-column")
    with bulk_act(db, actor=actor, action="repair.start", request_id=request_id, detail={"column": field}):
        started = db.execute(
            text("UPDATE register.repair_batch SET address_field = :field, started_at = now() "
                 "WHERE id = :id AND started_at IS NULL RETURNING id"),
            {"id": batch, "field": field},
        ).first()  # fmt: skip
        if started is None:
            raise Conflict("这个文件已经开始匹配。", "刷新页面查看进度。", code="repair.started")
        db.execute(
            text(
                "UPDATE register.repair_row SET original = coalesce(given ->> :place, '') WHERE batch = :id"
            ),
            {"id": batch, "place": known.headers.index(field)},
        )


def find(db: Session, batch: int) -> Batch:
    """A batch.

    Raises:
        NotFound: there is none of this number.
    """
    row = db.execute(_ONE, {"id": batch}).one_or_none()
    if row is None:
        raise NotFound("没有这个整改批次。", "从整改列表里重新打开。", code="repair.no-batch")
    return Batch(*row)


def newest(db: Session, limit: int = 100) -> list[Batch]:
    """The batches, the newest first."""
    return [Batch(*row) for row in db.execute(_ALL, {"limit": limit})]


def sample_cells(db: Session, batch: int, count: int = 5) -> list[list[Any]]:
    """The first rows as they came, for the choice of the column."""
    rows: Sequence[Any] = db.scalars(
        text("SELECT given FROM register.repair_row WHERE batch = :id ORDER BY number LIMIT :count"),
        {"id": batch, "count": count},
    ).all()
    return [list(row) for row in rows]
