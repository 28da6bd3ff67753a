"""Match anew (重新匹配): rows nobody has decided are asked again, of a register that has learnt since."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.repair.decisions import Officer
from geo.problems import Conflict
from geo.store.engine import bulk_act

# A row's version goes up with it: whoever still looks at the former answer cannot decide by it.
_OPEN = text("""
UPDATE register.repair_row SET status = NULL, version = version + 1
WHERE batch = :batch AND state = 'open' AND status IS NOT NULL RETURNING 1
""")
_BACK = text("""
UPDATE register.repair_batch SET rows_done = rows_done - :count, finished_at = NULL, problem = ''
WHERE id = :batch AND finished_at IS NOT NULL RETURNING id
""")


def match_again(db: Session, batch: int, *, officer: Officer) -> int:
    """Give the rows without a decision back to the engine; what officers decided stays. Gives how many.

    The caller queues the matching in the same transaction.

    Raises:
        Conflict: the batch is not matched to its end yet, or every row is decided.
    """
    detail = {"batch": batch}
    with bulk_act(
        db, actor=officer.name, action="repair.rematch", request_id=officer.request_id, detail=detail
    ):
        # The batch first, as the worker's chunks do not touch it before their rows: two officers wait for each other.
        db.execute(text("SELECT FROM register.repair_batch WHERE id = :batch FOR UPDATE"), {"batch": batch})
        count = len(db.execute(_OPEN, {"batch": batch}).all())
        if not count:
            raise Conflict("没有待处理的行可以重新匹配。", "已处理的行要先撤销。", code="repair.nothing")
        if db.execute(_BACK, {"batch": batch, "count": count}).first() is None:
            raise Conflict("名单还在匹配。", "等匹配完成后再试。", code="repair.running")
    return count
