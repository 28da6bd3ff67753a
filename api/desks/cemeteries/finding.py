"""Cemeteries in the search over everything, by name, address or code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.finding import Found

_FOUND: Final = text("""
    SELECT f.code, f.name, c.category FROM register.cemetery c JOIN register.facility f ON f.code = c.facility
    WHERE register.is_in_force(f.valid_from, f.valid_to, current_date)
      AND (f.code = :words OR position(:words IN f.name) > 0 OR position(:words IN f.address_text) > 0)
    ORDER BY position(:words IN f.name) = 0, f.code LIMIT :most
""")


def find(db: Session, words: str, most: int) -> Sequence[Found]:
    """Cemeteries whose name or address holds the words, or whose code they are."""
    rows = db.execute(_FOUND, {"words": words.strip(), "most": most}) if words.strip() else ()
    return [Found(r.name, f"/desk/cemeteries/{r.code}", r.category) for r in rows]
