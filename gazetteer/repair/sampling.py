"""Check by sample (抽样核查): seeded rows of the repaired ones, right or wrong by eye, and the accuracy that follows."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gazetteer.repair.decisions import Officer
from geo.problems import BadInput, Conflict
from geo.store.engine import bulk_act

SIZE = 500
_REPAIRED = text("""
SELECT number, outcome ->> 'address' AS address, outcome ->> 'code' AS code FROM register.repair_row
WHERE batch = :batch AND state = 'accepted' ORDER BY number
""")
_KEEP = text("""
INSERT INTO register.repair_checked (batch, seed, number, place, address, code)
VALUES (:batch, :seed, :number, :place, :address, :code)
""")
_PAGE = text("""
SELECT c.number, c.place, r.source_row, r.original, c.address, c.code, c.verdict, c.checked_by
FROM register.repair_checked c JOIN register.repair_row r USING (batch, number)
WHERE c.batch = :batch AND c.seed = :seed ORDER BY c.place LIMIT :limit OFFSET :offset
""")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What the check has shown so far; ``low`` and ``high`` bound the true share with 95 % (Wilson)."""

    drawn: int
    right: int
    wrong: int
    low: float
    high: float

    @property
    def checked(self) -> int:
        """Rows that have a verdict."""
        return self.right + self.wrong

    @property
    def share(self) -> float | None:
        """The share of right ones among the checked, None before the first."""
        return self.right / self.checked if self.checked else None


def draw(db: Session, batch: int, seed: int, *, officer: Officer, size: int = SIZE) -> int:
    """Draw rows among those taken as the engine proposed; the same seed over the same rows gives the same. Gives their count.

    Raises:
        BadInput: nothing has been accepted yet.
        Conflict: this seed has been drawn already.
    """  # fmt: skip
    rows = db.execute(_REPAIRED, {"batch": batch}).all()
    if not rows:
        raise BadInput("还没有采用的结果，无从抽样。", "先处理一部分，再来抽样。", code="repair.nothing")
    # Not for secrets: a sample that anybody can draw again is the point.
    picked = random.Random(seed).sample(rows, min(size, len(rows)))  # noqa: S311
    with bulk_act(db, actor=officer.name, action="repair.draw", request_id=officer.request_id,
                  detail={"batch": batch, "seed": seed, "from": len(rows)}):  # fmt: skip
        drawn = db.execute(
            text("INSERT INTO register.repair_draw (batch, seed, size, drawn_from, actor) "
                 "VALUES (:batch, :seed, :size, :count, :actor) ON CONFLICT DO NOTHING RETURNING seed"),
            {"batch": batch, "seed": seed, "size": len(picked), "count": len(rows), "actor": officer.name},
        ).first()  # fmt: skip
        if drawn is None:
            raise Conflict(f"种子 {seed} 已经抽过。", "打开已有的样本，或换一个种子。", code="repair.drawn")
        db.execute(_KEEP, [
            {"batch": batch, "seed": seed, "number": r.number, "place": place, "address": r.address, "code": r.code}
            for place, r in enumerate(picked, 1)
        ])  # fmt: skip
    return len(picked)


def judge(
    db: Session, batch: int, seed: int, verdicts: Mapping[int, bool | None], *, officer: Officer
) -> None:
    """Keep right (True), wrong (False) or not yet (None) for rows of a sample."""
    with bulk_act(db, actor=officer.name, action="repair.judge", request_id=officer.request_id,
                  detail={"batch": batch, "seed": seed}):  # fmt: skip
        for number, verdict in verdicts.items():
            db.execute(
                text("UPDATE register.repair_checked SET verdict = :verdict, checked_by = :by, checked_at = now() "
                     "WHERE batch = :batch AND seed = :seed AND number = :number "
                     "AND verdict IS DISTINCT FROM CAST(:verdict AS boolean)"),
                {"batch": batch, "seed": seed, "number": number, "verdict": verdict, "by": officer.shown},
            )  # fmt: skip


def seeds(db: Session, batch: int) -> list[Row[Any]]:
    """The samples drawn so far."""
    return list(db.execute(text("SELECT seed, size, drawn_from, drawn_at FROM register.repair_draw WHERE batch = :batch "
                                "ORDER BY drawn_at"), {"batch": batch}))  # fmt: skip


def page(db: Session, batch: int, seed: int, *, limit: int, offset: int) -> list[Row[Any]]:
    """Rows of a sample in the order they were drawn."""
    return list(db.execute(_PAGE, {"batch": batch, "seed": seed, "limit": limit, "offset": offset}))


def accuracy(db: Session, batch: int, seed: int) -> Accuracy:
    """What the verdicts so far say."""
    row = db.execute(
        text("SELECT count(*) AS drawn, count(*) FILTER (WHERE verdict) AS good, count(*) FILTER (WHERE NOT verdict) AS bad "
             "FROM register.repair_checked WHERE batch = :batch AND seed = :seed"),
        {"batch": batch, "seed": seed},
    ).one()  # fmt: skip
    return Accuracy(row.drawn, row.good, row.bad, *wilson(row.good, row.good + row.bad))


def wilson(right: int, checked: int) -> tuple[float, float]:
    """The interval that holds the true share with 95 % (Wilson's score interval); all of 0 to 1 before a check."""
    if not checked:
        return 0.0, 1.0
    z, share = 1.959964, right / checked
    middle = (share + z * z / (2 * checked)) / (1 + z * z / checked)
    half = z / (1 + z * z / checked) * math.sqrt(share * (1 - share) / checked + z * z / (4 * checked**2))
    return max(0.0, middle - half), min(1.0, middle + half)
