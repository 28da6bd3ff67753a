"""The questions of the naming checks as SQL; each is answered through an index.

Every row comes as ``code, name, category, division, state, protected, former, geom`` (WKB, CGCS2000 degrees).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import TextClause, text

LIVE: Final = "('现行', '拟命名')"
_OPEN: Final = """EXISTS (
    SELECT FROM register."case" c WHERE c.machine = 'proposal' AND c.subject = {code}
    AND c.state NOT IN ('draft', 'announced', 'signed', 'refused', 'withdrawn', 'ended'))"""
_LINE: Final = (
    "(SELECT ST_Collect(s.geom) FROM register.road_segment s WHERE s.road = {code} AND s.valid_to IS NULL)"
)
_PROTECTED: Final = "CASE WHEN l.heritage NOT IN ('', '否', '无') THEN l.heritage ELSE '' END"
_GEOM: Final = """CASE k.kind WHEN 'place' THEN (SELECT l.geom FROM register.place l WHERE l.code = k.code)
    WHEN 'road' THEN {line} ELSE (SELECT p.geom FROM register.proposal p WHERE p.code = k.code) END""".replace(
    "{line}", _LINE.format(code="k.code")
)
_BOX: Final = "ST_MakeEnvelope(CAST(:west AS float8), CAST(:south AS float8), CAST(:east AS float8), CAST(:north AS float8), 4490)"


@cache
def named(condition: str) -> TextClause:
    """Live names under a condition on their keys, inside the scope: a polygon, or prefixes of division codes.

    A place without geometry counts as inside a polygon: what cannot be ruled out is shown to the officer.
    """
    return text(f"""
        SELECT k.code, k.name, k.category, k.division, k.state, '' AS protected, CAST(NULL AS text[]) AS former,
               ST_AsBinary(g.geom) AS geom
        FROM register.name_key k, LATERAL (SELECT {_GEOM} AS geom) g
        WHERE {condition} AND k.state IN {LIVE} AND k.code <> :without
          AND (k.kind <> 'proposal' OR {_OPEN.format(code="k.code")})
          AND CASE WHEN CAST(:area AS text) IS NULL THEN k.division LIKE ANY(CAST(:prefixes AS text[]))
                   ELSE g.geom IS NULL OR ST_Intersects(g.geom, CAST(CAST(:area AS text) AS geometry)) END
        ORDER BY k.code
    """)  # noqa: S608 - conditions are those of this package, values are parameters


NEAR_ROADS: Final = text(f"""
    SELECT r.code, r.name, 'E' AS category, r.division, r.state, '' AS protected, CAST(NULL AS text[]) AS former,
           ST_AsBinary({_LINE.format(code="r.code")}) AS geom
    FROM register.road r
    WHERE r.valid_to IS NULL AND r.state IN {LIVE} AND r.code IN (
      SELECT s.road FROM register.road_segment s WHERE s.geom && {_BOX} AND s.valid_to IS NULL)
    ORDER BY r.code
""")  # noqa: S608
NEAR_PLACES: Final = text(f"""
    SELECT l.code, l.standard_name AS name, l.category, l.division, l.state, {_PROTECTED} AS protected,
           CAST(NULL AS text[]) AS former, ST_AsBinary(l.geom) AS geom
    FROM register.place l
    WHERE l.geom && {_BOX} AND l.valid_to IS NULL AND l.state IN {LIVE} AND l.category = ANY(:categories)
    ORDER BY l.code
""")  # noqa: S608
NEAR_PROPOSALS: Final = text(f"""
    SELECT p.code, p.name, p.category, p.division, '拟命名' AS state, '' AS protected, CAST(NULL AS text[]) AS former,
           ST_AsBinary(p.geom) AS geom
    FROM register.proposal p
    WHERE p.geom && {_BOX} AND p.code <> :without AND p.name <> '' AND p.category = ANY(:categories)
      AND {_OPEN.format(code="p.code")}
    ORDER BY p.code
""")  # noqa: S608
DIVISIONS_IN: Final = text("""
    SELECT d.code, d.name, d.short, ST_AsBinary(d.boundary) AS geom FROM register.division d
    WHERE (d.name = ANY(CAST(:parts AS text[])) OR d.short = ANY(CAST(:parts AS text[]))) AND d.valid_to IS NULL
      AND (d.level <= 2 OR d.level = 3 AND left(d.code, 2) = :province OR d.level = 4 AND left(d.code, 4) = :city)
    ORDER BY d.code
""")
DIVISIONS_ABOVE: Final = text("""
    SELECT d.code, d.name, d.short, ST_AsBinary(d.boundary) AS geom FROM register.division d
    WHERE d.code = ANY(:codes) AND d.valid_to IS NULL ORDER BY d.level
""")
BUILT_UP: Final = text("""
    SELECT name, ST_AsBinary(geom) AS area FROM register.built_up_area
    WHERE valid_to IS NULL AND ST_Covers(geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490)) ORDER BY name LIMIT 1
""")
PROTECTED: Final = text(f"""
    SELECT l.code, l.standard_name AS name, l.category, l.division, l.state, {_PROTECTED} AS protected,
           CAST(NULL AS text[]) AS former, ST_AsBinary(l.geom) AS geom
    FROM register.place l
    WHERE l.heritage NOT IN ('', '否', '无')
      AND l.code IN (SELECT k.code FROM register.name_key k
                     WHERE k.kind = 'place' AND CASE WHEN :record <> '' THEN k.code = :record ELSE k.plain = :plain END)
    UNION ALL
    SELECT r.code, r.name, 'E', r.division, r.state, h.said, CAST(NULL AS text[]), ST_AsBinary({_LINE.format(code="r.code")})
    FROM register.road r
    JOIN LATERAL (SELECT string_agg(DISTINCT level || class, '、') AS said FROM register.heritage
                  WHERE kind = 'road' AND code = r.code AND retired_at IS NULL) h ON h.said <> ''
    WHERE r.code IN (SELECT k.code FROM register.name_key k
                     WHERE k.kind = 'road' AND CASE WHEN :record <> '' THEN k.code = :record ELSE k.plain = :plain END)
    ORDER BY code
""")  # noqa: S608
# What a name was before; spelling mistakes, nicknames and promotion names are not former standard names.
_FORMER_KINDS: Final = (
    "('撤乡设镇', '撤县设区', '乡镇改街道', '村合并', '村改社区', '路更名', '更名', '旧称')"
)
FORMER: Final = text(f"""
    SELECT k.code, k.name, k.category, k.division, CASE WHEN k.state IN {LIVE} THEN k.state ELSE '销名' END AS state,
           '' AS protected, CAST(:names AS text[]) AS former, ST_AsBinary({_GEOM}) AS geom
    FROM register.name_key k
    WHERE k.division LIKE :county AND (
      (k.plain = :plain AND k.kind <> 'proposal' AND k.state IN ('销名', '更名'))
      OR k.code IN (
        SELECT coalesce(t.place, t.road) FROM register.alias a JOIN register.alias_target t ON t.alias = a.id
        WHERE a.alias = ANY(CAST(:names AS text[])) AND a.kind IN {_FORMER_KINDS}))
    ORDER BY k.code
""")  # noqa: S608
PLANNED_NAMED: Final = text("""
    SELECT n.code, n.name, n.category, n.division, '拟命名' AS state, '' AS protected, CAST(NULL AS text[]) AS former,
           ST_AsBinary(n.geom) AS geom
    FROM register.planned_name n WHERE n.name = ANY(CAST(:names AS text[])) AND n.retired_at IS NULL ORDER BY n.code
""")
NEAR_PLANNED: Final = text(f"""
    SELECT n.code, n.name, n.category, n.division, '拟命名' AS state, '' AS protected, CAST(NULL AS text[]) AS former,
           ST_AsBinary(n.geom) AS geom
    FROM register.planned_name n WHERE n.geom && {_BOX} AND n.retired_at IS NULL ORDER BY n.code
""")  # noqa: S608
