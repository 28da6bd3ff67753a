"""Read inspection records back, with their photos and signatures."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from boundary.inspection.photos import Photo, photos_of
from boundary.inspection.reading import Measured, Reading, ReferenceSeen
from boundary.inspection.signing import Signature, signatures_of
from geo.problems import NotFound

_COLUMNS = """i.id, i.round, i.marker, i.state, ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat, i.accuracy_m, i.height,
    i.epoch, i.correction, i.inspected_at, i.inspectors, i.cleaned, i.repainted, i.action, i.note, i.made_up, i.version"""
_ONE = text(f"SELECT {_COLUMNS} FROM register.boundary_inspection i WHERE i.id = :id")  # noqa: S608
_OF_ROUND = text(
    f"SELECT {_COLUMNS} FROM register.boundary_inspection i "  # noqa: S608
    "JOIN register.boundary_task t ON t.round = i.round AND t.marker = i.marker "
    "WHERE i.round = :round AND t.retired_at IS NULL AND i.withdrawn_at IS NULL ORDER BY t.place"
)
_OF_MARKER = text(
    f"SELECT {_COLUMNS} FROM register.boundary_inspection i WHERE i.marker = :marker "  # noqa: S608
    "AND i.withdrawn_at IS NULL ORDER BY i.inspected_at DESC"
)
_REFERENCES = text("""
    SELECT inspection, serial, state, azimuth, distance, note FROM register.inspection_reference
    WHERE inspection = ANY (:ids) ORDER BY inspection, serial
""")


@dataclass(frozen=True, slots=True)
class Inspection:
    """A stored record (联检记录): what was found, and the version that a change must name."""

    id: uuid.UUID
    version: int
    made_up: bool
    reading: Reading
    photos: tuple[Photo, ...]
    signatures: tuple[Signature, ...]

    @property
    def valid_signatures(self) -> tuple[Signature, ...]:
        """The signatures under this wording; an earlier wording's do not count."""
        return tuple(s for s in self.signatures if s.signed_version == self.version)


def find(db: Session, inspection: uuid.UUID) -> Inspection:
    """One record.

    Raises:
        NotFound: no record has this id.
    """
    found = _read(db, db.execute(_ONE, {"id": inspection}).all())
    if not found:
        raise NotFound("没有这份联检记录", "请刷新页面")
    return found[0]


def of_round(db: Session, round_code: str) -> list[Inspection]:
    """The records of a round in the order of the walk."""
    return _read(db, db.execute(_OF_ROUND, {"round": round_code}).all())


def of_marker(db: Session, marker: str) -> list[Inspection]:
    """Every round's record of a marker, the newest first."""
    return _read(db, db.execute(_OF_MARKER, {"marker": marker}).all())


def _read(db: Session, rows: Sequence[Row[Any]]) -> list[Inspection]:
    ids = [row.id for row in rows]
    seen: dict[uuid.UUID, list[ReferenceSeen]] = {one: [] for one in ids}
    for r in db.execute(_REFERENCES, {"ids": ids}):
        seen[r.inspection].append(ReferenceSeen(r.serial, r.state, r.azimuth, r.distance, r.note))
    photos, signatures = photos_of(db, ids), signatures_of(db, ids)
    return [
        Inspection(
            row.id, row.version, row.made_up, _reading(row, tuple(seen[row.id])),
            tuple(photos.get(row.id, ())), tuple(signatures.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def _reading(row: Row[Any], references: tuple[ReferenceSeen, ...]) -> Reading:
    measured = (
        Measured(row.lon, row.lat, row.accuracy_m, row.height, row.epoch, row.correction)
        if row.lon is not None
        else None
    )
    return Reading(
        row.round, row.marker, row.state, row.inspected_at, row.inspectors, measured, references,
        row.cleaned, row.repainted, row.action, row.note, row.id,
    )  # fmt: skip
