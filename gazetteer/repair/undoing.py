"""Take decisions back (撤销): one of them or all of a batch; what stood before stands again, and the undoing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.repair.decisions import Officer
from geo.problems import Conflict, NotFound
from geo.store.engine import bulk_act


@dataclass(frozen=True, slots=True)
class Decision:
    """One act as the list of acts shows it; ``standing`` rows still are as it left them."""

    id: int
    action: str
    kind: str
    row_count: int
    standing: int
    actor_shown: str
    at: datetime
    undone_at: datetime | None
    undone_by: str | None
    engine_version: str
    index_version: str


_RESTORE = text("""
UPDATE register.repair_row r SET outcome = c.before, decision = c.before_decision, version = r.version + 1
FROM register.repair_change c
WHERE c.decision = :decision AND r.batch = c.batch AND r.number = c.number AND r.decision = c.decision
  AND (CAST(:number AS integer) IS NULL OR c.number = :number)
RETURNING r.number
""")
_MARK = text("""
UPDATE register.repair_decision SET undone_at = now(), undone_by = :shown, undone_act = :act
WHERE id = ANY (:decisions) AND undone_at IS NULL
  AND NOT EXISTS (SELECT FROM register.repair_row r WHERE r.decision = repair_decision.id)
""")
_LIST = text("""
SELECT d.id, d.action, d.kind, d.row_count,
       (SELECT count(*) FROM register.repair_row r WHERE r.decision = d.id) AS standing,
       d.actor_shown, d.at, d.undone_at, d.undone_by, d.engine_version, d.index_version
FROM register.repair_decision d WHERE d.batch = :batch ORDER BY d.id DESC LIMIT :limit
""")


def undo(db: Session, batch: int, decision: int, *, officer: Officer, number: int | None = None) -> int:
    """Bring back what stood before a decision; gives how many rows. Rows decided anew since then stay as they are.

    Args:
        number: only this row of it, one of a bulk act for example; None brings back all.

    Raises:
        NotFound: the batch has no such decision.
        Conflict: it has been undone, or every row of it was decided anew since.
    """
    known = db.execute(
        text("SELECT undone_at FROM register.repair_decision WHERE id = :id AND batch = :batch FOR UPDATE"),
        {"id": decision, "batch": batch},
    ).one_or_none()
    if known is None:
        raise NotFound("没有这次处理。", "从处理记录里重新打开。", code="repair.no-decision")
    if known.undone_at is not None:
        raise Conflict("这次处理已经撤销过。", "刷新后查看。", code="version")
    detail = {"batch": batch, "decision": decision, "row": number}
    with bulk_act(
        db, actor=officer.name, action="repair.undo", request_id=officer.request_id, detail=detail
    ) as named:
        restored = db.execute(_RESTORE, {"decision": decision, "number": number}).all()
        if not restored:
            raise Conflict("这次处理的各行后来都已重新处理。", "请撤销后来的处理。", code="repair.later")
        db.execute(_MARK, {"decisions": [decision], "shown": officer.shown, "act": named.id})
    return len(restored)


def undo_all(db: Session, batch: int, *, officer: Officer) -> int:
    """Open every row of a batch again; gives how many were decided."""
    with bulk_act(db, actor=officer.name, action="repair.undo-all", request_id=officer.request_id,
                  detail={"batch": batch}) as named:  # fmt: skip
        decisions = db.scalars(
            text(
                "SELECT id FROM register.repair_decision WHERE batch = :batch AND undone_at IS NULL FOR UPDATE"
            ),
            {"batch": batch},
        ).all()
        opened = db.execute(
            text("UPDATE register.repair_row SET outcome = NULL, decision = NULL, version = version + 1 "
                 "WHERE batch = :batch AND outcome IS NOT NULL RETURNING 1"),
            {"batch": batch},
        ).all()  # fmt: skip
        db.execute(_MARK, {"decisions": list(decisions), "shown": officer.shown, "act": named.id})
    return len(opened)


def decisions(db: Session, batch: int, limit: int = 200) -> list[Decision]:
    """The acts of a batch, the newest first."""
    return [Decision(*row) for row in db.execute(_LIST, {"batch": batch, "limit": limit})]
