"""Whether a place can be seen from the lines of a layer (可视范围), by the ground's heights where they are given.

Heights know no woods and no buildings: what is hidden by the ground is hidden, what is seen over it may still be screened,
so the outcome stays with a person.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.settings import settings
from geo.terrain import Heights, read_heights, seen_from

#: Metres between two places on a road from which somebody looks.
STEP_M: Final = 25.0
_M_PER_DEGREE: Final = 111_320.0
_NEAR = text("""
    SELECT ST_AsBinary(ST_Intersection(geom, ST_SetSRID(
      ST_Buffer(CAST(ST_GeomFromText(:wkt, 4490) AS geography), :limit)::geometry, 4490))) AS part
    FROM register.siting_layer WHERE layer = :layer AND register.is_in_force(valid_from, valid_to, :on_day)
      AND ST_DWithin(geom::geography, CAST(ST_GeomFromText(:wkt, 4490) AS geography), :limit)
    ORDER BY id
""")


def sight(db: Session, wkt: str, layer: str, on_day: date, limit: float) -> tuple[bool | None, str]:
    """Whether any place on the layer's lines within the limit sees the site; None with the reason where nobody can say."""
    held = heights()
    if held is None:
        return None, "没有地形数据，可视范围未核，需人工核"
    rows = db.execute(_NEAR, {"wkt": wkt, "layer": layer, "on_day": on_day, "limit": limit})
    eyes = _places([shapely.from_wkb(bytes(row.part)) for row in rows if row.part is not None])
    site = shapely.from_wkt(wkt)
    told = (
        np.max([seen_from(held, eyes, (x, y)) for x, y in _corners(site)], axis=0)
        if len(eyes)
        else np.zeros(0)
    )
    if not len(told) or (told < 0).all():
        return None, "地形数据没有覆盖这里，可视范围未核，需人工核"
    seen, unknown = int((told == 1).sum()), int((told < 0).sum())
    if seen:
        return True, f"按地形，沿线 {seen * STEP_M:.0f} 米路段可以看到（未计树木和建筑），需人工核"
    if unknown:
        return None, f"按地形看不到，但有 {unknown * STEP_M:.0f} 米路段缺少地形数据，需人工核"
    return False, "按地形，沿线都看不到"


def heights() -> Heights | None:
    """The grid that the setting names; None without one."""
    file = settings().heights
    return _read(file, file.stat().st_mtime_ns if file.is_file() else 0) if file else None


@lru_cache(maxsize=1)
def _read(file: Path, changed: int) -> Heights:
    return read_heights(file)


def _places(parts: list[shapely.Geometry]) -> NDArray[np.float64]:
    """Places every 25 metres along lines, or along the outline of areas."""
    lines = [line if line.geom_type.endswith("LineString") else shapely.boundary(line) for line in parts]
    points = [
        shapely.line_interpolate_point(piece, np.arange(0, piece.length + 1e-12, STEP_M / _M_PER_DEGREE))
        for line in lines for piece in shapely.get_parts(line) if piece.length
    ]  # fmt: skip
    return shapely.get_coordinates(np.concatenate(points)) if points else np.zeros((0, 2))


def _corners(site: shapely.Geometry) -> list[tuple[float, float]]:
    """The corners of an area and its middle, at most twenty of them; a point is itself."""
    at = shapely.get_coordinates(site)
    middle = shapely.get_coordinates(shapely.point_on_surface(site))
    chosen = np.concatenate([at[:: max(1, len(at) // 20)], middle])
    return [(float(x), float(y)) for x, y in chosen]
