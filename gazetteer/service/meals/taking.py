"""Taking a compared list in (名单入库): each row becomes a meal point at the place that a person chose for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.founding import open_records


@dataclass(frozen=True, slots=True)
class Entry:
    """One row to take in.

    Attributes:
        row: its number in the file.
        name: of the meal point.
        address: as the list states it.
        found: the registered address that the engine found, empty where none; the point is tied to it.
        lon: degrees, CGCS2000, of the chosen place.
        lat: the same.
        tier: what it is, one of ``TIERS``.
        datum: what the chosen place was given in; cgcs2000 for one that the register knows.
    """

    row: int
    name: str
    address: str
    found: str
    lon: float
    lat: float
    tier: str
    datum: str = "cgcs2000"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: how many were added, and the rows that were passed over with the reason of each."""

    added: int
    passed: tuple[tuple[int, str, str], ...]


_STANDING: Final = text("""
    SELECT code FROM register.facility
    WHERE kind = 'meal' AND name = :name AND register.is_in_force(valid_from, valid_to, :on_day) ORDER BY code LIMIT 1
""")
_ADD: Final = text("""
    WITH at AS (SELECT ST_SetSRID(ST_MakePoint(:lon, :lat), 4490) AS geom), home AS (
      SELECT d.code FROM register.division d, at
      WHERE d.level >= 4 AND d.boundary && at.geom AND ST_Covers(d.boundary, at.geom)
        AND register.is_in_force(d.valid_from, d.valid_to, :on_day)
      ORDER BY d.level DESC, d.code LIMIT 1
    ), tied AS (
      SELECT min(a.code) AS code, min(a.division) AS division FROM register.address a
      WHERE a.standard_address = :found AND a.valid_to IS NULL HAVING count(*) = 1
    )
    INSERT INTO register.facility (kind, name, division, address, address_text, geom, source, crs_source, made_up, valid_from)
    SELECT 'meal', :name, coalesce(home.code, tied.division), tied.code, :address, at.geom, :source, :datum, :made_up, :on_day
    FROM at LEFT JOIN home ON true LEFT JOIN tied ON true WHERE coalesce(home.code, tied.division) IS NOT NULL
    RETURNING code
""")


def take(db: Session, entries: Iterable[Entry], *, source: str, on_day: date, made_up: bool = False) -> Taken:
    """Add a facility and its record for every entry; one whose name stands already is passed over.

    Args:
        db: the unit of work, within an act.
        entries: the rows with their places.
        source: where the list comes from, kept with each row.
        on_day: the day from which they are in force.
        made_up: whether the list is sample data.

    Raises:
        BadInput: a tier that there is not.
        NotAllowed: a place outside the divisions that the caller writes for.
    """
    chosen: dict[str, str] = {}
    passed: list[tuple[int, str, str]] = []
    for one in entries:
        if db.scalar(_STANDING, {"name": one.name, "on_day": on_day}):
            passed.append((one.row, one.name, "同名助餐点已登记"))
            continue
        code = db.scalar(_ADD, {
            "name": one.name, "address": one.address, "found": one.found, "lon": one.lon, "lat": one.lat,
            "datum": one.datum, "source": source, "on_day": on_day, "made_up": made_up,
        })  # fmt: skip
        if code is None:
            passed.append((one.row, one.name, "位置不在已登记的镇街和村社区内"))
        else:
            chosen[code] = one.tier
    return Taken(open_records(db, "meal", chosen, on_day), tuple(passed))
