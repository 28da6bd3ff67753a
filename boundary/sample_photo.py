"""A drawn picture that stands for a photo of a marker in the sample; it says that it is none (示例数据)."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_SIZE: Final = (640, 480)
_FOLDERS: Final = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/noto-cjk",
)


def photo(name: str, face: str, seed: int) -> bytes:
    """A JPEG of 640 by 480: a stone on a ridge, with what it stands for and that it is sample data."""
    image = Image.new("RGB", _SIZE, (205, 220, 230))
    pen = ImageDraw.Draw(image)
    ridge = 250 + seed * 7 % 60
    pen.polygon([(0, ridge), (220, ridge - 60), (430, ridge + 10), (640, ridge - 40), (640, 480), (0, 480)],
                fill=(120 + seed % 30, 140, 100))  # fmt: skip
    pen.polygon(
        [(250, 190), (390, 190), (400, 400), (240, 400)], fill=(200, 198, 190), outline=(110, 108, 100)
    )
    pen.text((320, 270), "界桩", fill=(180, 30, 30), font=_font(36), anchor="mm")
    pen.rectangle((0, 430, 640, 480), fill=(255, 255, 255))
    pen.text((320, 455), f"示例数据  {name}  {face}", fill=(27, 36, 48), font=_font(22), anchor="mm")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for folder in _FOLDERS:
        path = Path(folder) / "NotoSansCJK-Regular.ttc"
        if path.exists():
            return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)
