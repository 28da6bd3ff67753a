"""Names of divisions for the pages of this trade."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session


def division_names(db: Session, codes: Iterable[str]) -> dict[str, str]:
    """Code to name with the township before it, as an address says it: 南城街道梅园社区, not 梅园社区居委会."""
    rows = db.execute(
        text("SELECT v.code, coalesce(t.name, '') || register.village_text(v.name) AS name FROM register.division v "
             "LEFT JOIN register.division t ON t.code = v.parent AND t.level = 4 WHERE v.code = ANY(:codes)"),
        {"codes": list(set(codes))},
    )  # fmt: skip
    return {row.code: row.name for row in rows}


def district_prefix(db: Session) -> str:
    """The six digits of the district whose facilities the register holds; empty in an empty register."""
    return str(
        db.scalar(text("SELECT left(division, 6) FROM register.facility WHERE division IS NOT NULL ORDER BY code LIMIT 1")) or ""
    )  # fmt: skip


def towns(db: Session) -> list[tuple[str, str]]:
    """(code, name) of the district's townships."""
    rows = db.execute(
        text("SELECT code, name FROM register.division WHERE level = 4 AND left(code, 6) = :prefix "
             "AND register.is_in_force(valid_from, valid_to, current_date) ORDER BY code"),
        {"prefix": district_prefix(db)},
    )  # fmt: skip
    return [(row.code, row.name) for row in rows]
