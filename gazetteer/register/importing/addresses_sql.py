"""The set-based half of the address import: checks against file and register, handles, doors, points."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.trace import keep_added, keep_before
from gazetteer.register.importing.upsert import upsert

_KEY: Final = (
    "county || '|' || coalesce(town, '') || '|' || coalesce(comm, '') || '|' || handle_name || '|' || number"
    " || '|' || sub || '|' || estate_name || '|' || bld || '|' || unit || '|' || floor || '|' || room"
)
_COLUMNS: Final = (
    "county", "town", "comm", "road", "natvil", "estate", "handle_kind", "handle_name", "number", "number_order",
    "sub", "estate_name", "bld", "unit", "floor", "room", "standard_address", "auxiliary_address",
)  # fmt: skip
_OPTIONAL: Final = {
    "name": "name", "note": "note", "principal": "principal", "valid_from": "valid_from", "valid_to": "valid_to", "made_up": "made_up",
}  # fmt: skip

# Every name that carries numbers in the file, once; a natural village is told apart by the village around it.
_HANDLES: Final = """
    CREATE TEMP TABLE handle ON COMMIT DROP AS
    SELECT kind, name, county, scope, min(town) AS town, count(DISTINCT town) AS towns, bool_and(made_up) AS made_up,
           NULL::text AS code, false AS made
    FROM (
      SELECT handle_kind AS kind, handle_name AS name, county, town, coalesce(made_up, false) AS made_up,
             CASE WHEN handle_kind = 'natvil' THEN coalesce(comm, town, county) ELSE county END AS scope
      FROM incoming WHERE handle_name <> ''
      UNION ALL
      SELECT 'estate', estate_name, county, town, coalesce(made_up, false), county
      FROM incoming WHERE estate_name <> ''
    ) named
    GROUP BY kind, name, county, scope
"""
_KNOWN_ROADS: Final = """
    UPDATE handle h SET code = found.code FROM (
      SELECT DISTINCT ON (h.name, h.county) h.name, h.county, r.code
      FROM handle h JOIN register.road r ON r.name = h.name AND r.valid_to IS NULL
       AND (left(r.division, 6) = left(h.county, 6) OR EXISTS (
         SELECT FROM register.road_division d WHERE d.road = r.code AND left(d.division, 6) = left(h.county, 6)))
      WHERE h.kind = 'road'
      ORDER BY h.name, h.county, (r.state = '现行') DESC, (r.division = h.town) DESC, r.code
    ) found WHERE h.kind = 'road' AND h.name = found.name AND h.county = found.county
"""
_KNOWN_PLACES: Final = """
    UPDATE handle h SET code = found.code FROM (
      SELECT DISTINCT ON (h.kind, h.name, h.scope) h.kind, h.name, h.scope, p.code
      FROM handle h JOIN register.place p ON p.standard_name = h.name AND p.valid_to IS NULL
       AND p.category = CASE h.kind WHEN 'natvil' THEN 'C' ELSE 'F' END
       AND left(p.division, 6) = left(h.county, 6)
       AND (h.kind = 'estate' OR p.division = h.scope OR right(h.scope, 6) = '000000'
            OR (right(h.scope, 3) = '000' AND left(p.division, 9) = left(h.scope, 9)))
      WHERE h.kind <> 'road'
      ORDER BY h.kind, h.name, h.scope, (p.division = h.scope) DESC, (p.state = '现行') DESC, p.code
    ) found WHERE h.kind = found.kind AND h.name = found.name AND h.scope = found.scope
"""
_NEW_ROADS: Final = """
    WITH made AS (
      INSERT INTO register.road (name, division, state, source, made_up)
      SELECT name, CASE WHEN towns = 1 THEN town ELSE county END, '未登记', :source, made_up
      FROM handle WHERE kind = 'road' AND code IS NULL
      RETURNING code, name, left(division, 6) AS county
    )
    UPDATE handle h SET code = made.code, made = true FROM made
    WHERE h.kind = 'road' AND h.code IS NULL AND h.name = made.name AND left(h.county, 6) = made.county
"""
_NEW_PLACES: Final = """
    WITH made AS (
      INSERT INTO register.place (category, class_code, standard_name, division, state, source, made_up, location)
      SELECT CASE kind WHEN 'natvil' THEN 'C' ELSE 'F' END, CASE kind WHEN 'natvil' THEN '22200' ELSE '22100' END,
             name, CASE WHEN kind = 'natvil' THEN scope WHEN towns = 1 THEN town ELSE county END, '未登记', :source,
             made_up, ''
      FROM handle WHERE kind <> 'road' AND code IS NULL
      RETURNING code, standard_name, category, division
    )
    UPDATE handle h SET code = made.code, made = true FROM made
    WHERE h.kind <> 'road' AND h.code IS NULL AND h.name = made.standard_name
      AND made.category = CASE h.kind WHEN 'natvil' THEN 'C' ELSE 'F' END
      AND CASE WHEN h.kind = 'natvil' THEN made.division = h.scope ELSE left(made.division, 6) = left(h.county, 6) END
"""
_MATCH: Final = f"""
    CREATE TEMP TABLE matched ON COMMIT DROP AS
    SELECT i.row, c.code AS by_code, k.code AS by_key
    FROM (SELECT row, code, {_KEY} AS natural_key FROM incoming WHERE valid_to IS NULL OR code <> '') i
    LEFT JOIN register.address c ON c.code = nullif(i.code, '')
    LEFT JOIN register.address k ON k.natural_key = i.natural_key AND k.valid_to IS NULL
    WHERE c.code IS NOT NULL OR k.code IS NOT NULL
"""
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT i.row, coalesce(nullif(i.code, ''), m.by_code, m.by_key, register.new_code('A')) AS code,
           coalesce(m.by_code, m.by_key) AS existing, i.county, i.town, i.comm,
           CASE WHEN i.handle_kind = 'road' THEN coalesce(o.code, h.code) END AS road,
           CASE WHEN i.handle_kind = 'natvil' THEN h.code END AS natvil,
           CASE WHEN i.handle_kind = 'estate' THEN h.code ELSE e.code END AS estate,
           i.handle_kind, i.handle_name, i.number, i.number_order, i.sub, i.estate_name, i.bld, i.unit, i.floor,
           i.room, i.name, i.note, i.principal, i.point_kind, i.valid_from, i.valid_to, i.made_up, i.source, i.crs_source, i.geom,
           register.display_address(county_text, town_name, comm_name, handle_kind, handle_name, number, sub,
                                    estate_name, bld, unit, floor, room) AS standard_address,
           register.auxiliary_address(county_text, town_name, handle_kind, estate_name, bld, unit, floor, room)
             AS auxiliary_address
    FROM incoming i
    JOIN (SELECT county, register.county_text(county) AS county_text FROM incoming GROUP BY county) c USING (county)
    LEFT JOIN handle h ON h.kind = i.handle_kind AND h.name = i.handle_name AND h.county = i.county
     AND h.scope = CASE WHEN i.handle_kind = 'natvil' THEN coalesce(i.comm, i.town, i.county) ELSE i.county END
    LEFT JOIN handle e ON e.kind = 'estate' AND e.name = i.estate_name AND e.county = i.county
    -- Many towns of a county have a 振兴路: the door is on its own town's.
    LEFT JOIN (SELECT DISTINCT ON (name, division) name, division, code FROM register.road WHERE valid_to IS NULL
               ORDER BY name, division, (state = '现行') DESC, code) o
      ON i.handle_kind = 'road' AND o.name = i.handle_name AND o.division = i.town
    LEFT JOIN matched m USING (row)
"""
_POINTS: Final = """
    INSERT INTO register.address_point (address, kind, geom, source, crs_source, made_up)
    SELECT code, point_kind, geom, source, crs_source, made_up FROM ready WHERE geom IS NOT NULL
    ON CONFLICT (address, kind) DO UPDATE
      SET geom = excluded.geom, source = excluded.source, crs_source = excluded.crs_source,
          made_up = excluded.made_up
      WHERE address_point.geom IS DISTINCT FROM excluded.geom
         OR address_point.made_up IS DISTINCT FROM excluded.made_up
"""
# Points of doors that stood before: what the import gives them is told apart from what they had.
_NEW_POINTS: Final = """
    SELECT code || '|' || point_kind FROM ready r WHERE existing IS NOT NULL AND geom IS NOT NULL
      AND NOT EXISTS (SELECT FROM register.address_point p WHERE p.address = r.code AND p.kind = r.point_kind)
"""
_MOVED_POINTS: Final = """
    EXISTS (SELECT FROM ready r WHERE r.code = t.address AND r.point_kind = t.kind AND r.geom IS NOT NULL
            AND (t.geom IS DISTINCT FROM r.geom OR t.made_up IS DISTINCT FROM r.made_up))
"""


# Several shops behind one number are one address with several names; the first row carries them all.
_SAME_DOOR: Final = f"""
    SELECT row, first FROM (
      SELECT row, name, min(row) OVER (PARTITION BY {_KEY}) AS first,
             row_number() OVER (PARTITION BY {_KEY}, name ORDER BY row) AS nth
      FROM incoming WHERE valid_to IS NULL
    ) d WHERE row > first AND nth = 1 AND name <> ''
"""
_NAMES: Final = f"""
    UPDATE incoming i SET name = n.names
    FROM (SELECT min(row) AS row, string_agg(name, '；' ORDER BY row) AS names
          FROM (SELECT DISTINCT ON ({_KEY}, name) *, {_KEY} AS key FROM incoming
                WHERE valid_to IS NULL AND name <> '' ORDER BY {_KEY}, name, row) s
          GROUP BY key HAVING count(*) > 1) n
    WHERE i.row = n.row
"""


def _join_names(load: Load) -> None:
    found = load.session.execute(text(_SAME_DOOR)).all()
    if not found:
        return
    load.session.execute(text(_NAMES))
    for row, first in found:
        load.sheet.warn(
            load.index_of[row], "import.same-door", "名称", f"与第 {first} 行是同一个门牌",
            "名称已并入那一行；如果是两个门牌，请写明附号",
        )  # fmt: skip
    load.session.execute(
        text("DELETE FROM incoming WHERE row = ANY(:rows)"), {"rows": [row for row, _ in found]}
    )


def check_addresses(load: Load) -> None:
    """Refuse doubles within the file, and codes that belong to another address already."""
    load.refuse_doubles("nullif(code, '')", "地址编码")
    _join_names(load)
    load.refuse_doubles(f"CASE WHEN valid_to IS NULL THEN {_KEY} END", "门牌号")
    load.session.execute(text(_MATCH))
    load.refuse_where(
        "import.code", "地址编码",
        "SELECT row, format('登记册里这个门牌的编码是 %s', by_key) FROM matched m JOIN incoming i USING (row) "
        "WHERE by_key IS NOT NULL AND i.code <> '' AND by_key <> i.code ORDER BY row",
        "改用登记册里的编码，或去掉编码列",
    )  # fmt: skip
    load.refuse_where(
        "import.principal", "主地址编码",
        "SELECT row, format('没有编码为 %s 的主地址', principal) FROM incoming i WHERE principal IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM incoming p WHERE p.code = i.principal) "
        "AND NOT EXISTS (SELECT FROM register.address a WHERE a.code = i.principal) ORDER BY row",
        "改正编码，或留空",
    )  # fmt: skip


def apply_addresses(load: Load) -> Counts:
    """Write handles the register lacks, then the doors, then their points."""
    session = load.session
    made = _handles(load)
    session.execute(text(_READY))
    session.execute(text("ANALYZE ready"))
    present = [column for field, column in _OPTIONAL.items() if load.sheet.has(field)]
    load.progress("写入地址", 0, len(load.sheet))
    counts = upsert(
        session,
        "address",
        [*_COLUMNS, *present, "source", *(["crs_source"] if load.positions.present else [])],
        staged="ready",
    )
    load.progress("写入定位点", 0, len(load.sheet))
    keep_added(session, "address_point", _NEW_POINTS)
    keep_before(session, "address_point", _MOVED_POINTS)
    session.execute(text(_POINTS))
    counts.handles_made = made
    return counts


def _handles(load: Load) -> int:
    session, source = load.session, {"source": load.source}
    session.execute(text(_HANDLES))
    session.execute(text(_KNOWN_ROADS))
    session.execute(text(_KNOWN_PLACES))
    missing = session.scalar(text("SELECT count(*) FROM handle WHERE code IS NULL")) or 0
    session.execute(text(_NEW_ROADS), source)
    session.execute(text(_NEW_PLACES), source)
    keep_added(session, "road", "SELECT code FROM handle WHERE made AND kind = 'road'")
    keep_added(session, "place", "SELECT code FROM handle WHERE made AND kind <> 'road'")
    session.execute(text("ANALYZE handle"))
    return missing
