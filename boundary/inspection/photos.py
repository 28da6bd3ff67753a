"""Photos of a record (联检照片): what they show, into which direction, where and when they were taken."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.cases import attachments
from geo.cases.attachments import Attachment
from geo.problems import BadInput

OWNER: Final = "inspection"
"""``owner`` of the attachments; their ``subject`` is the record's id."""
_INSERT = text("""
    INSERT INTO register.inspection_photo (attachment, inspection, face, direction)
    VALUES (:attachment, :inspection, :face, :direction)
""")
_KNOWN = text("""
    SELECT a.id FROM register.attachment a JOIN register.inspection_photo p ON p.attachment = a.id
    WHERE p.inspection = :inspection AND a.sha256 = :sha256 AND a.retired_at IS NULL
""")
_OF = text("""
    SELECT p.inspection, p.attachment, p.face, p.direction, a.name, a.sha256, a.taken_at, ST_X(a.point) AS lon,
           ST_Y(a.point) AS lat
    FROM register.inspection_photo p JOIN register.attachment a ON a.id = p.attachment
    WHERE p.inspection = ANY (:ids) AND a.retired_at IS NULL ORDER BY p.inspection, a.taken_at NULLS LAST, a.added_at, a.id
""")


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo; ``direction`` is where the camera looked, degrees from true north; position in CGCS2000 degrees."""

    id: uuid.UUID
    face: str
    direction: float | None
    name: str
    sha256: str
    taken_at: datetime | None
    lon: float | None
    lat: float | None


def add_photo(
    db: Session, inspection: uuid.UUID, *, face: str, name: str, content: bytes, actor: str,
    direction: float | None = None, taken_at: datetime | None = None, lon: float | None = None,
    lat: float | None = None,
) -> uuid.UUID:  # fmt: skip
    """Put a photo to a record and give the attachment's id; the same picture again is the one that is there.

    Raises:
        BadInput: it is no picture, or the direction is no azimuth.
        TooMuch: it is larger than an attachment may be.
    """
    if direction is not None and not 0 <= direction < 360:
        raise BadInput(f"照片方向 {direction:g} 不是 0 到 360 度之间的方位角", "请核对罗盘读数，或留空")
    known: uuid.UUID | None = db.scalar(
        _KNOWN, {"inspection": inspection, "sha256": hashlib.sha256(content).hexdigest()}
    )
    if known is not None:
        return known
    made = attachments.put(
        db, OWNER, str(inspection), "照片", name, content, actor=actor, taken_at=taken_at, lon=lon, lat=lat
    )
    if not made.is_image:
        raise BadInput(f"“{name[:60]}”不是照片", "请上传 JPG、PNG 或 WEBP 图片")
    db.execute(_INSERT, {"attachment": made.id, "inspection": inspection, "face": face[:20] or "正面",
                         "direction": direction})  # fmt: skip
    return made.id


def photos_of(db: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Photo]]:
    """The photos of some records, oldest first."""
    found: dict[uuid.UUID, list[Photo]] = defaultdict(list)
    for r in db.execute(_OF, {"ids": list(ids)}):
        found[r.inspection].append(
            Photo(r.attachment, r.face, r.direction, r.name, r.sha256, r.taken_at, r.lon, r.lat)
        )
    return found


def read_photo(db: Session, photo: uuid.UUID) -> tuple[Attachment, bytes]:
    """A photo with its bytes; whether the caller may see its marker is for the caller to ask.

    Raises:
        NotFound: there is no such photo.
    """
    return attachments.read(db, photo)
