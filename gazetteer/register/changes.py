"""What the register changed since an address index was built, for the live overlay.

The index keeps the snapshot it was read in. A row counts as changed when the transaction that wrote it was not in
that snapshot: exact also for transactions that began before the build and were committed after it.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.live import Changes
from gazetteer.address.model import AliasRow, HandleRow
from gazetteer.register import index_source as source

CHANNEL: Final = "register_change"
"""What ``register.mark_change`` notifies."""
TOO_MANY: Final = 5_000
"""With more rows than this laid over it, the index is built anew."""

# A row's 32-bit writer made whole with the epoch of the present.
_UNSEEN: Final = """
    NOT pg_visible_in_snapshot(
      ((((now.id >> 32) << 32) | {0}.xmin::text::bigint)
       - CASE WHEN ({0}.xmin::text::bigint) > (now.id & 4294967295) AND now.id >> 32 > 0 THEN 4294967296 ELSE 0 END
      )::text::xid8, CAST(:snapshot AS pg_snapshot))
"""
_NOW: Final = "(SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS id) now"
_HANDLES: Final = f"""
    SELECT DISTINCT code FROM (
      SELECT CASE a.handle_kind WHEN 'road' THEN a.road WHEN 'natvil' THEN a.natvil ELSE a.estate END AS code
      FROM register.address a, {_NOW} WHERE {_UNSEEN.format("a")}
      UNION ALL
      SELECT CASE a.handle_kind WHEN 'road' THEN a.road WHEN 'natvil' THEN a.natvil ELSE a.estate END
      FROM register.address_point p JOIN register.address a ON a.code = p.address, {_NOW} WHERE {_UNSEEN.format("p")}
      UNION ALL SELECT r.code FROM register.road r, {_NOW} WHERE {_UNSEEN.format("r")}
      UNION ALL SELECT l.code FROM register.place l, {_NOW} WHERE {_UNSEEN.format("l")}
      UNION ALL SELECT f.code FROM register.facility f, {_NOW} WHERE {_UNSEEN.format("f")}
      UNION ALL
      SELECT coalesce(t.road, t.place) FROM register.alias x JOIN register.alias_target t ON t.alias = x.id, {_NOW}
      WHERE {_UNSEEN.format("x")} OR {_UNSEEN.format("t")}
    ) c WHERE code IS NOT NULL
"""
_LOOSE: Final = f"""
    SELECT a.code FROM register.address a, {_NOW}
    WHERE coalesce(a.road, a.natvil, a.estate) IS NULL AND {_UNSEEN.format("a")}
"""
_DIVISIONS: Final = f"SELECT EXISTS (SELECT FROM register.division d, {_NOW} WHERE {_UNSEEN.format('d')})"


def changes_since(session: Session, snapshot: str) -> Changes | None:
    """The changed part of the register, or None when it is so much that the index must be built anew.

    Args:
        session: any unit of work; all is read in it.
        snapshot: the ``snapshot`` that :func:`gazetteer.register.index_source.write_index` put into the index.
    """
    if not snapshot:
        return None
    changed = changed_codes(session, snapshot)
    if changed is None:
        return None
    handles, loose = changed
    if len(handles) + len(loose) > TOO_MANY:
        return None
    if not handles and not loose:
        return Changes()
    wanted: dict[str, Any] = {"handles": handles, "doors": loose}
    rows = session.execute(text(_DOORS), wanted).all()
    doors = [source.door_row(row) for row in rows]
    if len(doors) > TOO_MANY:
        return None
    codes = {d.code for d in doors}
    aliases = [AliasRow(*r) for r in session.execute(text(_ALIASES), {"targets": handles + sorted(codes)})]
    aliases += [alias for row in rows for alias in source.further_names(row[0], row[7])]
    return Changes(_handles(session, handles), doors, aliases, frozenset((*handles, *loose)))


def changed_codes(session: Session, snapshot: str) -> tuple[list[str], list[str]] | None:
    """Codes of the roads, villages, estates and places with a change, and of the changed doors that belong to none.

    None where a division changed: its name stands in every address.
    """
    asked = {"snapshot": snapshot}
    if session.scalar(text(_DIVISIONS), asked):
        return None
    return list(session.scalars(text(_HANDLES), asked)), list(session.scalars(text(_LOOSE), asked))


_DOORS: Final = f"""
    SELECT * FROM ({source.DOORS}) q(code, handle, handle_name, number, division, lon, lat, name, estate, made_up, since, until)
    WHERE split_part(handle, '~', 1) = ANY(:handles) OR code = ANY(:doors)
"""
_ALIASES: Final = f"""
    SELECT * FROM ({source.ALIASES}) q(alias, target_kind, target, kind, since, until, scope) WHERE target = ANY(:targets)
"""


def _handles(session: Session, codes: list[str]) -> list[HandleRow]:
    found: list[HandleRow] = []
    for query, kind in ((source.ROADS, "road"), (source.PLACES, ""), (source.FACILITIES, "place")):
        for row in session.execute(
            text(f"SELECT * FROM ({query}) q WHERE split_part(q.code, '~', 1) = ANY(:codes)"),
            {"codes": codes},
        ):
            code, *rest = row
            found.append(HandleRow(code, kind, *rest) if kind else HandleRow(*row))  # type: ignore[arg-type]
    return found
