"""Markers for programs (数据接口): rounded for everybody, precise for whoever may see the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.inspection import Inspection
from boundary.register import Marker

_PUBLIC = text("""
    SELECT code, number, name, level, standing, faces, state, valid_from, made_up, data_note, rounded_to_m,
           ST_AsGeoJSON(geom, 5) AS shape
    FROM published.boundary_marker
    WHERE (CAST(:code AS text) IS NULL OR code = :code)
      AND (:q = '' OR name LIKE '%' || :q || '%' OR number LIKE '%' || :q || '%')
      AND (CAST(:west AS float8) IS NULL
           OR geom && ST_MakeEnvelope(CAST(:west AS float8), CAST(:south AS float8), CAST(:east AS float8),
                                      CAST(:north AS float8), 4490))
      AND code > :after
    ORDER BY code LIMIT :most
""")
Box = tuple[float, float, float, float]


def rounded(
    db: Session,
    *,
    code: str | None = None,
    q: str = "",
    box: Box | None = None,
    after: str = "",
    most: int = 100,
) -> list[dict[str, Any]]:
    """Public markers as GeoJSON features, each in the middle of its square of at least 100 m."""
    west, south, east, north = box or (None, None, None, None)
    rows = db.execute(_PUBLIC, {"code": code, "q": q, "west": west, "south": south, "east": east, "north": north,
                                "after": after, "most": most})  # fmt: skip
    return [
        {
            "type": "Feature",
            "id": row.code,
            "geometry": orjson.loads(row.shape) if row.shape else None,
            "properties": {
                "code": row.code, "number": row.number, "name": row.name, "level": row.level,
                "standing": row.standing, "faces": row.faces, "state": row.state,
                "valid_from": row.valid_from, "data_note": row.data_note, "rounded_to_m": row.rounded_to_m,
            },
        }
        for row in rows
    ]  # fmt: skip


def precise(markers: Sequence[Marker]) -> list[dict[str, Any]]:
    """Markers as GeoJSON features with positions and reference objects; internal."""
    return [
        {
            "type": "Feature",
            "id": one.code,
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]} if one.point is not None else None,
            "properties": {
                "code": one.code, "number": one.number, "name": one.name, "level": one.level,
                "type": one.type_text, "lines": list(one.lines), "material": one.material,
                "location": one.location, "state": one.state, "height": one.height, "north": one.north,
                "east": one.east, "is_public": one.is_public, "made_up": one.made_up,
                "references": [
                    {"serial": o.serial, "name": o.name, "azimuth": o.azimuth, "distance": o.distance}
                    for o in one.references
                ],
            },
        }
        for one in markers
    ]  # fmt: skip


def inspections(found: Sequence[Inspection]) -> list[dict[str, Any]]:
    """Records of a round as plain values; internal."""
    return [
        {
            "id": str(one.id), "version": one.version, "round": one.reading.round, "marker": one.reading.marker,
            "state": one.reading.state, "inspected_at": one.reading.inspected_at, "inspectors": one.reading.inspectors,
            "measured": one.reading.measured, "references": one.reading.references, "cleaned": one.reading.cleaned,
            "repainted": one.reading.repainted, "action": one.reading.action, "note": one.reading.note,
            "photos": [{"id": str(p.id), "face": p.face, "direction": p.direction} for p in one.photos],
            "signed_by": [s.division for s in one.valid_signatures], "made_up": one.made_up,
        }
        for one in found
    ]  # fmt: skip
