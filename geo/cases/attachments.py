"""Materials, scans and photos of a record (附件): checked when they come in, kept by content, retired, never deleted."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput, NotFound, TooMuch
from geo.store import blobs

MOST_BYTES: Final = 20 * 2**20
MOST_PIXELS: Final = 100_000_000
KINDS: Final = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "svg": "image/svg+xml", "geojson": "application/geo+json", "csv": "text/csv", "txt": "text/plain",
}  # fmt: skip
"""What may be attached, by its ending."""

_SOUNDS: Final[dict[str, Callable[[bytes], bool]]] = {
    "mp3": lambda content: content.startswith(b"ID3") or (content[:1] == b"\xff" and content[1:2] >= b"\xe0"),
    "m4a": lambda content: content[4:8] == b"ftyp",
    "wav": lambda content: content.startswith(b"RIFF") and content[8:12] == b"WAVE",
}
"""How recordings begin."""

_INSERT = text("""
    INSERT INTO register.attachment (id, owner, subject, kind, name, media_type, sha256, size, taken_at, point, added_by)
    VALUES (:id, :owner, :subject, :kind, :name, :media_type, :sha256, :size, :taken_at,
            CASE WHEN CAST(:lon AS float8) IS NOT NULL
              THEN ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490) END, :actor)
    RETURNING added_at
""")
_COLUMNS = """id, owner, subject, kind, name, media_type, sha256, size, taken_at, ST_X(point) AS lon,
    ST_Y(point) AS lat, added_by, added_at"""
_OF = text(
    f"SELECT {_COLUMNS} FROM register.attachment "  # noqa: S608
    "WHERE owner = :owner AND subject = :subject AND retired_at IS NULL ORDER BY added_at, id"
)
_ONE = text(f"SELECT {_COLUMNS} FROM register.attachment WHERE id = :id AND retired_at IS NULL")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of one record. ``owner`` and ``subject`` name the record (``proposal``, its code); degrees CGCS2000."""

    id: uuid.UUID
    owner: str
    subject: str
    kind: str
    name: str
    media_type: str
    sha256: str
    size: int
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    added_by: str
    added_at: datetime

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


def put(
    db: Session, owner: str, subject: str, kind: str, name: str, content: bytes, *, actor: str,
    taken_at: datetime | None = None, lon: float | None = None, lat: float | None = None,
) -> Attachment:  # fmt: skip
    """Attach a file: its ending says what it is, its content must agree.

    Raises:
        BadInput: the kind of file is not taken, or the content is not what the ending says.
        TooMuch: the file is larger than 20 MB.
    """
    shown = PurePath(name.replace("\\", "/")).name.strip()[:200] or "附件"
    media_type = _media_type(shown, content)
    made = {"id": uuid.uuid4(), "owner": owner, "subject": subject, "kind": kind, "name": shown,
            "media_type": media_type, "sha256": blobs.keep(content), "size": len(content), "taken_at": taken_at,
            "lon": lon, "lat": lat}  # fmt: skip
    added_at = db.execute(_INSERT, {**made, "actor": actor}).scalar_one()
    return Attachment(**made, added_by=actor, added_at=added_at)  # type: ignore[arg-type]


def of(db: Session, owner: str, subject: str) -> list[Attachment]:
    """The files of a record, oldest first, without those that were retired."""
    return [Attachment(*row) for row in db.execute(_OF, {"owner": owner, "subject": subject})]


def read(db: Session, attachment_id: uuid.UUID) -> tuple[Attachment, bytes]:
    """One file with its bytes; whether the caller may see its record is for the caller to ask.

    Raises:
        NotFound: there is no such file, or it was retired, or its bytes are gone.
    """
    row = db.execute(_ONE, {"id": attachment_id}).one_or_none()
    if row is None:
        raise NotFound("没有这个附件", "请刷新页面")
    found = Attachment(*row)
    return found, blobs.fetch(found.sha256)


def retire(db: Session, attachment_id: uuid.UUID) -> None:
    """Take a file off its record; row and bytes stay for the audit."""
    db.execute(
        text("UPDATE register.attachment SET retired_at = now() WHERE id = :id AND retired_at IS NULL"),
        {"id": attachment_id},
    )


def _media_type(name: str, content: bytes) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise BadInput(f"附件“{name}”的格式不收", f"请改用 {'、'.join(sorted(KINDS))}")
    if len(content) > MOST_BYTES:
        raise TooMuch(f"附件“{name}”超过 {MOST_BYTES // 2**20} MB", "请压缩或分开上传")
    if not content or not _is_what_it_says(ending, content):
        raise BadInput(f"附件“{name}”的内容不是 {ending} 文件", "文件可能已损坏，请重新导出后再传")
    return KINDS[ending]


def _is_what_it_says(ending: str, content: bytes) -> bool:
    if KINDS[ending].startswith("image/") and ending != "svg":
        return _is_image(content)
    if ending == "pdf":
        return content.startswith(b"%PDF-")
    if ending in _SOUNDS:
        return _SOUNDS[ending](content)
    if ending in {"docx", "xlsx"}:
        return zipfile.is_zipfile(io.BytesIO(content))
    return b"\0" not in content


def _is_image(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return False
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True
