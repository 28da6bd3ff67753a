"""What an inspector takes along (带走): the tasks of the rounds in the field on the own lines, with all that is known.

Everything here is internal: precise positions, reference objects, last round's records. It leaves the server only towards a
registered device of an account that may see the lines, and is encrypted there.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from boundary import access, inspection
from boundary.access import Seer
from boundary.field import conflicts, receiving, records, uploads
from boundary.field.inspections import TRADES, subject_of
from boundary.field.merge import State, standing
from boundary.field.tiles_around import tiles_around
from boundary.inspection import Inspection, Photo
from boundary.parties import sides_of_marker

_TASKS: Final = text("""
    SELECT t.round, t.place, r.year, l.code AS line, l.name AS line_name, r.lead, m.code, m.number, m.name, m.state,
           m.faces, m.standing, m.material, m.height, m.location, m.version, ST_X(m.geom) AS lon, ST_Y(m.geom) AS lat,
           m.made_up
    FROM register.boundary_task t
    JOIN register.boundary_round r ON r.code = t.round
    JOIN register.boundary_line l ON l.code = r.line
    JOIN register.boundary_marker m ON m.code = t.marker
    JOIN register."case" c ON c.machine = 'boundary_round' AND c.subject = r.code AND c.state = 'field'
    WHERE t.retired_at IS NULL AND m.valid_to IS NULL AND EXISTS (
      SELECT FROM register.boundary_marker_line p WHERE p.marker = m.code AND p.line = ANY (:lines))
    ORDER BY r.code, t.place
""")
_REFERENCES: Final = text("""
    SELECT marker, serial, name, azimuth, distance, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM register.reference_object
    WHERE marker = ANY (:markers) AND valid_to IS NULL ORDER BY marker, serial
""")
_SHAPES: Final = text("""
    SELECT code, name, ST_AsGeoJSON(geom, 7)::jsonb AS shape FROM register.boundary_line WHERE code = ANY (:lines)
""")
_LAST_PHOTOS: Final = 4
"""Of last round's photos so many go along."""


def package(db: Session, seer: Seer) -> dict[str, Any]:
    """Lines, tasks in the order of the walk, their records as they stand, and the tiles around them."""
    lines = access.lines_for(db, seer)
    rows = _tasks_of(db, seer, lines)
    references = _references(db, [row.code for row in rows])
    tasks = [_task(db, row, references.get(row.code, []), seer) for row in rows]
    points = [(row.lon, row.lat) for row in rows if row.lon is not None]
    shapes = db.execute(_SHAPES, {"lines": [row.line for row in rows]})
    return {
        "lines": [{"code": row.code, "name": row.name, "shape": row.shape} for row in shapes],
        "tasks": tasks,
        "tiles": tiles_around(points),
    }


def changed(db: Session, seer: Seer, known: dict[str, int]) -> list[dict[str, Any]]:
    """The records of the caller's tasks that another device or the desk brought further than ``known`` versions."""
    lines = access.lines_for(db, seer)
    found = []
    for row in _tasks_of(db, seer, lines):
        subject = subject_of(row.round, row.code)
        state = receiving.current(db, subject, TRADES)
        if state.version != known.get(subject, 0):
            found.append(record_of(db, subject, state, seer))
    return found


def record_of(db: Session, subject: str, state: State, seer: Seer) -> dict[str, Any]:
    """One record as a device keeps it: what it says, which signatures stand, what waits; ``mine``: the caller may withdraw it."""
    return {
        "subject": subject, "version": state.version, "content": dict(state.content), "withdrawn": state.withdrawn,
        "standing": standing(state), "mine": records.wrote(db, subject, seer.name),
        "conflicts": conflicts.count_open(db, [subject]),
        "photos": uploads.counts(db, [subject]).get(subject, 0),
    }  # fmt: skip


def may_see_photo(db: Session, seer: Seer, photo: str) -> bool:
    """Whether a photo belongs to a record of a marker on the caller's lines."""
    marker = db.scalar(
        text("SELECT i.marker FROM register.inspection_photo p JOIN register.boundary_inspection i "
             "ON i.id = p.inspection WHERE p.attachment = CAST(:id AS uuid)"),
        {"id": photo},
    )  # fmt: skip
    return marker is not None and access.may_see_marker(db, seer, marker)


def _tasks_of(db: Session, seer: Seer, lines: list[str]) -> list[Row[Any]]:
    """The markers to be walked on these lines, in the rounds that the caller walks."""
    rows = db.execute(_TASKS, {"lines": lines}).all()
    own = {code for code in {row.round for row in rows} if access.walks(db, seer, code)}
    return [row for row in rows if row.round in own]


def _task(db: Session, row: Row[Any], references: list[dict[str, Any]], seer: Seer) -> dict[str, Any]:
    subject = subject_of(row.round, row.code)
    return {
        "subject": subject, "round": row.round, "place": row.place, "year": row.year, "line": row.line,
        "line_name": row.line_name,
        "marker": {
            name: getattr(row, name)
            for name in ("code", "number", "name", "state", "faces", "standing", "material", "height", "location",
                         "version", "lon", "lat", "made_up")
        },
        "sides": sides_of_marker(db, row.code),
        "references": references,
        "last": _last(db, row),
        "record": record_of(db, subject, receiving.current(db, subject, TRADES), seer),
    }  # fmt: skip


def _references(db: Session, markers: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in db.execute(_REFERENCES, {"markers": markers}).mappings():
        found.setdefault(row["marker"], []).append({k: v for k, v in row.items() if k != "marker"})
    return found


def _last(db: Session, row: Row[Any]) -> dict[str, Any] | None:
    """The record of the round before, with the names of its photos."""
    earlier = [one for one in inspection.of_marker(db, row.code) if one.reading.round != row.round]
    return _told(earlier[0]) if earlier else None


def _told(one: Inspection) -> dict[str, Any]:
    reading = one.reading
    return {
        "round": reading.round, "state": reading.state, "inspected_at": reading.inspected_at,
        "inspectors": reading.inspectors, "action": reading.action, "note": reading.note,
        "photos": [_photo(photo) for photo in one.photos[:_LAST_PHOTOS]],
    }  # fmt: skip


def _photo(photo: Photo) -> dict[str, Any]:
    return {"id": str(photo.id), "face": photo.face, "direction": photo.direction, "taken_at": photo.taken_at}
