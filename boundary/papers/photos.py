"""Photos of a record as blocks of a paper, scaled down so that a report stays small enough to send."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image
from sqlalchemy.orm import Session

from boundary.inspection import Inspection, read_photo
from geo.documents import Block, Picture
from geo.geometry import direction_word

_MOST_PX: Final = 1100


def photo_blocks(
    db: Session, inspection: Inspection, *, width_mm: float = 78.0, most: int = 8
) -> list[Block]:
    """Its photos with what they show and the direction of view."""
    return [
        Picture(_smaller(read_photo(db, photo.id)[1]), width_mm, _caption(photo.face, photo.direction))
        for photo in inspection.photos[:most]
    ]


def _caption(face: str, direction: float | None) -> str:
    return face if direction is None else f"{face}，镜头朝{direction_word(direction)}"


def _smaller(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((_MOST_PX, _MOST_PX))
        out = io.BytesIO()
        # Without the camera's data: it holds the place to the metre, and papers travel.
        image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
