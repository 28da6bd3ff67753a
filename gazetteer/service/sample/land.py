"""Made-up ground for the siting overlay: a reservoir, a forest park, farmland; the trunk roads are the register's own."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

_LAND = text("""
    WITH middle AS (SELECT ST_Centroid(ST_Collect(geom)) AS at FROM register.facility WHERE kind = 'cemetery' AND made_up)
    INSERT INTO register.siting_layer (layer, name, geom, source, made_up, valid_from)
    SELECT CAST(:layer AS text), CAST(:name AS text),
      ST_SetSRID(ST_Multi(ST_Buffer(ST_Translate(at, :east, :north)::geography, :radius)::geometry), 4490), '示例数据', true, '2020-01-01'
    FROM middle WHERE at IS NOT NULL
""")
_TRUNK = text("""
    INSERT INTO register.siting_layer (layer, name, geom, source, made_up, valid_from)
    SELECT '公路主干线', r.name, ST_Multi(ST_Collect(s.geom ORDER BY s.id)), '示例数据', true, '2020-01-01'
    FROM register.road r JOIN register.road_segment s ON s.road = r.code
    WHERE r.made_up AND r.name LIKE '%大道' AND r.valid_to IS NULL GROUP BY r.code, r.name ORDER BY r.code
""")
_AREAS = (
    ("水库", "示例水库", -0.05, -0.02, 1500.0), ("水源一级保护区", "示例水库一级保护区", -0.05, -0.02, 900.0),
    ("森林公园", "示例森林公园", -0.09, 0.03, 1200.0), ("耕地", "示例永久基本农田", 0.02, 0.01, 800.0),
    ("林地", "示例林地", -0.07, 0.01, 2500.0),
)  # fmt: skip


def add_land(db: Session) -> None:
    """Five areas about the middle of the cemeteries, and the avenues as trunk roads."""
    for layer, name, east, north, radius in _AREAS:
        db.execute(_LAND, {"layer": layer, "name": name, "east": east, "north": north, "radius": radius})
    db.execute(_TRUNK)
