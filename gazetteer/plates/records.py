"""Plates as one looks at them (门牌记录): one by its code, many by filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput, NotFound

_COLUMNS: Final = """
    SELECT p.code, p.address, p.kind, p.reason, p.replaces, p.batch, p.installed_by, p.installed_at, p.accuracy_m,
           ST_X(p.installed_point) AS installed_lon, ST_Y(p.installed_point) AS installed_lat,
           p.source, p.made_up, p.ordered_at, c.state, s.label AS state_label, c.since,
           a.standard_address, a.handle_name, a.town, t.name AS town_name, a.valid_to AS address_ended,
           b.maker, n.code AS replaced_by, ST_X(q.geom) AS lon, ST_Y(q.geom) AS lat
    FROM register.plate p
    JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
    JOIN register.case_state s ON s.machine = 'plate' AND s.state = c.state
    JOIN register.address a ON a.code = p.address
    LEFT JOIN register.division t ON t.code = a.town
    LEFT JOIN register.plate_batch b ON b.code = p.batch
    LEFT JOIN register.plate n ON n.replaces = p.code AND n.retired_at IS NULL
    LEFT JOIN LATERAL (
      SELECT g.geom FROM register.address_point g WHERE g.address = a.code
      ORDER BY array_position(ARRAY['entrance', 'plate', 'unit', 'building', 'parcel'], g.kind) LIMIT 1
    ) q ON true
"""
_FILTERS: Final = {
    "state": "c.state = :state",
    "kind": "p.kind = :kind",
    "town": "a.town = :town",
    "maker": "b.maker = :maker",
    "batch": "p.batch = :batch",
    "road": "a.handle_name = :road",
    "installer": "p.installed_by = :installer",
    "address": "p.address = :address",
    "ordered": "p.ordered_at >= make_date(:ordered, 1, 1) AND p.ordered_at < make_date(:ordered + 1, 1, 1)",
    "hung": "EXISTS (SELECT FROM register.case_event v WHERE v.machine = 'plate' AND v.subject = p.code AND v.act = 'hang' "
    "AND v.at >= make_date(:hung, 1, 1) AND v.at < make_date(:hung + 1, 1, 1))",
    "hanging": "p.code IN (SELECT h.code FROM register.plate_as_of(CAST(:hanging AS date)) h WHERE h.state = 'hung')",
    "q": "(a.standard_address LIKE :q OR p.code LIKE :q)",
}


@dataclass(frozen=True, slots=True)
class Plate:
    """One plate with what is known of its address and its maker. Degrees are CGCS2000; ``state`` is the case's key.

    ``installed_lon``, ``installed_lat`` are where it was hung, for the office only; ``lon``, ``lat`` the address's door.
    """

    code: str
    address: str
    kind: str
    reason: str
    replaces: str | None
    batch: str | None
    installed_by: str
    installed_at: datetime | None
    accuracy_m: float | None
    installed_lon: float | None
    installed_lat: float | None
    source: str
    made_up: bool
    ordered_at: datetime
    state: str
    state_label: str
    since: datetime
    standard_address: str
    handle_name: str
    town: str | None
    town_name: str | None
    address_ended: Any
    maker: str | None
    replaced_by: str | None
    lon: float | None
    lat: float | None


def find(db: Session, code: str) -> Plate | None:
    """The plate with this code, or None."""
    row = db.execute(text(f"{_COLUMNS} WHERE p.code = :code"), {"code": code}).mappings().one_or_none()
    return Plate(**row) if row else None


def get(db: Session, code: str) -> Plate:
    """The plate with this code.

    Raises:
        NotFound: there is none.
    """
    found = find(db, code)
    if found is None:
        raise NotFound(f"没有门牌 {code}。", "请核对门牌码。", code="no-such-plate")
    return found


def listed(
    db: Session, *, after: str = "", limit: int = 50, repairing: bool = False, **wanted: str
) -> Sequence[Plate]:
    """Plates in the order of their codes; ``wanted`` are the filters that are set, empty ones count as not set.

    ``ordered`` and ``hung`` are years, ``hanging`` is a day: the rows behind the year's figures.

    Raises:
        BadInput: a year or a day that is none.
    """
    conditions, values = _conditions(wanted, repairing)
    sql = f"{_COLUMNS} WHERE p.code > :after{conditions} ORDER BY p.code LIMIT :limit"
    found = db.execute(text(sql), {**values, "after": after, "limit": limit}).mappings()
    return [Plate(**row) for row in found]


def count(db: Session, *, repairing: bool = False, **wanted: str) -> int:
    """How many plates the filters leave."""
    conditions, values = _conditions(wanted, repairing)
    tables = _COLUMNS[_COLUMNS.index("FROM register.plate p") : _COLUMNS.index("LEFT JOIN register.plate n")]
    return int(db.scalar(text(f"SELECT count(*) {tables} WHERE true{conditions}"), values) or 0)


def towns(db: Session) -> list[tuple[str, str]]:
    """Townships of the register's district, for a filter: code and name."""
    sql = text("""
        SELECT code, name FROM register.division
        WHERE level = 4 AND valid_to IS NULL
          AND left(code, 6) IN (SELECT left(county, 6) FROM (SELECT county FROM register.address LIMIT 1) a) ORDER BY code
    """)
    return [(row.code, row.name) for row in db.execute(sql)]


def codes(db: Session, **wanted: str) -> list[str]:
    """Every code the filters leave, by address: for sheets and samples."""
    conditions, values = _conditions(wanted, False)
    sql = (
        f"SELECT code FROM ({_COLUMNS} WHERE true{conditions}) f ORDER BY handle_name, standard_address, code"  # noqa: S608
    )
    return list(db.scalars(text(sql), values))


def _conditions(wanted: dict[str, str], repairing: bool) -> tuple[str, dict[str, Any]]:
    given = {name: value for name, value in wanted.items() if value}
    values = {name: _read(name, value) for name, value in given.items()}
    sql = "".join(f" AND {_FILTERS[name]}" for name in given)
    if repairing:
        sql += (" AND EXISTS (SELECT FROM register.plate_repair o JOIN register.\"case\" w ON w.machine = 'plate-repair' "
                "AND w.subject = o.code AND w.state IN ('open', 'working') WHERE o.plate = p.code)")  # fmt: skip
    return sql, values


def _read(name: str, value: str) -> object:
    if name == "q":
        return _pattern(value)
    if name == "hanging":
        try:
            return date.fromisoformat(value)
        except ValueError as wrong:
            raise BadInput(f"“{value[:20]}”不是日期。", "请写成 2026-12-31。", code="plate.day") from wrong
    if name in ("ordered", "hung"):
        if not (value.isascii() and value.isdigit() and 1900 <= int(value[:6]) <= 2999):
            raise BadInput(f"“{value[:20]}”不是年份。", "请写四位年份，例如 2026。", code="plate.year")
        return int(value)
    return value


def _pattern(given: str) -> str:
    plain = given.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
