"""The walking network of the register (步行路网): built from its road segments, kept as a file, rebuilt on change."""

from __future__ import annotations

import hashlib
import threading

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.rules import rules
from geo.network import Network, Walk, build, load, save
from geo.settings import settings

# Cheap to ask and different whenever a segment came, went or moved.
_STAMP = text("""
    SELECT concat_ws(':', count(*), coalesce(max(id), 0), coalesce(max(updated_at)::text, ''),
      coalesce(sum(('x' || left(md5(ST_AsBinary(geom)), 8))::bit(32)::bigint), 0))
    FROM register.road_segment WHERE register.is_in_force(valid_from, valid_to, current_date)
""")
_SEGMENTS = text("""
    SELECT ST_AsBinary(s.geom) AS line, coalesce(nullif(s.road_class, ''), r.road_class, '') AS road_class
    FROM register.road_segment s LEFT JOIN register.road r ON r.code = s.road
    WHERE register.is_in_force(s.valid_from, s.valid_to, current_date) ORDER BY s.id
""")
_BUSY = ("主干", "快速", "trunk", "primary")
_lock = threading.Lock()
_known: dict[str, Network] = {}


def walking_network(db: Session) -> Network:
    """The network as the register's roads are now; the first call after a change builds it.

    It is the same file for every worker. Without any road it has no edges, and every way is a straight line.
    """
    meals = rules().meals
    walk = Walk(meals.speed_mps, meals.crossing_s, meals.detour)
    digest = hashlib.sha256(f"{db.scalar(_STAMP)}|{walk}".encode()).hexdigest()
    with _lock:
        if digest not in _known:
            _known.clear()
            _known[digest] = _opened(db, walk, digest)
        return _known[digest]


def _opened(db: Session, walk: Walk, digest: str) -> Network:
    path = settings().home / "network" / "walking.npz"
    network = load(path, digest=digest)
    if network is None:
        rows = db.execute(_SEGMENTS).all()
        lines = shapely.from_wkb([bytes(row.line) for row in rows])
        busy = [row.road_class.startswith(_BUSY) for row in rows]
        network = build(lines, walk=walk, busy=busy, digest=digest)
        save(network, path)
    return network
