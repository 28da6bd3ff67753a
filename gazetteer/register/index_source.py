"""The register as plain rows for the address index, streamed, with old names and their dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.index import Index, IndexInfo, build_index, index_files
from gazetteer.address.model import AliasRow, DivisionRow, DoorRow, HandleRow

_CHUNK: Final = 20_000
_NAMES: Final = "；"

_DIVISIONS: Final = """
    SELECT code, name, level, coalesce(parent, ''), ST_X(p), ST_Y(p), valid_from, valid_to
    FROM (SELECT *, coalesce(point, ST_PointOnSurface(boundary)) AS p FROM register.division) d
    ORDER BY level, code
"""
# Between a number and the building behind it stands 号: 128 and 66幢 are 128号66幢, never 12866幢.
# Divisions listed as place names (category B) are divisions already.
# A road's place is the middle of its lines, else of its doors; places know their own, else that of their doors.
ROADS: Final = """
    SELECT r.code, r.name, r.division, coalesce(ST_X(s.p), d.lon), coalesce(ST_Y(s.p), d.lat), r.made_up,
           r.valid_from, CASE WHEN r.state IN ('更名', '销名') THEN coalesce(r.valid_to, r.updated_at::date) ELSE r.valid_to END
    FROM register.road r
    LEFT JOIN (SELECT road, ST_ClosestPoint(ST_Collect(geom), ST_Centroid(ST_Collect(geom))) AS p
               FROM register.road_segment WHERE valid_to IS NULL AND road IS NOT NULL GROUP BY road) s ON s.road = r.code
    LEFT JOIN (SELECT a.road, avg(ST_X(geom)) AS lon, avg(ST_Y(geom)) AS lat
               FROM register.address a JOIN register.address_point p ON p.address = a.code
               WHERE a.road IS NOT NULL GROUP BY a.road) d ON d.road = r.code
    WHERE r.state <> '拟命名'
    UNION ALL
    -- A road under an earlier name, until the day it was renamed: a version of the same record.
    SELECT h.code || '~' || to_char(h.valid_to, 'YYYYMMDD'), h.name, h.division, NULL, NULL, h.made_up, h.valid_from, h.valid_to
    FROM register.road_history h JOIN register.road r USING (code)
    WHERE h.name <> r.name AND h.valid_to IS NOT NULL AND h.valid_from IS DISTINCT FROM h.valid_to
    ORDER BY 1
"""
PLACES: Final = """
    SELECT l.code, CASE l.category WHEN 'C' THEN 'natvil' WHEN 'F' THEN 'estate' ELSE 'place' END, l.standard_name,
           coalesce(l.division, ''), coalesce(ST_X(q.p), d.lon), coalesce(ST_Y(q.p), d.lat), l.made_up,
           l.valid_from, CASE WHEN l.state IN ('更名', '销名') THEN coalesce(l.valid_to, l.updated_at::date) ELSE l.valid_to END
    FROM register.place l
    CROSS JOIN LATERAL (SELECT ST_PointOnSurface(l.geom) AS p) q
    LEFT JOIN (SELECT coalesce(a.natvil, a.estate) AS code, avg(ST_X(geom)) AS lon, avg(ST_Y(geom)) AS lat
               FROM register.address a JOIN register.address_point p ON p.address = a.code
               WHERE a.natvil IS NOT NULL OR a.estate IS NOT NULL GROUP BY 1) d ON d.code = l.code
    WHERE l.state <> '拟命名' AND l.category <> 'B'
    ORDER BY l.code
"""
FACILITIES: Final = """
    SELECT f.code, f.name, coalesce(f.division, ''), ST_X(q.p), ST_Y(q.p), f.made_up, f.valid_from, f.valid_to
    FROM register.facility f CROSS JOIN LATERAL (SELECT ST_PointOnSurface(f.geom) AS p) q
    ORDER BY f.code
"""
DOORS: Final = """
    SELECT a.code, coalesce(CASE a.handle_kind WHEN 'road' THEN a.road WHEN 'natvil' THEN a.natvil ELSE a.estate END, ''),
           a.handle_name,
           CASE WHEN a.handle_kind = 'estate' THEN concat_inside
                WHEN behind = '' THEN number || sub_text
                ELSE CASE WHEN number ~ '[0-9A-Za-z]$' THEN number || sub_text || '号' ELSE number || sub_text END || behind END,
           a.division, p.lon, p.lat, a.name, a.estate_name, a.made_up, a.valid_from, a.valid_to
    FROM (
      SELECT *, CASE WHEN sub = '' THEN '' ELSE '-' || sub END AS sub_text,
             register.inside_text(bld, unit, floor, room) AS behind,
             CASE WHEN bld = '' THEN number ELSE register.inside_text(bld, '', '', '') || number END
               || CASE WHEN sub = '' THEN '' ELSE '-' || sub END || register.inside_text('', unit, floor, room)
               AS concat_inside
      FROM (
        SELECT code, handle_kind, road, natvil, estate, handle_name, number, sub, bld, unit, floor, room, division, name,
               estate_name, made_up, valid_from, valid_to
        FROM register.address
        UNION ALL
        -- Doors of a road under its earlier name, for questions about that time.
        SELECT h.code, h.handle_kind, r.code || '~' || to_char(r.valid_to, 'YYYYMMDD'), NULL, NULL, h.handle_name, h.number,
               h.sub, h.bld, h.unit, h.floor, h.room, h.division, h.name, h.estate_name, h.made_up, h.valid_from, h.valid_to
        FROM register.address_history h
        JOIN register.road_history r ON r.code = h.road AND r.name = h.handle_name AND r.valid_to = h.valid_to
        JOIN register.address c ON c.code = h.code AND c.handle_name <> h.handle_name
        WHERE h.handle_kind = 'road' AND r.valid_from IS DISTINCT FROM r.valid_to
      ) every
    ) a
    JOIN LATERAL (
      SELECT ST_X(q.geom) AS lon, ST_Y(q.geom) AS lat FROM register.address_point q WHERE q.address = a.code
      ORDER BY array_position(ARRAY['entrance', 'plate', 'unit', 'building', 'parcel'], q.kind) LIMIT 1
    ) p ON true
    ORDER BY a.code
"""
_SEVERAL: Final = "SELECT code, name FROM register.address WHERE position('；' in name) > 0"
ALIASES: Final = """
    SELECT a.alias, CASE WHEN t.division IS NOT NULL THEN 'division' WHEN t.road IS NOT NULL THEN 'road'
                         WHEN t.place IS NOT NULL THEN 'place' ELSE 'address' END,
           coalesce(t.division, t.road, t.place, t.address), a.kind, a.valid_from, a.valid_to,
           coalesce(encode(ST_AsBinary(a.scope), 'hex'), '')
    FROM register.alias a JOIN register.alias_target t ON t.alias = a.id
    -- An alias that was taken back has an empty time in force: it was never meant.
    WHERE (a.valid_from IS DISTINCT FROM a.valid_to OR a.valid_to IS NULL)
      -- Other names of a door are looked up without their dates and areas, so that only those count that lie inside.
      AND (t.address IS NULL OR a.scope IS NULL OR EXISTS (
        SELECT FROM register.address_point p WHERE p.address = t.address AND ST_Intersects(p.geom, a.scope)))
    UNION ALL
    SELECT DISTINCT h.name, 'division', h.code, '旧称', h.valid_from, h.valid_to, ''
    FROM register.division_history h JOIN register.division d USING (code) WHERE h.name <> d.name
    UNION ALL
    SELECT DISTINCT h.name, 'road', h.code, '旧称', h.valid_from, h.valid_to, ''
    FROM register.road_history h JOIN register.road r USING (code)
    WHERE h.name <> r.name AND NOT EXISTS (
      SELECT FROM register.alias a JOIN register.alias_target t ON t.alias = a.id
      WHERE t.road = h.code AND a.alias = h.name)
    UNION ALL
    SELECT DISTINCT h.standard_name, 'place', h.code, '旧称', h.valid_from, h.valid_to, ''
    FROM register.place_history h JOIN register.place p USING (code)
    WHERE h.standard_name <> p.standard_name AND NOT EXISTS (
      SELECT FROM register.alias a JOIN register.alias_target t ON t.alias = a.id
      WHERE t.place = h.code AND a.alias = h.standard_name)
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """An index file against the register it was built from."""

    info: IndexInfo
    built_version: int
    register_version: int
    files: int = 1
    """The head or the only file, and one for each county."""
    damaged: tuple[str, ...] = ()
    """A sentence for each county whose file cannot be read."""

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was committed to the register since the index was built, and all of it can be read."""
        return self.built_version == self.register_version and not self.damaged


def fold_changes(session: Session) -> int:
    """Put the changes counted so far into one row, so that :func:`data_version` stays cheap; gives how many rows went."""
    return int(session.scalar(text("SELECT register.fold_changes()")) or 0)


def data_version(session: Session) -> int:
    """How many transactions have changed the register; rises with each."""
    return int(session.scalar(text("SELECT register.data_version()")) or 0)


def write_index(session: Session, path: Path) -> IndexInfo:
    """Build the address index of the whole register at ``path``; readers see the old one until it is whole.

    A large register of several counties gets a file a county, see ``index_counties``.

    All rows are read in one snapshot, so that doors and their roads agree; the data version of that snapshot
    is kept in the file's words.
    """
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    path.parent.mkdir(parents=True, exist_ok=True)
    meta = stamped(session)
    from gazetteer.register import index_counties  # reads through this module

    if index_counties.wants_counties(session):
        return index_counties.write_counties(session, path, meta)
    # Sorting for the doors' join needs room; the setting ends with the transaction.
    session.execute(text("SET LOCAL work_mem = '128MB'"))
    return build_index(
        path, division_rows(session), handle_rows(session), door_rows(session), alias_rows(session), meta=meta
    )


def stamped(session: Session) -> dict[str, str]:
    """What an index keeps of the moment it was read: version and snapshot of the register, and the time."""
    return {
        "data_version": str(data_version(session)),
        "snapshot": str(session.scalar(text("SELECT pg_current_snapshot()::text"))),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def freshness(session: Session, path: Path, *, thorough: bool = False) -> Freshness:
    """How an index stands against the register.

    Args:
        session: any unit of work.
        path: the index.
        thorough: also read the files of all counties through.

    Raises:
        NotFound: there is no index yet.
        BadInput: the file is damaged.
    """
    index = Index.open(path)
    built, damaged = (
        int(index.info.meta.get("data_version", "-1")),
        tuple(index.damaged().values() if thorough else ()),
    )
    return Freshness(index.info, built, data_version(session), len(index_files(path)), damaged)


def division_rows(session: Session) -> Iterator[DivisionRow]:
    """Divisions of all times, parents first."""
    for row in _stream(session, "divisions", _DIVISIONS):
        yield DivisionRow(*row)


def handle_rows(session: Session) -> Iterator[HandleRow]:
    """Roads, natural villages, estates, named places and facilities."""
    for code, name, division, lon, lat, made_up, since, until in _stream(session, "roads", ROADS):
        yield HandleRow(code, "road", name, division, lon, lat, made_up, since, until)
    for row in _stream(session, "places", PLACES):
        yield HandleRow(*row)
    for code, name, division, lon, lat, made_up, since, until in _stream(session, "facilities", FACILITIES):
        yield HandleRow(code, "place", name, division, lon, lat, made_up, since, until)


def door_rows(session: Session) -> Iterator[DoorRow]:
    """Addresses that have a point; of several names at one door the first goes here, the others are aliases."""
    for row in _stream(session, "doors", DOORS):
        yield door_row(row)


def door_row(row: Sequence[Any]) -> DoorRow:
    """One row of the query; of several names the first."""
    values = [*row]
    values[7] = values[7].split(_NAMES)[0]
    return DoorRow(*values)


def alias_rows(session: Session) -> Iterator[AliasRow]:
    """Aliases, former names from the histories, and further names of what stands at a door."""
    for row in _stream(session, "aliases", ALIASES):
        yield AliasRow(*row)
    for code, names in _stream(session, "names", _SEVERAL):
        yield from further_names(code, names)


def further_names(code: str, names: str) -> Iterator[AliasRow]:
    """The names at a door beyond its first, as aliases of it."""
    for name in names.split(_NAMES)[1:]:
        yield AliasRow(name, "address", code, "同址名称")


def _stream(session: Session, name: str, query: str) -> Iterator[tuple[Any, ...]]:
    """Rows through a server-side cursor, so that millions need no memory here."""
    driver = session.connection().connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("the register speaks through psycopg")
    with driver.cursor(f"index_{name}") as cursor:
        cursor.itersize = _CHUNK
        cursor.execute(query.encode())
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
