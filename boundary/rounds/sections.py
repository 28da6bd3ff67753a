"""Sections of a line (界线段): what was found between two markers, and what the line follows there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

_OF = text("""
    SELECT s.round, s.place, s.from_marker, s.to_marker, s.follows, s.changed, s.finding, s.inspected_on, s.version,
           coalesce(nullif(a.number, ''), nullif(a.name, ''), a.code),
           coalesce(nullif(b.number, ''), nullif(b.name, ''), b.code)
    FROM register.boundary_section s
    JOIN register.boundary_marker a ON a.code = s.from_marker JOIN register.boundary_marker b ON b.code = s.to_marker
    WHERE s.round = :round ORDER BY s.place
""")
_PUT = text("""
    INSERT INTO register.boundary_section (round, place, from_marker, to_marker, follows, changed, finding, inspected_on,
      made_up)
    VALUES (:round, :place, :from_marker, :to_marker, :follows, :changed, :finding, :inspected_on,
      (SELECT made_up FROM register.boundary_round WHERE code = :round))
    ON CONFLICT ON CONSTRAINT pk_boundary_section DO UPDATE SET from_marker = excluded.from_marker,
      to_marker = excluded.to_marker, follows = excluded.follows, changed = excluded.changed,
      finding = excluded.finding, inspected_on = excluded.inspected_on, version = boundary_section.version + 1
""")


@dataclass(frozen=True, slots=True)
class Section:
    """What a round found along one section of its line."""

    round: str
    place: int
    from_marker: str
    to_marker: str
    follows: str
    """山脊, 河流中心线, 道路中心线 …"""
    changed: bool
    """Whether terrain or features changed (地形地物变化)."""
    finding: str
    inspected_on: date | None
    version: int = 1
    from_shown: str = ""
    to_shown: str = ""


def sections(db: Session, round_code: str) -> list[Section]:
    """The sections of a round, in the order of the walk."""
    return [Section(*row) for row in db.execute(_OF, {"round": round_code})]


def record_section(db: Session, section: Section) -> None:
    """Write a section's finding, anew where it stands already; inside an act."""
    db.execute(_PUT, {
        "round": section.round, "place": section.place, "from_marker": section.from_marker,
        "to_marker": section.to_marker, "follows": section.follows[:60], "changed": section.changed,
        "finding": section.finding[:2000], "inspected_on": section.inspected_on,
    })  # fmt: skip
