"""Read the register as columns for the diagnosis, in a few wide queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gazetteer.diagnosis.columns import Doors, Handles, Plates, Register
from gazetteer.numbering.plane import Floats, flat, meridian_of, to_metres
from gazetteer.numbering.roadline import merge, turned
from gazetteer.numbering.rules import Rules, rules_of

_HANDLES = text("""
    SELECT r.code, r.name, coalesce(r.division, '') AS division, coalesce(CASE WHEN d.level >= 4 THEN rpad(left(d.code, 9), 12, '0') END, '') AS town,
           coalesce(r.number_from, -1) AS lowest, coalesce(r.number_to, -1) AS highest, coalesce(r.width_m, 0) / 2 AS half
    FROM register.road r JOIN register.division d ON d.code = r.division
    WHERE r.valid_to IS NULL AND r.state <> '销名' AND (:town = '' OR r.division LIKE :town || '%' OR EXISTS (
      SELECT FROM register.address a WHERE a.road = r.code AND a.town LIKE :town || '%'))
    UNION ALL
    SELECT p.code, p.standard_name, coalesce(p.division, ''), coalesce(rpad(left(p.division, 9), 12, '0'), ''), -1, -1, 0
    FROM register.place p WHERE p.valid_to IS NULL AND p.category = 'C' AND p.state <> '销名'
      AND (:town = '' OR p.division LIKE :town || '%')
      AND EXISTS (SELECT FROM register.address a WHERE a.natvil = p.code AND a.handle_kind = 'natvil')
    ORDER BY 1
""")
_LINES = text("""
    SELECT road, ST_AsBinary(geom) AS geom FROM register.road_segment
    WHERE road IS NOT NULL AND valid_to IS NULL ORDER BY road, id
""")
# A building with a number of its own entrance is a door; what lies behind a door is none.
_DOORS = text("""
    SELECT a.code, CASE a.handle_kind WHEN 'road' THEN a.road ELSE a.natvil END AS handle, a.number,
           coalesce(a.number_order, 0) AS main, a.sub, a.number ~ '^[0-9]+$' AS plain, ST_X(p.geom) AS lon,
           ST_Y(p.geom) AS lat
    FROM register.address a
    LEFT JOIN LATERAL (
      SELECT q.geom FROM register.address_point q WHERE q.address = a.code
      ORDER BY array_position(ARRAY['entrance', 'plate', 'building', 'parcel', 'unit'], q.kind) LIMIT 1) p ON true
    WHERE a.valid_to IS NULL AND a.handle_kind IN ('road', 'natvil') AND a.number <> '' AND a.bld = '' AND a.unit = ''
      AND a.room = '' AND a.principal IS NULL
""")
_RESERVED = text("SELECT handle, main FROM register.number_claim WHERE state IN ('reserved', 'held')")
_HUNG = text("""
    SELECT p.code, p.address, p.ordered_at, a.valid_to IS NOT NULL AS ended, a.handle_name, a.number
    FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
    JOIN register.address a ON a.code = p.address WHERE c.state = 'hung'
""")
_OLD = text("""
    SELECT DISTINCT ON (p.code) p.code, p.address, h.handle_name
    FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code AND c.state = 'hung'
    JOIN register.address a ON a.code = p.address AND a.valid_to IS NULL
    JOIN register.address_history h ON h.code = p.address AND h.superseded_at > p.ordered_at
    WHERE h.handle_name <> a.handle_name ORDER BY p.code, h.superseded_at
""")
_SEEN = text("""
    SELECT s.id, s.face, s.handle, s.number FROM register.plate_seen s
    WHERE s.settled_at IS NULL AND NOT EXISTS (
      SELECT FROM register.address a WHERE coalesce(a.road, a.natvil) = s.handle AND a.number = s.number
        AND a.valid_to IS NULL)
""")


def load(db: Session, rules: Rules | None = None, *, town: str = "") -> Register:
    """The whole register, or one township's roads and villages, as columns in metres.

    Where numbers begin and which side is odd follow the rules of each road's own county, unless ``rules`` are given.
    """
    known = db.execute(_HANDLES, {"town": town.rstrip("0")}).all()
    ruled = [rules or rules_of(row.division[:6] or "000000") for row in known]
    place = {row.code: at for at, row in enumerate(known)}
    doors = [row for row in db.execute(_DOORS) if row.handle in place]
    meridian = _meridian(doors)
    handles = _handles(db, known, place, ruled, meridian)
    reserved = frozenset((place[h], main) for h, main in db.execute(_RESERVED) if h in place)
    return Register(handles, _doors(doors, place, meridian), _plates(db, place), reserved)


def _meridian(doors: list[Row[Any]]) -> float:
    known = [row.lon for row in doors if row.lon is not None]
    return meridian_of(float(np.median(known))) if known else 121.2


def _handles(
    db: Session, known: Any, place: dict[str, int], ruled: Sequence[Rules], meridian: float
) -> Handles:
    pieces: defaultdict[str, list[shapely.LineString]] = defaultdict(list)
    for road, geom in db.execute(_LINES):
        if road in place:
            pieces[road].append(shapely.from_wkb(bytes(geom)))
    lines = np.empty(len(known), dtype=object)
    for road, parts in pieces.items():
        if any(part.length for part in parts):
            merged, _ = merge([flat(part, meridian) for part in parts])
            lines[place[road]] = turned(merged, ruled[place[road]])[0]
    return Handles(
        [r.code for r in known], [r.name for r in known], [r.town for r in known], lines,
        np.array([r.lowest for r in known], dtype=np.int64), np.array([r.highest for r in known], dtype=np.int64),
        np.array([r.half for r in known], dtype=float), np.array([rules["odd_side"] == "left" for rules in ruled], dtype=bool),
    )  # fmt: skip


def _doors(rows: list[Row[Any]], place: dict[str, int], meridian: float) -> Doors:
    return Doors(
        [r.code for r in rows], np.array([place[r.handle] for r in rows], dtype=np.int64), [r.number for r in rows],
        np.array([r.main for r in rows], dtype=np.int64), [r.sub for r in rows],
        np.array([bool(r.plain) for r in rows], dtype=bool), _metres(rows, meridian),
    )  # fmt: skip


def _metres(rows: list[Row[Any]], meridian: float) -> Floats:
    degrees = np.array(
        [(r.lon, r.lat) if r.lon is not None else (np.nan, np.nan) for r in rows], float
    ).reshape(-1, 2)
    xy = np.full(degrees.shape, np.nan)
    known = np.isfinite(degrees).all(axis=1)
    if known.any():
        xy[known] = to_metres(degrees[known, 0], degrees[known, 1], meridian)
    return xy


def _plates(db: Session, place: dict[str, int]) -> Plates:
    hung = db.execute(_HUNG).all()
    return Plates(
        begun=bool(hung),
        hung=frozenset(row.address for row in hung if not row.ended),
        orphans=[
            (row.code, row.handle_name, f"{row.handle_name}{row.number}号") for row in hung if row.ended
        ],
        old_names=[(row.code, row.address, row.handle_name) for row in db.execute(_OLD)],
        unknown=[
            (row.id, row.face, place.get(row.handle or "", -1), row.number) for row in db.execute(_SEEN)
        ],
    )
