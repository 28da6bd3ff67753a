"""Write many doors of one road or natural village at once: a street of two thousand doors in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering.text import written
from gazetteer.numbering.under import under
from gazetteer.numbering.writing import NewDoor
from geo.problems import Conflict

# Divisions of each place as writing.divisions_at finds them: drawn boundaries first, then the nearest door of the handle.
_DIVISIONS = text("""
    WITH own AS (
      SELECT (SELECT code FROM register.division WHERE code = rpad(left(:near, 6), 12, '0')) AS county,
             (SELECT code FROM register.division WHERE code = rpad(left(:near, 9), 12, '0') AND level = 4) AS town,
             (SELECT code FROM register.division WHERE code = :near AND level = 5) AS comm),
    standing AS MATERIALIZED (
      SELECT a.county, a.town, a.comm, q.geom FROM register.address a JOIN register.address_point q ON q.address = a.code
      WHERE a.valid_to IS NULL AND (a.road = :handle OR a.natvil = :handle OR a.estate = :handle))
    SELECT coalesce(n.county, d.county, own.county) AS county,
           CASE WHEN n.county IS NOT NULL THEN n.town WHEN d.county IS NOT NULL THEN d.town ELSE own.town END AS town,
           CASE WHEN n.county IS NOT NULL THEN n.comm WHEN d.county IS NOT NULL THEN d.comm ELSE own.comm END AS comm
    FROM unnest(CAST(:lons AS float8[]), CAST(:lats AS float8[])) WITH ORDINALITY p(lon, lat, at)
    CROSS JOIN own CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4490) AS here) h
    LEFT JOIN LATERAL (
      SELECT c.code FROM register.division c
      WHERE c.level >= 3 AND c.valid_to IS NULL AND c.boundary IS NOT NULL AND ST_Covers(c.boundary, h.here)
      ORDER BY c.level DESC LIMIT 1) b ON true
    LEFT JOIN LATERAL (
      SELECT (SELECT code FROM register.division WHERE code = rpad(left(b.code, 6), 12, '0')) AS county, v.code AS town,
             (SELECT code FROM register.division WHERE code = b.code AND level = 5) AS comm
      FROM register.division v WHERE v.code = rpad(left(b.code, 9), 12, '0') AND v.level = 4) d ON true
    LEFT JOIN LATERAL (
      SELECT s.county, s.town, s.comm FROM standing s WHERE ST_DWithin(s.geom, h.here, 0.02)
      ORDER BY s.geom <-> h.here LIMIT 1
    ) n ON coalesce(d.comm, CASE WHEN d.county IS NULL THEN own.comm END) IS NULL
       AND (coalesce(d.town, CASE WHEN d.county IS NULL THEN own.town END) IS NULL
            OR n.town = coalesce(d.town, own.town))
    ORDER BY p.at
""")
_TAKEN = text(f"""
    SELECT n.number, n.sub, coalesce(a.code, '') AS address, coalesce(c.state, '') AS state
    FROM unnest(CAST(:numbers AS text[]), CAST(:subs AS text[])) WITH ORDINALITY n(number, sub, at)
    LEFT JOIN register.address a ON a.number = n.number AND a.sub = n.sub AND a.bld = '' AND a.valid_to IS NULL
      AND {under("a", ":handle")}
    LEFT JOIN register.number_claim c ON c.handle = :handle AND c.number = n.number AND c.sub = n.sub
      AND c.state <> 'released'
    WHERE a.code IS NOT NULL OR c.id IS NOT NULL ORDER BY n.at LIMIT 1
""")  # noqa: S608
_ADDRESSES = text("""
    INSERT INTO register.address (county, town, comm, road, natvil, handle_kind, handle_name, number, number_order, sub,
      valid_from, made_up, source, standard_address, auxiliary_address)
    SELECT c.code, t.code, v.code, CASE WHEN :kind = 'road' THEN :handle END, CASE WHEN :kind = 'natvil' THEN :handle END,
      :kind, CAST(:handle_name AS text), f.number, CAST(f.number AS integer), f.sub, CAST(:on_day AS date), :made_up, :source,
      register.display_address(register.county_text(c.code), t.name, v.name, :kind, :handle_name, f.number, f.sub,
        '', '', '', '', ''),
      register.auxiliary_address(register.county_text(c.code), t.name, :kind, '', '', '', '', '')
    FROM unnest(CAST(:numbers AS text[]), CAST(:subs AS text[]), CAST(:counties AS text[]), CAST(:towns AS text[]),
                CAST(:comms AS text[])) WITH ORDINALITY AS f(number, sub, county, town, comm, at)
    JOIN register.division c ON c.code = f.county LEFT JOIN register.division t ON t.code = f.town
    LEFT JOIN register.division v ON v.code = f.comm
    ORDER BY f.at RETURNING code
""")
_POINTS = text("""
    INSERT INTO register.address_point (address, kind, geom, made_up)
    SELECT p.code, 'entrance', ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4490), :made_up
    FROM unnest(CAST(:codes AS text[]), CAST(:lons AS float8[]), CAST(:lats AS float8[])) AS p(code, lon, lat)
""")
_CLAIMS = text("""
    INSERT INTO register.number_claim (handle, number, sub, state, batch, address, actor)
    SELECT :handle, f.number, f.sub, 'used', :batch, f.code, :actor
    FROM unnest(CAST(:numbers AS text[]), CAST(:subs AS text[]), CAST(:codes AS text[])) AS f(number, sub, code)
""")

Divisions = tuple[str, str | None, str | None]


def divisions_of(
    db: Session, division: str, places: Sequence[tuple[float, float]], handle: str
) -> list[Divisions]:
    """County, township and village of many places on one road or village, as ``divisions_at`` gives them for one."""
    asked = {
        "near": division,
        "lons": [p[0] for p in places],
        "lats": [p[1] for p in places],
        "handle": handle,
    }
    return [(row.county, row.town, row.comm) for row in db.execute(_DIVISIONS, asked)]


def write_street(
    db: Session, doors: Sequence[NewDoor], *, actor: str, on_day: date, batch: int, source: str
) -> list[str]:
    """Claim the numbers and write the doors of one road or natural village; gives their codes in the same order.

    Args:
        db: the unit of work; the caller has locked the handle.
        doors: all of one handle, with plain numbers and places.
        actor, on_day, batch, source: stand at every row.

    Raises:
        Conflict: one of the numbers stands, is held or kept back.
    """
    if not doors:
        return []
    one = doors[0]
    numbers, subs = [d.number for d in doors], [d.sub for d in doors]
    taken = db.execute(_TAKEN, {"numbers": numbers, "subs": subs, "handle": one.handle}).one_or_none()
    if taken is not None:
        raise _refusal(written(taken.number, taken.sub), taken.address, taken.state)
    shared = {"handle": one.handle, "numbers": numbers, "subs": subs, "made_up": one.made_up}
    codes = list(db.scalars(_ADDRESSES, {
        **shared, "kind": one.kind, "handle_name": one.handle_name, "on_day": on_day, "source": source,
        "counties": [d.county for d in doors], "towns": [d.town for d in doors], "comms": [d.comm for d in doors],
    }))  # fmt: skip
    db.execute(_POINTS, {"codes": codes, "lons": [d.lon for d in doors], "lats": [d.lat for d in doors],
                         "made_up": one.made_up})  # fmt: skip
    db.execute(_CLAIMS, {**shared, "codes": codes, "batch": batch, "actor": actor})
    return codes


def _refusal(shown: str, address: str, state: str) -> Conflict:
    if address:
        return Conflict(f"{shown}已经登记（{address}）。", "重新试算，不要重复登记。", code="number.taken")
    if state == "reserved":
        return Conflict(f"{shown}是预留号。", "重新试算。", code="number.reserved")
    return Conflict(f"{shown}正由别的登记占用。", "重新试算，或等那件登记办结。", code="number.held")
