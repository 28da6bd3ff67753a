"""What a renaming would touch (影响清单): shown before the act, and kept true after it by a checking query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound
from geo.store.sight import whole

Kind = Literal["road", "place"]
SHOWN: Final = 20
SAME_DOOR_M: Final = 60.0
"""Two doors with one number of two names of a road count as one door up to this distance; a setting of the project."""

_RECORD: Final = {
    "road": text("SELECT code, name, state, division, version, valid_from, valid_to FROM register.road WHERE code = :code"),
    "place": text("SELECT code, standard_name AS name, state, division, version, valid_from, valid_to "
                  "FROM register.place WHERE code = :code"),
}  # fmt: skip
_CARRIED: Final = {
    "road": "a.road = :code",
    "place": "(a.natvil = :code OR a.estate = :code)",
}
# Tables of other trades, counted where they are installed: label, table, condition over the affected addresses.
_BESIDE: Final = (
    ("plates", "register.plate", "address = ANY (:codes)"),
    ("facilities", "register.facility", "address = ANY (:codes)"),
    ("proposals", "register.proposal", "record = :code"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One road or place as an act sees it."""

    kind: Kind
    code: str
    name: str
    state: str
    division: str
    version: int
    valid_from: Any
    valid_to: Any


@dataclass(frozen=True, slots=True)
class Impact:
    """What hangs on a name: every count is of rows in force.

    ``codes`` are the affected addresses, ``sample`` the first of them as text; ``clashes`` are doors that two names
    share when one is merged into the other (the losing door, the kept door).
    """

    record: Record
    codes: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    plates: int = 0
    facilities: int = 0
    proposals: int = 0
    aliases: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    clashes: tuple[tuple[str, str], ...] = ()
    renaming: int = 0

    @property
    def addresses(self) -> int:
        """How many addresses follow."""
        return len(self.codes)


def record_of(db: Session, kind: Kind, code: str) -> Record:
    """The road or place with this code.

    Raises:
        NotFound: there is none.
    """
    row = db.execute(_RECORD[kind], {"code": code}).one_or_none()
    if row is None:
        word = "道路" if kind == "road" else "地名"
        raise NotFound(f"没有编码为 {code} 的{word}。", "核对编码。")
    return Record(kind, *row)


def impact(db: Session, kind: Kind, code: str, *, successor: str = "") -> Impact:
    """What would follow if the name were changed or given up, or merged into ``successor``; nothing is written.

    Raises:
        NotFound: no such record.
    """
    record = record_of(db, kind, code)
    doors = db.execute(
        text(f"SELECT a.code, a.standard_address FROM register.address a WHERE {_CARRIED[kind]} "  # noqa: S608
             "AND a.valid_to IS NULL ORDER BY a.number_order, a.code"), {"code": code},
    ).all()  # fmt: skip
    codes = tuple(row.code for row in doors)
    # What hangs on a name is told whole, also where it lies in another township.
    with whole(db):
        beside = {label: _count(db, table, where, code, codes) for label, table, where in _BESIDE}
    return Impact(
        record, codes, tuple(row.standard_address for row in doors[:SHOWN]), **beside,
        aliases=_aliases(db, kind, code), derived=_derived(db, record),
        clashes=clashes(db, code, successor) if successor and kind == "road" else (),
    )  # fmt: skip


def clashes(db: Session, losing: str, kept: str) -> tuple[tuple[str, str], ...]:
    """Doors with the same number on both roads: the losing address's code and the kept one's."""
    rows = db.execute(text("""
        SELECT a.code, b.code FROM register.address a JOIN register.address b
          ON b.road = :kept AND b.valid_to IS NULL AND a.county = b.county AND a.town IS NOT DISTINCT FROM b.town
          AND a.comm IS NOT DISTINCT FROM b.comm
          AND (a.number, a.sub, a.estate_name, a.bld, a.unit, a.floor, a.room)
            = (b.number, b.sub, b.estate_name, b.bld, b.unit, b.floor, b.room)
        WHERE a.road = :losing AND a.handle_kind = 'road' AND b.handle_kind = 'road' AND a.valid_to IS NULL
    """), {"losing": losing, "kept": kept})  # fmt: skip
    return tuple((row[0], row[1]) for row in rows)


def far_apart(db: Session, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
    """Of doors with one number, those that stand too far apart to be one door: the address and the metres."""
    rows = db.execute(text("""
        SELECT a.standard_address, min(ST_Distance(p.geom::geography, q.geom::geography)) AS away
        FROM unnest(CAST(:losing AS text[]), CAST(:kept AS text[])) AS c(losing, kept)
        JOIN register.address a ON a.code = c.losing
        JOIN register.address_point p ON p.address = c.losing JOIN register.address_point q ON q.address = c.kept
        GROUP BY a.code, a.standard_address HAVING min(ST_Distance(p.geom::geography, q.geom::geography)) > :most ORDER BY 2 DESC
    """), {"losing": [p[0] for p in pairs], "kept": [p[1] for p in pairs], "most": SAME_DOOR_M})  # fmt: skip
    return [(row[0], float(row[1])) for row in rows]


def orphans(db: Session, codes: Sequence[str] | None = None) -> list[tuple[str, str, str]]:
    """Addresses that no name in force carries: code, text, why. Of some codes only, when they are given."""
    rows = db.execute(
        text("SELECT code, standard_address, why FROM register.orphan_address "
             "WHERE CAST(:codes AS text[]) IS NULL OR code = ANY (CAST(:codes AS text[])) ORDER BY code LIMIT 1000"),
        {"codes": None if codes is None else list(codes)},
    )  # fmt: skip
    return [(row[0], row[1], row[2]) for row in rows]


def _aliases(db: Session, kind: Kind, code: str) -> tuple[str, ...]:
    column = "road" if kind == "road" else "place"
    return tuple(db.scalars(
        text(f"SELECT DISTINCT a.alias FROM register.alias a JOIN register.alias_target t ON t.alias = a.id "  # noqa: S608
             f"WHERE t.{column} = :code AND (a.valid_from IS DISTINCT FROM a.valid_to OR a.valid_to IS NULL) ORDER BY 1"),
        {"code": code},
    ))  # fmt: skip


def _derived(db: Session, record: Record) -> tuple[str, ...]:
    """Names made from this one (横街路一巷 from 横街路): they do not change by themselves."""
    if len(record.name) < 2:
        return ()
    return tuple(db.scalars(text("""
        SELECT name FROM register.road WHERE valid_to IS NULL AND code <> :code AND starts_with(name, :name)
          AND left(division, 6) = left(:division, 6)
        UNION SELECT standard_name FROM register.place WHERE valid_to IS NULL AND code <> :code
          AND starts_with(standard_name, :name) AND left(division, 6) = left(:division, 6) ORDER BY 1 LIMIT 20
    """), {"code": record.code, "name": record.name, "division": record.division or ""}))  # fmt: skip


def _count(db: Session, table: str, where: str, code: str, codes: tuple[str, ...]) -> int:
    column = where.split()[0]
    known = db.scalar(
        text("SELECT EXISTS (SELECT FROM information_schema.columns WHERE table_schema || '.' || table_name = :t "
             "AND column_name = :c)"), {"t": table, "c": column},
    )  # fmt: skip
    if not known:
        return 0
    found = db.scalar(
        text(f"SELECT count(*) FROM {table} WHERE {where}"),  # noqa: S608
        {"codes": list(codes), "code": code},
    )
    return int(found or 0)


def roads_called(db: Session, said: str, division: str) -> list[Record]:
    """Roads in force of the county that a name or a code means, by code."""
    rows = db.execute(
        text("SELECT code, name, state, division, version, valid_from, valid_to FROM register.road WHERE valid_to IS NULL "
             "AND (code = :said OR name = :said AND left(division, 6) = left(:division, 6)) ORDER BY code"),
        {"said": said, "division": division},
    )  # fmt: skip
    return [Record("road", *row) for row in rows]


def roads_meeting(db: Session, code: str, *, most: int = 30) -> list[str]:
    """Names of the roads that a road meets, those likely to take its doors first: by the length they lie beside it."""
    rows = db.execute(
        text("SELECT r.name FROM register.road_segment s JOIN register.road_segment o ON ST_DWithin(o.geom, s.geom, 0.0001) "
             "AND o.valid_to IS NULL AND o.road <> s.road JOIN register.road r ON r.code = o.road AND r.valid_to IS NULL "
             "WHERE s.road = :code AND s.valid_to IS NULL GROUP BY r.code "
             "ORDER BY sum(ST_Length(ST_Intersection(o.geom, ST_Buffer(s.geom, 0.0001)))) DESC, r.code LIMIT :most"),
        {"code": code, "most": most},
    )  # fmt: skip
    return list(dict.fromkeys(rows.scalars()))
