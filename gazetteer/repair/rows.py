"""Rows of a batch as the desk reads them: counts, a filtered page of the list, one row with its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gazetteer.repair.words import UNSORTED
from geo.problems import NotFound

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; empty strings show all.

    Attributes:
        kind: a defect, or ``-`` for rows without one.
        status: the engine's grade.
        state: the officer's decision.
        q: words that the original or the repaired address holds.
    """

    kind: str = ""
    status: str = ""
    state: str = ""
    q: str = ""

    def parameters(self) -> dict[str, str]:
        """The parameters of the condition."""
        pattern = (
            "%" + self.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" if self.q else ""
        )
        return {"kind": self.kind, "status": self.status, "state": self.state, "pattern": pattern, "none": UNSORTED}  # fmt: skip


_WHERE = """
  r.batch = :batch AND r.status IS NOT NULL
  AND (:kind = '' OR CASE WHEN :kind = :none THEN r.kinds = '{}' ELSE :kind = ANY (r.kinds) END)
  AND (:status = '' OR r.status = :status) AND (:state = '' OR r.state = :state)
  AND (:pattern = '' OR r.original LIKE :pattern OR r.outcome ->> 'address' LIKE :pattern)
"""
_SHOWN = """
SELECT r.number, r.source_row, r.original, r.status, r.level, r.confidence, r.kinds, r.rules, r.text_only, r.answer,
       r.outcome, r.state, r.decision, r.version, d.action, d.actor_shown, d.at
FROM register.repair_row r LEFT JOIN register.repair_decision d ON d.id = r.decision
"""
_PAGE = text(f"{_SHOWN} WHERE {_WHERE} ORDER BY r.number LIMIT :limit OFFSET :offset")
_ONE = text(f"{_SHOWN} WHERE r.batch = :batch AND r.number = :number AND r.status IS NOT NULL")
_COUNT = text(f"SELECT count(*) FROM register.repair_row r WHERE {_WHERE}")  # noqa: S608
_AROUND = text(f"""
SELECT (SELECT max(r.number) FROM register.repair_row r WHERE {_WHERE} AND r.number < :number) AS previous,
       (SELECT min(r.number) FROM register.repair_row r WHERE {_WHERE} AND r.number > :number) AS next,
       (SELECT count(*) FROM register.repair_row r WHERE {_WHERE} AND r.number < :number) AS place
""")  # noqa: S608
_NEXT_OPEN = text(f"""
SELECT r.number FROM register.repair_row r WHERE {_WHERE} AND r.state = 'open'
ORDER BY r.number <= :number, r.number LIMIT 1
""")  # noqa: S608
_COUNTS = text("""
SELECT kind, status, state, count(*) AS count,
       count(*) FILTER (WHERE state = 'open' AND status = 'auto') AS takeable,
       count(*) FILTER (WHERE state = 'open' AND text_only) AS mendable
FROM (SELECT unnest(CASE WHEN kinds = '{}' THEN ARRAY[:none] ELSE kinds END || ARRAY['']) AS kind, status, state,
             text_only FROM register.repair_row WHERE batch = :batch AND status IS NOT NULL) r
GROUP BY kind, status, state
""")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of what.

    Attributes:
        kinds: defect -> rows, open rows, rows that may be taken in bulk, rows whose writing alone may be mended.
        statuses: the engine's grade -> rows.
        states: the officer's decision -> rows.
    """

    kinds: dict[str, tuple[int, int, int, int]]
    statuses: dict[str, int]
    states: dict[str, int]
    takeable: int


def counts(db: Session, batch: int) -> Counts:
    """All counts of the desk in one pass over the batch."""
    kinds: dict[str, tuple[int, int, int, int]] = {}
    statuses: dict[str, int] = {}
    states: dict[str, int] = {}
    takeable = 0
    for row in db.execute(_COUNTS, {"batch": batch, "none": UNSORTED}):
        number = int(row._mapping["count"])
        if row.kind == "":
            statuses[row.status] = statuses.get(row.status, 0) + number
            states[row.state] = states.get(row.state, 0) + number
            takeable += row.takeable
            continue
        now = kinds.get(row.kind, (0, 0, 0, 0))
        more = (number, number if row.state == "open" else 0, row.takeable, row.mendable)
        kinds[row.kind] = (now[0] + more[0], now[1] + more[1], now[2] + more[2], now[3] + more[3])
    return Counts(dict(sorted(kinds.items())), statuses, states, takeable)


def page(db: Session, batch: int, wanted: Filter, number: int) -> list[Row[Any]]:
    """One page of the list, the first being 1."""
    given = {"batch": batch, "limit": PAGE, "offset": (number - 1) * PAGE, **wanted.parameters()}
    return list(db.execute(_PAGE, given))


def count(db: Session, batch: int, wanted: Filter) -> int:
    """How many rows the filter leaves."""
    return int(db.scalar(_COUNT, {"batch": batch, **wanted.parameters()}) or 0)


def one(db: Session, batch: int, number: int) -> Row[Any]:
    """One row with the act that decided it.

    Raises:
        NotFound: there is none, or it has not been matched yet.
    """
    row = db.execute(_ONE, {"batch": batch, "number": number}).one_or_none()
    if row is None:
        raise NotFound("没有这一行，或者它还没有匹配。", "从列表里重新打开。", code="repair.no-row")
    return row


def around(db: Session, batch: int, wanted: Filter, number: int) -> tuple[int | None, int | None, int]:
    """The rows before and after one in the filtered list, and how many come before it."""
    row = db.execute(_AROUND, {"batch": batch, "number": number, **wanted.parameters()}).one()
    return row.previous, row.next, int(row.place)


def next_open(db: Session, batch: int, wanted: Filter, number: int) -> int | None:
    """The next row of the filtered list that waits for a decision, from the start again after the end."""
    found = db.scalar(_NEXT_OPEN, {"batch": batch, "number": number, **wanted.parameters()})
    return None if found is None else int(found)
