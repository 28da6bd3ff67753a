"""Export of any kind that the program knows: the register's kinds, boundary lines and markers.

A file of markers holds precise positions and is internal; what may be shown stands in ``published.boundary_marker``.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Final

from boundary.forms import FURTHER
from boundary.kinds import KINDS, LINE, MARKER
from gazetteer.register.exporting import export_file as export_known
from gazetteer.register.exporting.queries import QUERIES as REGISTER_QUERIES

_COMMON: Final = "t.valid_from, t.valid_to, CASE WHEN t.made_up THEN '是' ELSE '' END, t.source, t.crs_source"

LINES: Final = f"""
    SELECT t.code, t.name, t.level,
           coalesce((SELECT string_agg(s.division, '、' ORDER BY s.division) FROM register.boundary_side s
                     WHERE s.line = t.code), ''),
           t.length_m, t.start_text, t.end_text, t.markers, t.single, t.double, t.triple,
           CASE WHEN t.disputed THEN '是' ELSE '' END, t.approval, t.agreement, t.detail_map,
           t.agreed_on, t.lead, t.next_due, {_COMMON},
           ST_AsBinary(t.geom)
    FROM register.boundary_line_as_of(:day) t ORDER BY t.code
"""  # noqa: S608 - constants only
_REFERENCE: Final = (
    "coalesce(o{0}.name, ''), o{0}.azimuth, o{0}.distance, "
    "round(ST_X(o{0}.geom)::numeric, 8)::float8, round(ST_Y(o{0}.geom)::numeric, 8)::float8"
)
_JOIN: Final = "LEFT JOIN {1} o{0} ON o{0}.marker = t.code AND o{0}.serial = {0}"


def markers_from(markers: str, references: str) -> str:
    """The query of an export of markers over these two relations, which know the day ``:day``."""
    return f"""
    SELECT t.code, t.number, t.spatial_id, t.name, t.level,
           CASE t.standing WHEN 'double' THEN '同号双立' WHEN 'triple' THEN '同号三立' ELSE '单立' END
             || CASE t.faces WHEN 2 THEN '双面型' WHEN 3 THEN '三面型' ELSE '' END,
           CASE WHEN t.networked THEN '物联网界桩' ELSE '非物联网界桩' END,
           coalesce(l.lines, ''), coalesce(l.serials, ''), t.material, t.data_type,
           CASE WHEN t.is_public THEN '是' ELSE '否' END, t.sign_codes, t.height, t.north, t.east, t.location,
           CASE WHEN t.entrusted THEN '是' ELSE '' END, t.custodian, t.changes, t.state,
           {", ".join(_REFERENCE.format(n) for n in (1, 2, 3))}, t.attributes::text, {_COMMON}, ST_AsBinary(t.geom)
    FROM {markers} t
    LEFT JOIN LATERAL (
      SELECT string_agg(line, '、' ORDER BY line) AS lines,
             CASE WHEN count(serial) > 0 THEN string_agg(coalesce(serial::text, ''), '、' ORDER BY line) END AS serials
      FROM register.boundary_marker_line WHERE marker = t.code
    ) l ON true
    {" ".join(_JOIN.format(n, references) for n in (1, 2, 3))}
    ORDER BY t.code
"""  # noqa: S608 - constants only


MARKERS: Final = markers_from("register.boundary_marker_as_of(:day)", "register.reference_object_as_of(:day)")
QUERIES: Final = {**REGISTER_QUERIES, LINE.name: LINES, MARKER.name: MARKERS}

export_file = partial(export_known, kinds=KINDS, queries=QUERIES)
"""``gazetteer.register.exporting.export_file`` that also writes the kinds ``boundaries`` and ``markers``."""


def export_markers(path: Path, codes: Collection[str]) -> None:
    """Write some markers' registers, as they stand today, into a file that the import takes back.

    It has every heading of the form, so that what is missing can be filled in.
    """
    quoted = ", ".join("'" + code.replace("'", "''").replace(":", "\\:") + "'" for code in codes) or "''"
    query = MARKERS.replace("ORDER BY t.code", f"WHERE t.code IN ({quoted}) ORDER BY t.code")
    export_known(MARKER.name, path, kinds=KINDS, queries={MARKER.name: query}, further=FURTHER)
