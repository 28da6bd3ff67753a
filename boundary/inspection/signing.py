"""Signatures on the glass (签字): strokes of a finger, kept as points, drawn as SVG or PNG for the papers."""

from __future__ import annotations

import io
import json
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PIL import Image, ImageDraw
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.parties import sides_of_marker
from geo.problems import BadInput, Conflict, NotAllowed, NotFound

Strokes = tuple[tuple[tuple[float, float], ...], ...]
WIDTH, HEIGHT = 600, 240
_MOST_POINTS: Final = 20_000
_STROKE_PX: Final = 4
_FIND = text("SELECT marker, version FROM register.boundary_inspection WHERE id = :id FOR SHARE")
_SIGN = text("""
    INSERT INTO register.inspection_signature (inspection, division, signer, signed_at, signed_version, strokes)
    VALUES (:inspection, :division, :signer, :signed_at, :version, CAST(:strokes AS jsonb))
    ON CONFLICT ON CONSTRAINT pk_inspection_signature DO UPDATE SET signer = excluded.signer,
      signed_at = excluded.signed_at, signed_version = excluded.signed_version, strokes = excluded.strokes
""")
_FALL = text("""
    UPDATE register.boundary_inspection i SET version = version + 1, act_id = audit.current_act(), updated_at = now()
    WHERE i.id = :id AND EXISTS (
      SELECT FROM register.inspection_signature s
      WHERE s.inspection = i.id AND s.signed_version = i.version AND s.division <> ALL (:standing))
    RETURNING i.version
""")
_OF = text("""
    SELECT s.inspection, s.division, d.name AS division_name, s.signer, s.signed_at, s.signed_version, s.strokes
    FROM register.inspection_signature s JOIN register.division d ON d.code = s.division
    WHERE s.inspection = ANY (:ids) ORDER BY s.inspection, s.signed_at, s.division
""")


@dataclass(frozen=True, slots=True)
class Signature:
    """One side's signature under one wording of a record."""

    division: str
    division_name: str
    signer: str
    signed_at: datetime
    signed_version: int
    strokes: Strokes


def sign(
    db: Session, inspection: uuid.UUID, *, division: str, signer: str, strokes: object, signed_at: datetime,
    version: int,
) -> None:  # fmt: skip
    """Put one side's signature under a record.

    Args:
        db: the unit of work, inside an act.
        inspection: the record.
        division: the side that signs; it must be one of the marker's.
        signer: the name in print.
        strokes: lists of points ``[[[x, y], …], …]``, x from 0 to 600 and y from 0 to 240, from the upper left.
        signed_at: when, with a time zone.
        version: the wording that was signed.

    Raises:
        NotFound: no such record.
        Conflict: ``inspection.version`` when the record has another wording by now.
        NotAllowed: the division is no side of the marker's lines.
        BadInput: no name, or nothing was drawn.
    """
    found = db.execute(_FIND, {"id": inspection}).one_or_none()
    if found is None:
        raise NotFound("没有这份联检记录", "请先提交记录，再签字")
    if found.version != version:
        raise Conflict("签字以后记录又改过", "请看过最新的记录后重新签字", code="inspection.version")
    if division not in sides_of_marker(db, found.marker):
        raise NotAllowed(
            f"{division} 不是界桩 {found.marker} 的相邻一方", "请选择这颗界桩所在界线的相邻县（市、区）"
        )
    if not signer.strip():
        raise BadInput("没有写签字人的姓名", "请填写姓名后再签字")
    drawn = read_strokes(strokes)
    db.execute(_SIGN, {"inspection": inspection, "division": division, "signer": signer.strip()[:40],
                       "signed_at": signed_at, "version": version, "strokes": json.dumps(drawn)})  # fmt: skip


def let_fall(db: Session, inspection: uuid.UUID, version: int, standing: Sequence[str]) -> int:
    """Let the signatures fall that stand for this wording and are not of these divisions; gives the version to sign anew.

    Something was said after them that the form has no words for: that nothing was cleaned, where nothing was said of it.
    """
    return db.scalar(_FALL, {"id": inspection, "standing": list(standing)}) or version


def signatures_of(db: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Signature]]:
    """The signatures of some records, also those under an earlier wording."""
    found: dict[uuid.UUID, list[Signature]] = defaultdict(list)
    for r in db.execute(_OF, {"ids": list(ids)}):
        found[r.inspection].append(
            Signature(
                r.division, r.division_name, r.signer, r.signed_at, r.signed_version, read_strokes(r.strokes)
            )
        )
    return found


def read_strokes(given: object) -> Strokes:
    """Strokes as they come from a device, checked.

    Raises:
        BadInput: they are no lists of points on the field, or nothing was drawn.
    """
    try:
        strokes = tuple(
            tuple((round(float(x), 1), round(float(y), 1)) for x, y in line)
            for line in given  # type: ignore[attr-defined]
        )
    except (TypeError, ValueError):
        raise BadInput("签字的笔画不完整", "请重新签字") from None
    points = [point for line in strokes for point in line]
    if len(points) < 2 or len(points) > _MOST_POINTS:
        raise BadInput("没有签字，或笔画太多", "请在签字框内重新签字")
    if not all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points):
        raise BadInput("签字超出了签字框", "请在签字框内重新签字")
    return strokes


def svg_of(strokes: Strokes) -> str:
    """The signature as a picture that scales."""
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in line)}"/>' for line in strokes if line
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke="#111" '
        f'stroke-width="{_STROKE_PX}" stroke-linecap="round" stroke-linejoin="round">{lines}</svg>'
    )


def png_of(strokes: Strokes) -> bytes:
    """The signature as a picture of 1200 by 480 pixels, for papers."""
    image = Image.new("L", (2 * WIDTH, 2 * HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    for line in strokes:
        doubled = [(2 * x, 2 * y) for x, y in line]
        if len(doubled) == 1:
            x, y = doubled[0]
            pen.ellipse((x - _STROKE_PX, y - _STROKE_PX, x + _STROKE_PX, y + _STROKE_PX), fill=17)
        else:
            pen.line(doubled, fill=17, width=2 * _STROKE_PX, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
