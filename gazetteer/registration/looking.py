"""Search before create (先查后建): what stands or is under way under the same or nearly the same address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.matching.numbers import canonical
from gazetteer.numbering.under import under
from geo.problems import NotFound

_SAME = text(f"""
    SELECT a.code, a.standard_address, a.valid_to, 'address' AS what FROM register.address a
    WHERE {under("a", ":handle")} AND a.number = :number AND (:sub = '' OR a.sub = :sub) AND (:bld = '' OR a.bld = :bld)
      AND (:bld <> '' OR a.bld = '')
    UNION ALL
    SELECT g.code, g.handle_name || g.number || '号（' || s.label || '）', NULL, 'registration'
    FROM register.registration g JOIN register."case" c ON c.machine = 'registration' AND c.subject = g.code
    JOIN register.case_state s ON s.machine = c.machine AND s.state = c.state
    WHERE g.handle = :handle AND g.number = :number AND g.sub = :sub AND g.bld = :bld AND NOT s.final
    ORDER BY 3 NULLS FIRST, 2 LIMIT 20
""")  # noqa: S608
_NEAR = text("""
    SELECT a.code, a.standard_address, a.valid_to, 'near' AS what
    FROM register.address_point p JOIN register.address a ON a.code = p.address
    WHERE a.valid_to IS NULL AND a.bld = ''
      AND ST_DWithin(p.geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), 0.00005)
      AND ST_DistanceSphere(p.geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490)) <= :near
    ORDER BY p.geom <-> ST_SetSRID(ST_MakePoint(:lon, :lat), 4490) LIMIT 5
""")
_HANDLES = text("""
    SELECT code, name, kind, division, town FROM (
      SELECT r.code, r.name, 'road' AS kind, r.division, d.name AS town, 0 AS rank FROM register.road r
      JOIN register.division d ON d.code = r.division
      WHERE r.valid_to IS NULL AND r.state IN ('现行', '未登记') AND r.name LIKE :like
      UNION ALL
      SELECT p.code, p.standard_name, CASE p.category WHEN 'C' THEN 'natvil' ELSE 'estate' END, p.division,
             coalesce(d.name, ''), 1 FROM register.place p LEFT JOIN register.division d ON d.code = p.division
      WHERE p.valid_to IS NULL AND p.category IN ('C', 'F') AND p.state IN ('现行', '未登记') AND p.standard_name LIKE :like
    ) h WHERE :home = '' OR division LIKE :home || '%' ORDER BY (name <> :q), rank, length(name), name LIMIT 12
""")
_CASES = text("""
    SELECT g.code, g.kind, coalesce(g.decided_on, g.applied_on), s.label
    FROM register.registration g JOIN register."case" c ON c.machine = 'registration' AND c.subject = g.code
    JOIN register.case_state s ON s.machine = c.machine AND s.state = c.state
    WHERE g.address = :code OR g.result = :code ORDER BY g.applied_on DESC, g.code DESC LIMIT 50
""")
_SUCCESSOR = text("""
    WITH RECURSIVE chain AS (
      SELECT successor, 1 AS step FROM register.address_succession WHERE predecessor = :code
      UNION ALL
      SELECT s.successor, c.step + 1 FROM chain c JOIN register.address_succession s ON s.predecessor = c.successor
      WHERE c.step < 20
    )
    SELECT a.code, a.standard_address FROM chain c JOIN register.address a ON a.code = c.successor
    WHERE a.valid_to IS NULL ORDER BY c.step LIMIT 1
""")
NEAR_M = 2.0


@dataclass(frozen=True, slots=True)
class Known:
    """Something that stands already: an address, a case under way (``registration``), a door at the same place (``near``)."""

    code: str
    text: str
    ended: date | None
    what: str

    @property
    def blocks(self) -> bool:
        """Whether a new registration would be a double."""
        return self.ended is None and self.what in ("address", "registration")


@dataclass(frozen=True, slots=True)
class Handle:
    """A road, natural village or estate to choose."""

    code: str
    name: str
    kind: str
    division: str
    town: str


@dataclass(frozen=True, slots=True)
class Case:
    """A registration as the record of its address shows it."""

    code: str
    kind: str
    on: date
    state_label: str


def same(db: Session, handle: str, number: str, sub: str = "", bld: str = "") -> list[Known]:
    """Addresses and open cases with this number on this road, village or estate; ended ones last."""
    asked = {"handle": handle, "number": canonical(number) if number else "", "sub": sub, "bld": bld}
    return [Known(*row) for row in db.execute(_SAME, asked)]


def near(db: Session, lon: float, lat: float) -> list[Known]:
    """Doors of the register at nearly the same place."""
    return [Known(*row) for row in db.execute(_NEAR, {"lon": lon, "lat": lat, "near": NEAR_M})]


def handles(db: Session, q: str, division: str = "") -> list[Handle]:
    """Roads, natural villages and estates whose name begins with or holds ``q``; of a division where one is given."""
    plain = q.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    home = division.rstrip("0") if division else ""
    found = db.execute(_HANDLES, {"like": f"%{plain}%", "q": q.strip(), "home": home})
    return [Handle(*row) for row in found]


def successor(db: Session, code: str) -> tuple[str, str] | None:
    """The address in force that took the place of a retired one: code and standard address."""
    row = db.execute(_SUCCESSOR, {"code": code}).one_or_none()
    return (row.code, row.standard_address) if row else None


def address_of(db: Session, code: str) -> tuple[str, bool]:
    """Standard address of a code, and whether it is in force.

    Raises:
        NotFound: no such address.
    """
    row = db.execute(
        text("SELECT standard_address, valid_to IS NULL AS live FROM register.address WHERE code = :c"),
        {"c": code},
    ).one_or_none()
    if row is None:
        raise NotFound(f"没有编码为{code[:20]}的地址。", "先查找，再从结果中选一个。")
    return row.standard_address, row.live


def ended(db: Session, code: str) -> tuple[str, date] | None:
    """Standard address and last day of an address that is no longer in force; None for any other code."""
    row = db.execute(
        text(
            "SELECT standard_address, valid_to FROM register.address WHERE code = :c AND valid_to <= current_date"
        ),
        {"c": code},
    ).one_or_none()
    return (row.standard_address, row.valid_to) if row else None


def cases_of(db: Session, address: str) -> list[Case]:
    """Every registration that began or ended with an address, the newest first."""
    return [Case(*row) for row in db.execute(_CASES, {"code": address})]
