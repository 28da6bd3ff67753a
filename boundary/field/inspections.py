"""The trade of the sync for joint inspection (联检): records of markers, one for each task of a round.

A subject is ``inspection:<round>/<marker>``. The sync decides which words stand; they are then carried into the
inspection records (``boundary.inspection``), whose own checks hold for them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary import access, inspection
from boundary.access import Seer
from boundary.field import forms, records, uploads
from boundary.field.merge import SIGNATURE, WITHDRAWN, Ground, State, is_signature, standing
from boundary.inspection import ROUND
from boundary.parties import sides_of_marker
from geo.cases import attachments, states

KIND: Final = "inspection"
_TASK: Final = text("""
    SELECT m.name, m.number, m.code FROM register.boundary_task t JOIN register.boundary_marker m ON m.code = t.marker
    WHERE t.round = :round AND t.marker = :marker AND t.retired_at IS NULL
""")
_MARKER: Final = text("""
    SELECT m.version, m.state, m.valid_to <= current_date AS retired,
           NOT EXISTS (SELECT FROM register.boundary_task t
                       WHERE t.round = :round AND t.marker = m.code AND t.retired_at IS NULL) AS off
    FROM register.boundary_marker m WHERE m.code = :marker
""")
_STORED: Final = text(
    "SELECT id, version, withdrawn_at IS NOT NULL AS withdrawn FROM register.boundary_inspection "
    "WHERE round = :round AND marker = :marker"
)


def subject_of(round_code: str, marker: str) -> str:
    """The subject that devices write under."""
    return f"{KIND}:{round_code}/{marker}"


def split(code: str) -> tuple[str, str]:
    """Round and marker of a subject's code."""
    round_code, _, marker = code.partition("/")
    return round_code, marker


class Inspections:
    """What the sync asks about inspection records."""

    kind = KIND

    def refusal(self, db: Session, code: str, content: Mapping[str, Any], who: Seer | None) -> str:
        """Not a task of a round in the field, not the caller's line, or a word that the form does not have."""
        round_code, marker = split(code)
        if db.execute(_TASK, {"round": round_code, "marker": marker}).one_or_none() is None:
            return "这颗界桩不在此轮联检的外业任务里"
        if who is not None and not access.may_see_marker(db, who, marker):
            return "这颗界桩不在本县（市、区）的界线上"
        if who is not None and not access.walks(db, who, round_code):
            return "您不在这轮联检的人员里，请联系牵头方"
        if states.current(db, ROUND, round_code) != "field":
            return "这轮联检现在不是外业阶段，请联系牵头方"
        sides = {SIGNATURE + side for side in sides_of_marker(db, marker)}
        strange = [name for name in content if is_signature(name) and name not in sides]
        if strange:
            return "签字方不是这颗界桩的相邻一方"
        if who is not None and "state" in content and "inspected_at" not in content:
            return "检查时间：没有填写"
        return forms.refusal(content)

    def withdrawal_refusal(self, db: Session, code: str, who: Seer) -> str:
        """Only whoever wrote of it takes a record back; what the office changed since makes it a conflict."""
        if records.wrote(db, f"{KIND}:{code}", who.name):
            return ""
        return "这份记录里没有您写的内容，不能由您撤销。请联系写记录的人或科室"

    def ground(self, db: Session, code: str, seen: Mapping[str, Any]) -> Ground:
        """Whether the marker or the task is gone, or the marker was repaired after the inspector saw its state."""
        round_code, marker = split(code)
        row = db.execute(_MARKER, {"round": round_code, "marker": marker}).one_or_none()
        if row is None or row.retired or row.off:
            return Ground(gone=True)
        repaired = row.state == "完好" and seen.get("marker_state", "完好") != "完好"
        return Ground(repaired=repaired and row.version > int(seen.get("marker_version") or 0))

    def meanwhile(self, db: Session, code: str, state: State) -> Mapping[str, Any]:
        """What the desk wrote into the inspection record past the sync."""
        row = _stored_id(db, code)
        # Whoever writes a withdrawn record at the desk makes it stand again; else what came late is in the sync's record alone.
        if row is None or row.withdrawn:
            return {}
        now = forms.fields_of(inspection.find(db, row.id).reading)
        known = forms.normal(state.content)
        changed = forms.from_normal({name: value for name, value in now.items() if known.get(name) != value})
        return changed | ({WITHDRAWN: False} if state.withdrawn else {})

    def written(self, db: Session, code: str, state: State, *, actor: str) -> None:
        """Carry the record over: its words, then the signatures that stand, then photos that came before it."""
        round_code, marker = split(code)
        if "state" not in state.content:
            return
        if state.withdrawn:
            inspection.withdraw(db, round_code, marker)
            return
        before = _stored(db, code)
        reading = forms.reading_of(round_code, marker, state.content, datetime.now(UTC))
        saved = inspection.record(db, reading, base_version=before.version if before else None)
        sides = {name.removeprefix(SIGNATURE): state.content[name] for name in standing(state)}
        version = inspection.let_fall(db, saved.id, saved.version, list(sides))
        for division, signed in sides.items():
            inspection.sign(
                db, saved.id, division=division, signer=signed["signer"], strokes=signed["strokes"],
                signed_at=forms.moment(signed["signed_at"]), version=version,
            )  # fmt: skip
        carry_photos(db, code)

    def title(self, db: Session, code: str) -> str:
        """The marker's name and number."""
        round_code, marker = split(code)
        row = db.execute(_TASK, {"round": round_code, "marker": marker}).one_or_none()
        return str(row.name or row.number or row.code) if row else marker


def carry_photos(db: Session, code: str) -> int:
    """Give the record its photos that have come in whole; gives their count. Without a record they wait."""
    stored = _stored_id(db, code)
    if stored is None:
        return 0
    photos = uploads.waiting_photos(db, f"{KIND}:{code}")
    for photo in photos:
        _, content = attachments.read(db, photo.attachment)
        made = inspection.add_photo(
            db, stored.id, face=photo.face, name=photo.name, content=content, actor=photo.actor,
            direction=photo.direction, taken_at=photo.taken_at, lon=photo.lon, lat=photo.lat,
        )  # fmt: skip
        uploads.carried(db, photo, made)
    return len(photos)


def _stored_id(db: Session, code: str) -> Any:
    round_code, marker = split(code)
    return db.execute(_STORED, {"round": round_code, "marker": marker}).one_or_none()


def _stored(db: Session, code: str) -> inspection.Inspection | None:
    row = _stored_id(db, code)
    return None if row is None else inspection.find(db, row.id)


TRADES: Final = {KIND: Inspections()}
"""Every kind of record that devices may write."""
