"""What a scan tells the public (扫码): the standard address, the name's story, services nearby, words for an emergency call.

Nothing of persons: no installer, no owner, no reporter, and the door's registered place, not where the plate was hung.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.plates.records import Plate, find

NEAR_M: Final = 1500
KINDS: Final = {"meal": "助餐", "care": "养老", "cemetery": "公墓", "other": "服务"}
_WINDS: Final = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")

_STORY = text("""
    SELECT coalesce(r.name, v.standard_name, '') AS name, coalesce(r.meaning, v.meaning, '') AS meaning,
           coalesce(v.origin, '') AS origin, coalesce(v.history, '') AS history
    FROM register.address a
    LEFT JOIN register.road r ON r.code = a.road AND a.handle_kind = 'road'
    LEFT JOIN register.place v ON v.code = CASE a.handle_kind WHEN 'natvil' THEN a.natvil WHEN 'estate' THEN a.estate END
    WHERE a.code = :address
""")
# The box first, for the index; then the true distance on the ellipsoid.
_NEAR = text("""
    SELECT f.name, f.kind, f.category, f.phone, f.opening, m.metres, m.degrees, f.made_up
    FROM register.facility f
    CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(:lon, :lat), 4490) AS here) h
    CROSS JOIN LATERAL (
      SELECT ST_DistanceSpheroid(h.here, ST_PointOnSurface(f.geom)) AS metres,
             degrees(ST_Azimuth(h.here, ST_PointOnSurface(f.geom))) AS degrees
    ) m
    WHERE f.geom && ST_Expand(h.here, :reach) AND f.valid_to IS NULL AND f.kind <> 'cemetery' AND f.state = '在用'
      AND m.metres <= :near
    ORDER BY m.metres, f.code LIMIT 5
""")
# The next door with a plate on another road tells a crew from which side they come.
_CROSSING = text("""
    SELECT r.name FROM register.road_segment s JOIN register.road r ON r.code = s.road
    JOIN register.address a ON a.code = :address
    WHERE s.geom && ST_Expand(ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), 0.004) AND r.valid_to IS NULL
      AND r.code IS DISTINCT FROM a.road AND r.name <> ''
    ORDER BY s.geom <-> ST_SetSRID(ST_MakePoint(:lon, :lat), 4490) LIMIT 1
""")


# Where a door that ended went (承继), to the end of the chain: the addresses in force today.
_MOVED = text("""
    WITH RECURSIVE chain AS (
      SELECT successor, 1 AS step FROM register.address_succession WHERE predecessor = :address
      UNION
      SELECT s.successor, c.step + 1 FROM chain c
      JOIN register.address_succession s ON s.predecessor = c.successor WHERE c.step < 20
    )
    SELECT DISTINCT a.code, a.standard_address FROM chain c JOIN register.address a ON a.code = c.successor
    WHERE a.valid_to IS NULL ORDER BY a.standard_address LIMIT 10
""")


@dataclass(frozen=True, slots=True)
class Story:
    """Where the name comes from; empty parts are not known."""

    name: str
    meaning: str
    origin: str
    history: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service nearby; distance in metres, direction as one of eight winds."""

    name: str
    kind: str
    phone: str
    opening: str
    distance_m: int
    wind: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The address in force that took the place of one that ended."""

    code: str
    standard_address: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanned plate tells everybody.

    Attributes:
        plate: the record; the page shows only what is public of it.
        successor: the plate that took its place, if one did; ``plate`` is then no longer in use.
        story: about the name, or None.
        services: what is near, the nearest first.
        call: the sentence to read to 110, 119 or 120.
        moved: the addresses that took the place of a retired one; empty while it is in force.
    """

    plate: Plate
    successor: Plate | None
    story: Story | None
    services: Sequence[Service]
    call: str
    moved: Sequence[Moved] = ()


def scan(db: Session, plate: Plate) -> Scan:
    """Everything a scan of this plate tells; of a replaced one, with the plate that hangs now."""
    successor = _last_successor(db, plate)
    shown = successor or plate
    services = _services(db, shown)
    moved = (
        [Moved(*row) for row in db.execute(_MOVED, {"address": shown.address})] if shown.address_ended else []
    )
    return Scan(plate, successor, _story(db, shown.address), services, _call(db, shown, moved), moved)


def _last_successor(db: Session, plate: Plate) -> Plate | None:
    """The end of the chain of replacements that hangs; one still being made is no successor yet."""
    found, seen = None, {plate.code}
    following = plate.replaced_by
    while following and following not in seen:
        seen.add(following)
        after = find(db, following)
        if after is None:
            break
        if after.state in {"hung", "damaged", "missing"}:
            found = after
        following = after.replaced_by
    return found


def _story(db: Session, address: str) -> Story | None:
    row = db.execute(_STORY, {"address": address}).one_or_none()
    return Story(*row) if row and (row.meaning or row.origin or row.history) else None


def _services(db: Session, plate: Plate) -> list[Service]:
    if plate.lon is None or plate.lat is None:
        return []
    reach = NEAR_M / 111_320 / math.cos(math.radians(plate.lat))
    rows = db.execute(_NEAR, {"lon": plate.lon, "lat": plate.lat, "near": NEAR_M, "reach": reach})
    return [
        Service(r.name, r.category or KINDS[r.kind], r.phone, r.opening, round(r.metres / 10) * 10,
                _WINDS[round((r.degrees or 0) / 45) % 8], r.made_up)
        for r in rows
    ]  # fmt: skip


def _call(db: Session, plate: Plate, moved: Sequence[Moved]) -> str:
    """Plain words, in the order a call taker asks: where, near what, the code that finds it exactly."""
    # Crews find the address in force; the old one stands on the plate that the caller sees.
    now = moved[0].standard_address if len(moved) == 1 else plate.standard_address
    said = f"我在{now}" + ("（门牌上写的是已停用的旧地址）" if len(moved) == 1 else "")
    if plate.lon is not None:
        here = {"lon": plate.lon, "lat": plate.lat, "address": plate.address}
        crossing = db.scalar(_CROSSING, here)
        said += f"，靠近{crossing}" if crossing else ""
    place = f"，经度 {plate.lon:.5f}，纬度 {plate.lat:.5f}" if plate.lon is not None else ""
    return f"{said}。门牌码 {plate.code[:4]} {plate.code[4:8]} {plate.code[8:]}{place}。"
