"""Deciding many open rows at once (成批核对): those ticked, or every one that a filter shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange import queue
from gazetteer.exchange.fields import TAKEN, TITLES
from geo.problems import BadInput

WAYS: Final[Mapping[str, str]] = {"ours": "以登记册为准", "theirs": "采用国家库", "same": "视为一致"}
_SAME: Final = text("""
    UPDATE register.exchange_row SET state = '一致', checked_by = :actor, checked_at = now(), version = version + 1
    WHERE batch = :b AND number = ANY (:n) AND state = '待核' RETURNING number
""")


def takeable(rows: Sequence[queue.Row]) -> list[queue.Row]:
    """Those whose every difference the register may take over; a name, a code and a place change by acts only."""
    return [
        row
        for row in rows
        if row.side == "both"
        and row.differing
        and all(name in TAKEN and queue.has_field(row.kind, name) for name in row.differing)
    ]


def told(rows: Sequence[queue.Row]) -> list[tuple[str, int]]:
    """Which fields of the register would change, and in how many rows."""
    return [
        (TITLES[name], n) for name, n in Counter(name for row in rows for name in row.differing).most_common()
    ]


def decide(db: Session, rows: Sequence[queue.Row], way: str, *, actor: str) -> int:
    """Decide open rows of one batch in one way of :data:`WAYS`; gives how many were decided.

    With ``theirs`` rows that hold more than may be taken over stay open.

    Raises:
        BadInput: no such way.
        Conflict: somebody was faster.
    """
    if way not in WAYS:
        raise BadInput("没有这种办法。", f"可用：{'、'.join(WAYS.values())}。")
    if way == "theirs":
        fit = takeable(rows)
        for row in fit:
            queue.decide(
                db,
                row.batch,
                row.number,
                dict.fromkeys(row.differing, "theirs"),
                version=row.version,
                actor=actor,
            )
        return len(fit)
    numbers, batch = [row.number for row in rows], rows[0].batch if rows else 0
    if way == "ours":
        return queue.ours_for_all(db, batch, numbers, actor=actor)
    return len(db.execute(_SAME, {"actor": actor, "b": batch, "n": numbers}).all())
