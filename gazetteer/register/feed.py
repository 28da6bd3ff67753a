"""The change feed (变更订阅): every change of the register in one order, numbered without gaps, for systems with a copy.

A number is given only when no earlier transaction can still end (``register.number_changes``): whoever has read up to
N and asks for what follows N misses nothing, however many write at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST: Final = 1000
_READ: Final = text("""
    SELECT c.seq, c.op, c.kind, c.code, c.at,
      CASE c.kind
        WHEN 'place' THEN (SELECT to_jsonb(x) - 'geom' FROM published.place x WHERE x.code = c.code)
        WHEN 'road' THEN (SELECT to_jsonb(x) - 'geom' FROM published.road x WHERE x.code = c.code)
        WHEN 'address' THEN (SELECT to_jsonb(x) - 'geom' FROM published.address x WHERE x.code = c.code)
        WHEN 'division' THEN (SELECT to_jsonb(x) - 'geom' FROM published.division x WHERE x.code = c.code)
        WHEN 'facility' THEN (SELECT to_jsonb(x) - 'geom' FROM published.facility x WHERE x.code = c.code)
        WHEN 'alias' THEN (SELECT jsonb_build_object('alias', a.alias, 'kind', a.kind, 'valid_from', a.valid_from,
          'valid_to', a.valid_to, 'targets', (SELECT jsonb_agg(coalesce(t.division, t.road, t.place, t.address))
          FROM register.alias_target t WHERE t.alias = a.id)) FROM register.alias a WHERE a.id::text = c.code)
      END AS record
    FROM register.change c WHERE c.seq > :since AND (:kind = '' OR c.kind = :kind) ORDER BY c.seq LIMIT :most
""")


_HEADS: Final = text("""
    SELECT c.seq, c.op, c.kind, c.code, c.at, CAST(NULL AS jsonb) AS record
    FROM register.change c WHERE c.seq > :since AND c.kind = ANY (:kinds) ORDER BY c.seq LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its number, insert, update or retire, the kind and code of the record, and the record as published now."""

    seq: int
    op: str
    kind: str
    code: str
    at: datetime
    record: dict[str, Any] | None


def changes(db: Session, since: int = 0, *, kind: str = "", most: int = MOST) -> list[Change]:
    """Changes after a number, in order; what is not published (proposed or retired names) has no record."""
    db.scalar(text("SELECT register.number_changes()"))
    rows = db.execute(_READ, {"since": since, "kind": kind, "most": min(most, MOST)})
    return [Change(*row) for row in rows]


def heads(db: Session, since: int, kinds: Sequence[str], *, most: int) -> list[Change]:
    """Changes of some kinds without their records, for who reads the records in a form of their own."""
    db.scalar(text("SELECT register.number_changes()"))
    return [Change(*row) for row in db.execute(_HEADS, {"since": since, "kinds": list(kinds), "most": most})]
