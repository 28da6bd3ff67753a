"""The register's index as a file a county, for registers of several counties: read in parallel, all in one snapshot."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.index import Index, IndexInfo, Rows, build_counties, replace_county
from gazetteer.address.index.counties import Counties
from gazetteer.address.model import AliasRow, HandleRow
from gazetteer.register import index_source as source
from gazetteer.register.changes import changed_codes
from geo.problems import BadInput, Conflict, NotFound
from geo.settings import settings
from geo.store.engine import session as unit_of_work

# A road's doors stand in the file of the road, wherever they lie; a door of no road stands in that of its county.
_HOMES: Final = """
    (SELECT code, left(division, 6) AS county FROM register.road
     UNION ALL SELECT code, left(coalesce(division, ''), 6) FROM register.place
     UNION ALL SELECT code, left(coalesce(division, ''), 6) FROM register.facility)
"""
_COUNTIES: Final = f"""
    SELECT DISTINCT rpad(county, 6, '0') FROM (
      SELECT county FROM {_HOMES} h UNION ALL SELECT left(division, 6) FROM register.address
    ) c ORDER BY 1
"""
_HANDLES: Final = (
    "SELECT * FROM ({0}) q({1}) WHERE rpad(left(coalesce(q.division, ''), 6), 6, '0') = :county ORDER BY 1"
)
_NAMED: Final = "code, name, division, lon, lat, made_up, since, until"
_KINDED: Final = "code, kind, name, division, lon, lat, made_up, since, until"
_DOORS: Final = f"""
    SELECT q.* FROM ({source.DOORS}) q(code, handle, handle_name, number, division, lon, lat, name, estate, made_up, since, until)
    LEFT JOIN {_HOMES} h ON h.code = split_part(q.handle, '~', 1)
    -- A road leaves its county at most for another of the same city.
    WHERE q.division LIKE :city AND rpad(coalesce(h.county, left(q.division, 6)), 6, '0') = :county
"""
_ALIASES: Final = f"""
    SELECT q.* FROM ({source.ALIASES}) q(alias, target_kind, target, kind, since, until, scope)
    WHERE q.target_kind <> 'division' AND q.target = ANY(:targets)
"""
_DIVISION_ALIASES: Final = f"""
    SELECT q.* FROM ({source.ALIASES}) q(alias, target_kind, target, kind, since, until, scope) WHERE q.target_kind = 'division'
"""
_NOW_IN: Final = f"""
    SELECT DISTINCT rpad(county, 6, '0') FROM {_HOMES} h WHERE code = ANY(:handles)
    UNION SELECT left(division, 6) FROM register.address WHERE code = ANY(:loose)
"""
_LARGE: Final = "SELECT count(*) >= :many FROM (SELECT FROM register.address LIMIT :many) a"


def wants_counties(db: Session) -> bool:
    """Whether the register is large and of several counties, so that each gets a file."""
    many = settings().index_apart_from
    return bool(db.scalar(text(_LARGE), {"many": many})) and len(counties_of(db)) > 1


def counties_of(db: Session) -> list[str]:
    """The counties that hold something, six digits each; of a city or province for what lies in no one county."""
    return list(db.scalars(text(_COUNTIES)))


def write_counties(db: Session, path: Path, meta: dict[str, str], *, workers: int = 0) -> IndexInfo:
    """Build the index of the whole register, a file a county.

    Args:
        db: a unit of work that reads in one snapshot; the processes read in the same.
        path: the head.
        meta: kept in the head.
        workers: processes; 0 for one a core.
    """
    aliases = [AliasRow(*row) for row in db.execute(text(_DIVISION_ALIASES))]
    give = partial(rows_of, snapshot=_exported(db))
    return build_counties(
        path, source.division_rows(db), counties_of(db), give, aliases, meta=meta, workers=workers
    )


def update_counties(
    db: Session, path: Path, changed: list[str], meta: dict[str, str], *, workers: int = 0
) -> IndexInfo | None:
    """Write some counties of an index anew; the files of all others stay. None where the whole must be built."""
    aliases = [AliasRow(*row) for row in db.execute(text(_DIVISION_ALIASES))]
    index = Index.open(path)
    known = {one.county for one in index.files} if isinstance(index, Counties) else set()
    if not set(changed) <= known or set(counties_of(db)) != known:
        return None
    give = partial(rows_of, snapshot=_exported(db))
    try:
        return replace_county(
            path, source.division_rows(db), changed, give, aliases, meta=meta, workers=workers
        )
    except Conflict:  # the divisions are others now
        return None


def newest(path: Path) -> IndexInfo:
    """Bring the index at ``path`` up to date with the register: only the counties with a change where that will do."""
    with unit_of_work(timeout_s=0) as db:
        info = renew(db, path)
    if info is not None:
        return info
    with unit_of_work(timeout_s=0) as db:
        return source.write_index(db, path)


def renew(db: Session, path: Path) -> IndexInfo | None:
    """Bring an index of many counties up to date: those with a change or a damaged file. None where that will not do.

    Args:
        db: a unit of work that has asked nothing yet; all is read in one snapshot.
        path: the head.
    """
    try:
        index = Index.open(path)
    except (NotFound, BadInput):
        return None
    if not isinstance(index, Counties):
        return None
    db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    codes = changed_codes(db, index.info.meta.get("snapshot", ""))
    if codes is None:
        return None
    meta = source.stamped(db)
    damaged = {one.county for one in index.files_refused()}
    return update_counties(db, path, sorted(_touched(db, index, *codes) | damaged), meta)


def _touched(db: Session, index: Counties, handles: list[str], loose: list[str]) -> set[str]:
    """The counties that changed records lie in, and those where the index still has them."""
    now = set(db.scalars(text(_NOW_IN), {"handles": handles, "loose": loose}))
    before = [("#", code) for code in handles] + [("@", code) for code in loose]
    return now | {index.county_of(number) for key, code in before for number in index.find(key, code)}


def _exported(db: Session) -> str:
    return str(db.scalar(text("SELECT pg_export_snapshot()")))


def rows_of(county: str, snapshot: str) -> Rows:
    """What a county's file is made of, read in a snapshot that another connection holds open."""
    with unit_of_work(timeout_s=0) as db:
        db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        db.connection().exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        db.execute(text("SET LOCAL work_mem = '128MB'"))
        city = f"{county.rstrip('0')[:4]}%"
        found = db.execute(text(_DOORS), {"county": county, "city": city}).all()
        handles, doors = _handles(db, county), [source.door_row(row) for row in found]
        targets = [h.code for h in handles] + [d.code for d in doors]
        aliases = [AliasRow(*row) for row in db.execute(text(_ALIASES), {"targets": targets})]
        aliases += [alias for row in found for alias in source.further_names(row[0], row[7])]
    return Rows(handles, doors, aliases)


def _handles(db: Session, county: str) -> list[HandleRow]:
    def read(query: str, columns: str) -> Any:
        return db.execute(text(_HANDLES.format(query, columns)), {"county": county})

    found = [HandleRow(row[0], "road", *row[1:]) for row in read(source.ROADS, _NAMED)]
    found += [HandleRow(*row) for row in read(source.PLACES, _KINDED)]
    return found + [HandleRow(row[0], "place", *row[1:]) for row in read(source.FACILITIES, _NAMED)]
