"""One query a kind: the columns in the order of the kind's fields, geometry last as WKB. ``:day`` is the day asked for."""

from __future__ import annotations

from typing import Final

_COMMON: Final = "t.valid_from, t.valid_to, CASE WHEN t.made_up THEN '是' ELSE '' END, t.source, t.crs_source"
_LINES: Final = "s.road = t.code AND register.is_in_force(s.valid_from, s.valid_to, :day)"
# Names of the county, township and village around a record, for people; its code beside them is what counts.
_NAMED: Final = "coalesce((SELECT name FROM register.division WHERE code = {0}), '')"
_WITHIN: Final = ", ".join((
    _NAMED.format("rpad(left(t.division, 6), 12, '0')"),
    _NAMED.format("CASE WHEN substr(t.division, 7, 3) <> '000' THEN rpad(left(t.division, 9), 12, '0') END"),
    _NAMED.format("CASE WHEN right(t.division, 3) <> '000' THEN t.division END"),
))  # fmt: skip

DIVISIONS: Final = f"""
    SELECT t.code, t.name, t.level, coalesce(t.parent, ''), t.short, t.kind, t.pinyin, {_COMMON},
           ST_AsBinary(coalesce(t.boundary, t.point))
    FROM register.division_as_of(:day) t ORDER BY t.code
"""
PLACES: Final = f"""
    SELECT t.code, t.national_code, t.standard_name, t.category, t.class_code, t.specific, t.generic, t.romanisation,
           t.pinyin, t.origin, t.meaning, t.history, t.heritage, t.state, {_WITHIN}, coalesce(t.division, ''),
           t.location, {_COMMON}, ST_AsBinary(t.geom)
    FROM register.place_as_of(:day) t ORDER BY t.code
"""
# Unnamed segments follow the roads, each a row of its own.
ROADS: Final = f"""
    SELECT t.code, t.name, t.specific, t.generic, t.romanisation, t.pinyin, t.road_class, t.width_m, t.length_m,
           t.start_text, t.end_text, t.direction, t.number_from, t.number_to, t.meaning, t.state, {_WITHIN}, t.division,
           {_COMMON}, ST_AsBinary((SELECT ST_Multi(ST_Collect(s.geom ORDER BY s.id)) FROM register.road_segment s
                                   WHERE {_LINES}))
    FROM register.road_as_of(:day) t
    UNION ALL
    SELECT '', '', '', '', '', '', t.road_class, NULL, NULL, '', '', '', NULL, NULL, '', '', {_WITHIN},
           coalesce(t.division, ''), {_COMMON}, ST_AsBinary(ST_Multi(t.geom))
    FROM register.road_segment_as_of(:day) t WHERE t.road IS NULL
    ORDER BY 1 DESC, 2
"""
ADDRESSES: Final = f"""
    SELECT t.code, p.name, c.name, d.name, coalesce(w.name, ''), coalesce(v.name, ''),
           CASE WHEN t.handle_kind = 'road' THEN t.handle_name ELSE '' END,
           CASE WHEN t.handle_kind = 'natvil' THEN t.handle_name ELSE '' END,
           CASE WHEN t.handle_kind = 'estate' THEN t.handle_name ELSE t.estate_name END,
           t.number, '', t.sub, t.bld, t.unit, t.floor, t.room, t.standard_address,
           coalesce(t.comm, t.town, t.county), t.auxiliary_address,
           coalesce(t.principal, ''), t.name, t.note, coalesce(q.kind, ''), {_COMMON}, ST_AsBinary(q.geom)
    FROM register.address_as_of(:day) t
    JOIN register.division d ON d.code = t.county
    LEFT JOIN register.division w ON w.code = t.town
    LEFT JOIN register.division v ON v.code = t.comm
    LEFT JOIN register.division p ON p.code = rpad(left(t.county, 2), 12, '0')
    LEFT JOIN register.division c ON c.code = rpad(left(t.county, 4), 12, '0') AND c.level = 2
    LEFT JOIN register.address_point q ON q.address = t.code
    ORDER BY t.code, q.kind
"""
FACILITIES: Final = f"""
    SELECT t.code, t.kind, t.name, t.category, {_WITHIN}, coalesce(t.division, ''), coalesce(t.address, ''),
           t.address_text, t.operator, t.phone, t.contact, t.opening, t.capacity, t.state, t.attributes::text,
           {_COMMON}, ST_AsBinary(t.geom)
    FROM register.facility_as_of(:day) t ORDER BY t.code
"""
ALIASES: Final = f"""
    SELECT t.alias, t.kind,
           CASE WHEN g.division IS NOT NULL THEN '区划' WHEN g.road IS NOT NULL THEN '道路'
                WHEN g.place IS NOT NULL THEN '地名' ELSE '地址' END,
           coalesce(g.division, g.road, g.place, g.address), '', '', '', t.source_doc, '', {_COMMON}, NULL
    FROM register.alias t JOIN register.alias_target g ON g.alias = t.id
    WHERE :day IS NOT NULL ORDER BY t.alias, t.id, g.id
"""
QUERIES: Final = {
    "divisions": DIVISIONS, "places": PLACES, "roads": ROADS, "addresses": ADDRESSES, "facilities": FACILITIES,
    "aliases": ALIASES,
}  # fmt: skip
