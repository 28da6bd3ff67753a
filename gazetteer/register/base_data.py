"""The nation's divisions and their history into the register, so that any place's addresses can be loaded at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer import base
from gazetteer.register.rows import written
from geo.store.acts import bulk_act, copy_rows

SOURCE: Final = "基础数据"
_STAGED: Final = """
    CREATE TEMP TABLE base_division (code text, name text, level int, parent text, short text, kind text,
                                     pinyin text, valid_to date) ON COMMIT DROP;
    CREATE TEMP TABLE base_succession (predecessor text, successor text, year int, kind text) ON COMMIT DROP;
    CREATE TEMP TABLE base_alias (alias text, code text, kind text, valid_to date) ON COMMIT DROP
"""
_DIVISIONS: Final = text("""
    INSERT INTO register.division (code, name, level, parent, short, kind, pinyin, valid_to, source)
    SELECT b.code, b.name, b.level,
           CASE WHEN EXISTS (SELECT FROM base_division p WHERE p.code = b.parent) THEN b.parent END,
           b.short, b.kind, b.pinyin, b.valid_to, :source
    FROM base_division b
    ON CONFLICT (code) DO NOTHING
""")
_SUCCESSIONS: Final = text("""
    INSERT INTO register.division_succession (predecessor, successor, year, kind, source)
    SELECT DISTINCT ON (predecessor, successor, year) predecessor, successor, year, kind, :source
    FROM base_succession s
    WHERE EXISTS (SELECT FROM register.division WHERE code = s.predecessor)
      AND EXISTS (SELECT FROM register.division WHERE code = s.successor)
    ORDER BY predecessor, successor, year, kind
    ON CONFLICT DO NOTHING
""")
_ALIASES: Final = text("""
    WITH wanted AS (
      SELECT alias, kind, valid_to, array_agg(DISTINCT code) AS codes FROM base_alias b
      WHERE EXISTS (SELECT FROM register.division WHERE code = b.code)
        AND NOT EXISTS (SELECT FROM register.alias a JOIN register.alias_target t ON t.alias = a.id
                        WHERE a.alias = b.alias AND a.kind = b.kind AND t.division = b.code)
      GROUP BY alias, kind, valid_to
    ), made AS (
      INSERT INTO register.alias (alias, kind, valid_to, source) SELECT alias, kind, valid_to, :source FROM wanted
      RETURNING id, alias, kind, valid_to
    )
    INSERT INTO register.alias_target (alias, division)
    SELECT m.id, unnest(w.codes) FROM made m
    JOIN wanted w ON w.alias = m.alias AND w.kind = m.kind AND w.valid_to IS NOT DISTINCT FROM m.valid_to
""")


@dataclass(frozen=True, slots=True)
class BaseCounts:
    """How many divisions, successions and alias targets a load added; zero where they were there."""

    divisions: int
    successions: int
    aliases: int


def load_base(
    session: Session, *, actor: str = "", villages: Iterable[str] = ("331003", "331082", "331024")
) -> BaseCounts:
    """Add what is missing of the nation's divisions, their history and their old and short names; some seconds.

    Divisions that stand in the register already stay as they are, so that a bureau's own corrections win.
    A change of which only the year is known counts from the first day of that year.

    Args:
        session: the unit of work.
        actor: who does it, for the audit.
        villages: counties whose villages are loaded too, where the base data has them.
    """
    with bulk_act(session, actor=actor, action="base.load", detail={"source": SOURCE}):
        for statement in _STAGED.split(";"):
            session.execute(text(statement))
        names = ("code", "name", "level", "parent", "short", "kind", "pinyin", "valid_to")
        copy_rows(session, "base_division", names, _divisions(villages))
        copy_rows(session, "base_succession", ("predecessor", "successor", "year", "kind"), _successions())
        copy_rows(session, "base_alias", ("alias", "code", "kind", "valid_to"), _aliases())
        return BaseCounts(*(_count(session, statement) for statement in (_DIVISIONS, _SUCCESSIONS, _ALIASES)))


def _count(session: Session, statement: Any) -> int:
    return written(session.execute(statement, {"source": SOURCE}))


def _divisions(villages: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    known = {row.code for row in base.divisions()}
    for row in base.divisions():
        yield _in_force(row)
    for county in villages:
        for row in base.villages(county):
            known.add(row.code)
            yield _in_force(row)
    yield from _ended(known)


def _in_force(row: base.Division) -> tuple[Any, ...]:
    kind = row.name.removeprefix(row.short) if row.short != row.name else ""
    return row.code, row.name, row.level, row.parent or None, row.short, kind, row.pinyin, None


def _ended(known: set[str]) -> Iterator[tuple[Any, ...]]:
    """Divisions that are no more, each once, with its last name and year."""
    last: dict[str, base.Change] = {}
    for change in base.history():
        if change.year and change.code not in known:
            before = last.get(change.code)
            if before is None or before.year < change.year:
                last[change.code] = change
    there = known | set(last)
    for code, change in last.items():
        yield code, change.name, change.level, _above(code, there), "", "", "", date(change.year, 1, 1)


def _above(code: str, there: set[str]) -> str | None:
    candidates = (code[:6].ljust(12, "0"), code[:4].ljust(12, "0"), code[:2].ljust(12, "0"))
    return next((c for c in candidates if c != code and c in there), None)


def _successions() -> Iterator[tuple[Any, ...]]:
    for change in base.history():
        if change.successor and change.year and change.successor != change.code:
            yield change.code, change.successor, change.year, change.note[:60]


def _aliases() -> Iterator[tuple[Any, ...]]:
    for alias in base.division_aliases():
        yield alias.alias, alias.code, alias.kind, date(alias.until, 1, 1) if alias.until else None
