"""Find lines and markers by their names and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

_NAMED = text("""
    SELECT 'line' AS kind, code, name AS title, level AS note FROM register.boundary_line
    WHERE valid_to IS NULL AND code = ANY (:lines) AND (name ILIKE :like OR code ILIKE :like)
    UNION ALL
    SELECT 'marker', code, coalesce(nullif(number, ''), nullif(name, ''), code), state FROM register.boundary_marker m
    WHERE valid_to IS NULL AND EXISTS (
      SELECT FROM register.boundary_marker_line x WHERE x.marker = m.code AND x.line = ANY (:lines)) AND (name ILIKE :like OR number ILIKE :like OR code ILIKE :like)
    ORDER BY 1, 3 LIMIT :most
""")


def named(db: Session, typed: str, most: int, lines: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """(``line`` or ``marker``, code, title, note) of what a typed text names on these lines; no positions."""
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [
        (r.kind, r.code, r.title, r.note)
        for r in db.execute(_NAMED, {"like": f"%{escaped}%", "most": most, "lines": list(lines)})
    ]
