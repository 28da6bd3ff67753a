"""Take in what was found at a marker in one round (界桩联检记录): from the field's outbox or from the desk.

saved = record(db, Reading(round="HL-2026", marker="M1", state="完好", inspected_at=now), actor="li")
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.inspection.read import find
from boundary.inspection.reading import Reading, check
from geo.cases import states
from geo.problems import Conflict, NotFound

ROUND: Final = "boundary_round"
"""The machine of a round (联检) in the table of cases."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The stored record: its id (that of the first sender), its version, whether anything was written."""

    id: uuid.UUID
    version: int
    changed: bool


_KNOWN = text(
    "SELECT id, version, withdrawn_at FROM register.boundary_inspection "
    "WHERE round = :round AND marker = :marker FOR UPDATE"
)
_TASK = text("""
    SELECT FROM register.boundary_task WHERE round = :round AND marker = :marker AND retired_at IS NULL FOR SHARE
""")
_POINT = """CASE WHEN CAST(:lon AS float8) IS NOT NULL
    THEN ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490) END"""
_INSERT = text(f"""
    INSERT INTO register.boundary_inspection (id, round, marker, state, geom, accuracy_m, height, epoch, correction,
      inspected_at, inspectors, cleaned, repainted, action, note, made_up)
    VALUES (:id, :round, :marker, :state, {_POINT}, :accuracy_m, :height, :epoch, :correction,
      :inspected_at, :inspectors, :cleaned, :repainted, :action, :note,
      (SELECT made_up FROM register.boundary_round WHERE code = :round))
""")  # noqa: S608 - constants only
_UPDATE = text(f"""
    UPDATE register.boundary_inspection SET state = :state, geom = {_POINT}, accuracy_m = :accuracy_m,
      height = :height, epoch = :epoch, correction = :correction, inspected_at = :inspected_at,
      inspectors = :inspectors, cleaned = :cleaned, repainted = :repainted, action = :action, note = :note,
      withdrawn_at = NULL, version = version + 1, act_id = audit.current_act(), updated_at = now()
    WHERE id = :id
""")  # noqa: S608 - constants only
_WITHDRAW = text("""
    UPDATE register.boundary_inspection SET withdrawn_at = now(), version = version + 1,
      act_id = audit.current_act(), updated_at = now()
    WHERE round = :round AND marker = :marker AND withdrawn_at IS NULL RETURNING id
""")
_REFERENCE = text("""
    INSERT INTO register.inspection_reference (inspection, serial, state, azimuth, distance, note)
    VALUES (:inspection, :serial, :state, :azimuth, :distance, :note)
    ON CONFLICT ON CONSTRAINT pk_inspection_reference DO UPDATE SET state = excluded.state,
      azimuth = excluded.azimuth, distance = excluded.distance, note = excluded.note
""")


def record(db: Session, reading: Reading, *, base_version: int | None = None) -> Saved:
    """Store a marker's record, or its next wording; the same wording again changes nothing.

    Call it inside an act (``act(db, actor=…, action="inspection.record")``), after asking
    ``boundary.access.check_marker``. Signatures given to an earlier wording then no longer count.

    Args:
        db: the unit of work.
        reading: what was found.
        base_version: the version that the change was made from; None for a record that the sender holds to be new.

    Raises:
        BadInput: a word that the form does not have, or a direction or position that cannot be.
        NotFound: the round has no task for this marker.
        Conflict: ``inspection.version`` when the stored record is another version than ``base_version``;
            ``round.not-in-field`` when the round is not in the field (外业).
    """
    check(reading)
    _in_field(db, reading)
    stored = db.execute(_KNOWN, {"round": reading.round, "marker": reading.marker}).one_or_none()
    values = _values(reading)
    if stored is None:
        db.execute(_INSERT, values)
        _references(db, reading.id, reading)
        return Saved(reading.id, 1, changed=True)
    withdrawn = stored.withdrawn_at is not None
    if not withdrawn and _same(db, stored.id, reading):
        return Saved(stored.id, stored.version, changed=False)
    # Whoever writes a withdrawn record anew need not have seen what was taken back.
    if base_version != stored.version and not (withdrawn and base_version is None):
        raise Conflict(
            f"界桩 {reading.marker} 的记录已有第 {stored.version} 版，您改的是"
            f"{'新记录' if base_version is None else f'第 {base_version} 版'}",
            "两份都已保留，请对照后确定以哪一份为准",
            code="inspection.version",
        )
    db.execute(_UPDATE, {**values, "id": stored.id})
    _references(db, stored.id, reading)
    return Saved(stored.id, stored.version + 1, changed=True)


def withdraw(db: Session, round_code: str, marker: str) -> bool:
    """Take a record back (撤销): it stays, with photos and signatures, and counts nowhere until it is written anew.

    Inside an act, like ``record``. Gives whether there was one to take back.
    """
    return db.scalar(_WITHDRAW, {"round": round_code, "marker": marker}) is not None


def _in_field(db: Session, reading: Reading) -> None:
    task = {"round": reading.round, "marker": reading.marker}
    if db.execute(_TASK, task).one_or_none() is None:
        raise NotFound(
            f"联检任务 {reading.round} 里没有界桩 {reading.marker}",
            "请更新外业任务，或在联检计划里加上这颗界桩",
        )
    if states.current(db, ROUND, reading.round) != "field":
        raise Conflict(
            f"联检 {reading.round} 现在不是外业阶段，记录没有收下",
            "请由牵头方把这轮联检退回外业后再提交",
            code="round.not-in-field",
        )


def _values(reading: Reading) -> dict[str, Any]:
    at = reading.measured
    return {
        "id": reading.id, "round": reading.round, "marker": reading.marker, "state": reading.state,
        "lon": at.lon if at else None, "lat": at.lat if at else None, "accuracy_m": at.accuracy_m if at else None,
        "height": at.height if at else None, "epoch": at.epoch if at else "",
        "correction": at.correction if at else "", "inspected_at": reading.inspected_at,
        "inspectors": reading.inspectors, "cleaned": reading.cleaned, "repainted": reading.repainted,
        "action": reading.action, "note": reading.note,
    }  # fmt: skip


def _references(db: Session, inspection: uuid.UUID, reading: Reading) -> None:
    for seen in reading.references:
        db.execute(_REFERENCE, {"inspection": inspection, "serial": seen.serial, "state": seen.state,
                                "azimuth": seen.azimuth, "distance": seen.distance, "note": seen.note})  # fmt: skip


def _same(db: Session, inspection: uuid.UUID, reading: Reading) -> bool:
    known = find(db, inspection).reading
    return _plain(known) == _plain(reading)


def _plain(reading: Reading) -> dict[str, Any]:
    values = {**_values(reading), "id": None}
    values["references"] = {seen.serial: seen for seen in reading.references}
    return values
