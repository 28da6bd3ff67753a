"""The register's network as segments, and what doors use though nobody registered it."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.road_audit.model import RoadFinding, Segment

_SEGMENTS = text("""
    SELECT id, ST_AsBinary(geom) AS line, name, road, road_class, township, made_up FROM register.network_segment
    ORDER BY id
""")
_UNREGISTERED = text("""
    SELECT a.handle_name AS name, coalesce(a.town, a.county) AS township, count(*) AS doors, bool_or(a.made_up) AS made_up,
           array_agg(DISTINCT a.road) FILTER (WHERE a.road IS NOT NULL) AS roads,
           ST_AsBinary(ST_Collect(p.geom)) AS points
    FROM register.address a
    LEFT JOIN register.road r ON r.code = a.road
    LEFT JOIN LATERAL (SELECT geom FROM register.address_point q WHERE q.address = a.code ORDER BY kind LIMIT 1) p ON true
    WHERE a.valid_to IS NULL AND a.handle_kind = 'road' AND a.handle_name <> ''
      AND (r.code IS NULL OR r.state = '未登记' OR r.valid_to IS NOT NULL)
    GROUP BY 1, 2 ORDER BY 3 DESC
""")

# A plate shows the name of the day it was ordered; one ordered before the renaming and still in use shows the old one.
_OLD_PLATES = text("""
    SELECT n.old_name AS name, n.new_name, n.code AS road, coalesce(a.town, a.county) AS township, count(*) AS plates,
           bool_or(p.made_up) AS made_up, ST_AsBinary(ST_Collect(q.geom)) AS points
    FROM register.renaming n
    JOIN register.plate p ON p.address = ANY (n.moved) AND p.retired_at IS NULL AND p.ordered_at < n.at
    JOIN register.address a ON a.code = p.address AND a.valid_to IS NULL
    LEFT JOIN LATERAL (SELECT geom FROM register.address_point t WHERE t.address = a.code ORDER BY kind LIMIT 1) q ON true
    WHERE n.undone_at IS NULL AND n.kind = 'road'
      AND NOT EXISTS (SELECT FROM register.plate r WHERE r.replaces = p.code AND r.retired_at IS NULL)
    GROUP BY n.id, n.old_name, n.new_name, n.code, coalesce(a.town, a.county) ORDER BY 5 DESC
""")


def segments(db: Session) -> list[Segment]:
    """Every line in force, CGCS2000 degrees."""
    return [
        Segment(
            r.id,
            shapely.from_wkb(r.line),
            (r.name,) if r.name else (),
            r.road,
            r.road_class,
            r.township,
            r.made_up,
        )
        for r in db.execute(_SEGMENTS)
    ]


def unregistered(db: Session) -> Iterator[RoadFinding]:
    """Road names that doors carry and the register does not know as names (未登记), township by township."""
    for r in db.execute(_UNREGISTERED):
        yield RoadFinding(
            "unregistered", f"unregistered:{r.township}:{r.name}", r.name,
            f"{r.doors}个地址写着“{r.name}”，登记册里没有这个现行名称",
            "是真实道路的发起命名；是别名或错写的，改为标准名称", shapely.from_wkb(r.points) if r.points else None,
            0.0, r.township, (r.name,), tuple(r.roads or ()), (), {"addresses": r.doors}, bool(r.made_up),
        )  # fmt: skip


def old_plates(db: Session) -> Iterator[RoadFinding]:
    """Door plates in use that still show the name from before a renaming (更名后未换的门牌), township by township."""
    for r in db.execute(_OLD_PLATES):
        yield RoadFinding(
            "unregistered", f"old-plates:{r.township}:{r.road}:{r.name}", f"{r.name}（旧门牌）",
            f"{r.plates}块门牌还是更名前的“{r.name}”，现名“{r.new_name}”", "请为这些门牌换发，换发后再排查即消除",
            shapely.from_wkb(r.points) if r.points else None, 0.0, r.township, (r.name, r.new_name), (r.road,), (),
            {"plates": r.plates}, bool(r.made_up),
        )  # fmt: skip
