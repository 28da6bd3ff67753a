"""Photos piece by piece (照片续传): announced with size and SHA-256, brought in from any offset, attached when they agree.

What has come lies in a file of its own until it is whole. Sending a piece again, or two devices sending the same, does no
harm: a piece is written where it belongs.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.cases import attachments
from geo.problems import BadInput, Conflict, NotFound, Unavailable
from geo.settings import settings

OWNER: Final = "field"
KIND: Final = "photo"

_ANNOUNCE: Final = text("""
    INSERT INTO register.field_upload (id, device, subject, name, face, direction, taken_at, lon, lat, accuracy_m,
                                       sha256, size, actor)
    VALUES (:id, :device, :subject, :name, :face, :direction, :taken_at, :lon, :lat, :accuracy_m, :sha256, :size, :actor)
    ON CONFLICT (id) DO NOTHING
""")
_LOCK: Final = text("""
    SELECT id::text AS id, subject, name, sha256, size, received, actor, taken_at, lon, lat, attachment::text AS attachment
    FROM register.field_upload WHERE id = :id AND device = CAST(:device AS uuid) FOR UPDATE
""")
_WAITING: Final = text("""
    SELECT id::text, subject, name, face, direction, taken_at, lon, lat, attachment, actor FROM register.field_upload
    WHERE subject = :subject AND attachment IS NOT NULL AND carried IS NULL ORDER BY taken_at, id FOR UPDATE
""")
_COUNT: Final = text("""
    SELECT subject, count(*) FROM register.field_upload WHERE subject = ANY (:subjects) AND attachment IS NOT NULL
    GROUP BY subject
""")


@dataclass(frozen=True, slots=True)
class Announcement:
    """A photo to come. ``face`` is what it shows (正面 …), ``direction`` whither the camera looked, degrees from true north."""

    id: str
    subject: str
    name: str
    sha256: str
    size: int
    face: str = ""
    direction: float | None = None
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that has come in whole; ``attachment`` names its bytes. Degrees CGCS2000."""

    id: str
    subject: str
    name: str
    face: str
    direction: float | None
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    attachment: uuid.UUID
    actor: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a photo has come in, and whether it is attached."""

    received: int
    done: bool


def announce(db: Session, photo: Announcement, *, device: str, actor: str) -> Progress:
    """Begin an upload, or learn how far an earlier one got.

    Raises:
        Conflict: this id was announced for other bytes or by another device.
        BadInput: the photo is too large.
    """
    if not 0 < photo.size <= attachments.MOST_BYTES:
        raise BadInput("照片超过 20 MB", "请用较小的尺寸重新拍摄")
    values = {name: getattr(photo, name) for name in photo.__slots__}
    db.execute(_ANNOUNCE, {**values, "device": device, "actor": actor})
    found = _locked(db, photo.id, device)
    if (found.sha256, found.size) != (photo.sha256, photo.size):
        raise Conflict("同一编号的照片内容不同", "请联系系统管理员，不要清除设备数据", code="field.id-used")
    return Progress(found.received, found.attachment is not None)


def bring(db: Session, upload: str, offset: int, piece: bytes, *, device: str) -> Progress:
    """Write one piece; the last one makes the photo an attachment of its subject.

    Raises:
        NotFound: it was not announced by this device.
        Conflict: a piece before this one is missing; ``announce`` tells from where to go on.
        BadInput: more bytes than announced, or the sum does not agree: it starts anew.
    """
    found = _locked(db, upload, device)
    if found.attachment is not None:
        return Progress(found.size, True)
    if offset > found.received:
        raise Conflict("照片前面的部分还没有传到", "将自动从断点继续", code="field.gap")
    if offset + len(piece) > found.size:
        raise BadInput("照片内容比登记的长", "将自动重新上传", code="field.too-long")
    _write(found.id, offset, piece)
    received = max(found.received, offset + len(piece))
    _set_received(db, upload, received)
    if received < found.size:
        return Progress(received, False)
    return _finish(db, found)


def waiting_photos(db: Session, subject: str) -> list[Photo]:
    """The photos of a record that came in whole and that its trade has not taken over yet."""
    return [Photo(*row) for row in db.execute(_WAITING, {"subject": subject})]


def carried(db: Session, photo: Photo, attachment: uuid.UUID) -> None:
    """The trade took a photo over as an attachment of its own."""
    db.execute(
        text("UPDATE register.field_upload SET carried = :to WHERE id = :id"),
        {"to": attachment, "id": photo.id},
    )
    attachments.retire(db, photo.attachment)


def subject_of(db: Session, upload: str) -> str:
    """The record that a photo belongs to."""
    return str(db.scalar(text("SELECT subject FROM register.field_upload WHERE id = :id"), {"id": upload}))


def counts(db: Session, subjects: list[str]) -> dict[str, int]:
    """How many photos of each record have come in whole, from all devices."""
    return {row[0]: row[1] for row in db.execute(_COUNT, {"subjects": subjects})}


def _finish(db: Session, found: Any) -> Progress:
    path = _place(found.id)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != found.sha256:
        _set_received(db, found.id, 0)
        return Progress(0, False)
    kept = attachments.put(db, OWNER, found.subject, KIND, found.name, content, actor=found.actor,
                           taken_at=found.taken_at, lon=found.lon, lat=found.lat)  # fmt: skip
    db.execute(text("UPDATE register.field_upload SET attachment = :attachment WHERE id = :id"),
               {"attachment": kept.id, "id": found.id})  # fmt: skip
    # The parts go only after the whole is safe in the attachments' own folder.
    path.unlink(missing_ok=True)
    return Progress(found.size, True)


def _locked(db: Session, upload: str, device: str) -> Any:
    row = db.execute(_LOCK, {"id": upload, "device": device}).one_or_none()
    if row is None:
        raise NotFound("没有登记过这张照片", "将自动重新登记后上传", code="field.not-announced")
    return row


def _set_received(db: Session, upload: str, received: int) -> None:
    db.execute(
        text("UPDATE register.field_upload SET received = :n WHERE id = :id"), {"n": received, "id": upload}
    )


def _place(upload: str) -> Path:
    return settings().home / "uploads" / f"{uuid.UUID(upload).hex}.part"


def _write(upload: str, offset: int, piece: bytes) -> None:
    path = _place(upload)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, piece, offset)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise Unavailable("照片写不进磁盘", "请联系系统管理员检查磁盘空间") from error
