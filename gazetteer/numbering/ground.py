"""What the register knows of a road or natural village when a number is to be given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering.model import Standing, Suggestion
from gazetteer.numbering.roadline import RoadLine, road_line
from gazetteer.numbering.rules import Rules, rules_of
from gazetteer.numbering.suggest import suggest
from gazetteer.numbering.under import under
from gazetteer.numbering.village import next_in_village
from geo.problems import NotFound

_HANDLE = text("""
    SELECT 'road' AS kind, r.code, r.name, r.division, r.made_up, r.number_from, r.number_to FROM register.road r
    WHERE r.code = :code AND r.valid_to IS NULL AND r.state <> '销名'
    UNION ALL
    SELECT CASE p.category WHEN 'C' THEN 'natvil' ELSE 'estate' END, p.code, p.standard_name, p.division, p.made_up,
           NULL, NULL
    FROM register.place p WHERE p.code = :code AND p.valid_to IS NULL AND p.state <> '销名'
""")
_LINES = text(
    "SELECT ST_AsBinary(geom) FROM register.road_segment WHERE road = :code AND valid_to IS NULL ORDER BY id"
)
_DOORS = text(f"""
    SELECT a.code, a.number_order AS main, CASE WHEN a.number ~ '^[0-9]+$' THEN a.sub ELSE '' END AS sub,
           ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat
    FROM register.address a LEFT JOIN LATERAL (
      SELECT geom FROM register.address_point q WHERE q.address = a.code
      ORDER BY array_position(ARRAY['entrance', 'plate', 'building', 'parcel', 'unit'], q.kind) LIMIT 1) p ON true
    WHERE {under("a", ":code")} AND a.valid_to IS NULL AND a.bld = '' AND a.number_order IS NOT NULL
    ORDER BY a.number_order
""")  # noqa: S608
_CLAIMS = text("""
    SELECT main, sub, along_m, side, state FROM register.number_claim
    WHERE handle = :code AND state IN ('held', 'reserved')
""")


@dataclass(frozen=True)
class Ground:
    """A road, natural village or estate with everything that stands on it."""

    kind: str
    code: str
    name: str
    division: str
    made_up: bool
    number_from: int | None
    number_to: int | None
    pieces: tuple[shapely.LineString, ...]
    doors: tuple[tuple[str, int, str, float | None, float | None], ...]
    claims: tuple[tuple[int, str, float | None, int | None, str], ...]

    @cached_property
    def rules(self) -> Rules:
        """The rules of its county today."""
        return rules_of(self.division)

    @cached_property
    def line(self) -> RoadLine:
        """The road as one line, beginning where numbers begin; BadInput without a line."""
        return road_line(self.pieces, self.rules)

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """Every number that stands, is held or kept back, placed along the road."""
        found = [self._placed(*door) for door in self.doors]
        found += [
            Standing(main, _sub(sub), along, side or (1 if main % 2 else -1), reserved=state == "reserved")
            for main, sub, along, side, state in self.claims
        ]
        return tuple(found)

    def _placed(self, code: str, main: int, sub: str, lon: float | None, lat: float | None) -> Standing:
        if lon is None or lat is None or not self.pieces:
            return Standing(main, _sub(sub), code=code)
        at = self._places[code]
        return Standing(main, _sub(sub), at[0], at[1], code=code)

    @cached_property
    def _places(self) -> dict[str, tuple[float, int]]:
        known = [d for d in self.doors if d[3] is not None and d[4] is not None]
        placed = self.line.place(
            np.array([d[3] for d in known], float), np.array([d[4] for d in known], float)
        )
        return {
            d[0]: (float(along), int(side))
            for d, along, side in zip(known, placed.along_m, placed.side, strict=True)
        }

    def suggest(self, lon: float, lat: float) -> Suggestion:
        """The number for a door at a place (CGCS2000 degrees), with its reasons."""
        if self.kind == "natvil" or not self.pieces:
            return next_in_village(self.rules, self.standing)
        placed = self.line.place(np.array([lon]), np.array([lat]))
        return suggest(self.line, self.rules, self.standing, float(placed.along_m[0]), int(placed.side[0]))


def _sub(sub: str) -> int:
    return int(sub) if sub.isdigit() and len(sub) < 6 else 0 if not sub else 99_999


def rules_here(db: Session) -> Rules:
    """The rules of the county whose addresses the register holds; those of the demo's county while it is empty."""
    county = db.scalar(text("SELECT county FROM register.address LIMIT 1"))
    return rules_of(str(county)) if county else rules_of()


def load(db: Session, code: str) -> Ground:
    """Read a road, natural village or estate in force.

    Raises:
        NotFound: there is none of this code.
    """
    row = db.execute(_HANDLE, {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编码为{code}的道路、自然村或小区。", "先选择道路、自然村或小区。")
    pieces = (
        tuple(shapely.from_wkb(bytes(w)) for w in db.scalars(_LINES, {"code": code}))
        if row.kind == "road"
        else ()
    )
    doors = tuple((d.code, d.main, d.sub, d.lon, d.lat) for d in db.execute(_DOORS, {"code": code}))
    claims = tuple(tuple(c) for c in db.execute(_CLAIMS, {"code": code}))
    return Ground(row.kind, row.code, row.name, row.division or "", row.made_up, row.number_from, row.number_to,
                  pieces, doors, claims)  # fmt: skip
