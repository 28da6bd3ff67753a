"""What a map of the newest rounds shows (联检任务图): each marker in its turn, with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

_NEWEST = text(
    "SELECT DISTINCT ON (line) code FROM register.boundary_round ORDER BY line, year DESC, number DESC"
)
_MARKERS = text("""
SELECT coalesce(nullif(m.number, ''), nullif(m.name, ''), t.marker), t.place, t.planned_on, i.state,
       ST_AsBinary(CASE WHEN t.line = ANY (:own) THEN m.geom ELSE published.rough(m.geom, published.rough_grid_m()) END)
FROM (SELECT t.*, r.line FROM register.boundary_task t JOIN register.boundary_round r ON r.code = t.round
      WHERE t.retired_at IS NULL AND t.round = ANY (:rounds)) t
JOIN register.boundary_marker m ON m.code = t.marker AND (m.is_public OR t.line = ANY (:own))
LEFT JOIN register.boundary_inspection i ON i.round = t.round AND i.marker = t.marker AND i.withdrawn_at IS NULL
WHERE m.geom IS NOT NULL ORDER BY t.round, t.place
""")


@dataclass(frozen=True, slots=True)
class MappedMarker:
    """A marker on the map: its number or name, its turn, the planned day, the state found (None: not yet), its place."""

    label: str
    place: int
    planned_on: date | None
    state: str | None
    shape: shapely.Geometry


def newest_rounds(db: Session, own: Sequence[str]) -> list[MappedMarker]:
    """The markers of each line's newest round in the order of the walk.

    Args:
        own: codes of the lines whose registered positions the caller may see; others are rounded, and markers that
            are not public are left out.
    """
    rows = db.execute(_MARKERS, {"own": list(own), "rounds": list(db.scalars(_NEWEST))})
    return [
        MappedMarker(label, place, planned_on, state, shapely.from_wkb(bytes(shape)))
        for label, place, planned_on, state, shape in rows
    ]
