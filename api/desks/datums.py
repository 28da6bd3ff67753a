"""The reference systems (坐标系) that a page offers for a map file which does not say its own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.crs import system
from geo.crs.shape import code_of_zone

_DEGREES: Final = ("cgcs2000", "wgs84", "gcj02", "bd09")
_MIDDLE: Final = text("""
    SELECT ST_X(ST_Centroid(ST_Extent(p.geom)))
    FROM (SELECT geom FROM register.address_point LIMIT 2000) p
""")


def systems(db: Session) -> list[tuple[str, str]]:
    """The reference systems that are offered for a file of this district, by name and words."""
    middle = db.scalar(_MIDDLE) or 120.0
    zone = round(middle / 3)
    meridians = sorted({zone * 3.0, round(middle / 1.5) * 1.5, float(round(middle))})
    return [
        ("", "以文件所写为准"),
        *((name, f"经纬度，{system(name).title}") for name in _DEGREES),
        *((f"gk{m:g}", f"平面，CGCS2000，中央经线 {m:g}°，东坐标 6 位") for m in meridians),
        (str(code_of_zone(zone)), f"平面，CGCS2000，3 度带第 {zone} 带，东坐标以 {zone} 开头"),
    ]
