"""Photos of a record in a paper: four to a sheet, scaled down so that a report stays small enough to send."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageOps
from sqlalchemy.orm import Session

from boundary.inspection import Inspection, Photo, read_photo
from geo.documents import Block, Picture
from geo.geometry import direction_word

_CELL: Final = (720, 540)
_GAP: Final = 12
_EACH: Final = 4
_PLACES: Final = ("左上", "右上", "左下", "右下")


def photo_blocks(
    db: Session, inspection: Inspection, *, width_mm: float = 116.0, most: int = 8
) -> list[Block]:
    """Its photos, four to a sheet, with what they show and the direction of view."""
    photos = inspection.photos[:most]
    sheets = [photos[at : at + _EACH] for at in range(0, len(photos), _EACH)]
    return [Picture(_sheet(db, sheet), width_mm, _caption(sheet)) for sheet in sheets]


def without_traces(content: bytes) -> Image.Image:
    """The picture alone, turned upright, in the size of a cell: the camera's data hold the place, and papers travel."""
    with Image.open(io.BytesIO(content)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        return ImageOps.pad(upright, _CELL, color=(255, 255, 255))


def _sheet(db: Session, photos: Sequence[Photo]) -> bytes:
    columns, rows = min(2, len(photos)), (len(photos) + 1) // 2
    wide, high = _CELL[0] + _GAP, _CELL[1] + _GAP
    sheet = Image.new("RGB", (columns * wide - _GAP, rows * high - _GAP), (255, 255, 255))
    for at, photo in enumerate(photos):
        sheet.paste(without_traces(read_photo(db, photo.id)[1]), ((at % 2) * wide, (at // 2) * high))
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return out.getvalue()


def _caption(photos: Sequence[Photo]) -> str:
    said = [p.face if p.direction is None else f"{p.face}（朝{direction_word(p.direction)}）" for p in photos]
    return said[0] if len(said) == 1 else "　".join(f"{a}：{b}" for a, b in zip(_PLACES, said, strict=False))
