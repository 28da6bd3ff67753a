"""Import of boundary lines (界线) with the divisions on their sides."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from boundary.forms import LEVELS, listed
from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.named import text_columns
from gazetteer.register.importing.upsert import upsert

_SAME: Final = (
    "level", "length_m", "start_text", "end_text", "markers", "single", "double", "triple", "disputed", "approval",
    "agreement", "detail_map", "agreed_on", "lead", "next_due", "valid_from", "valid_to", "made_up",
)  # fmt: skip
_TEXTS: Final = ("name", "level", "start_text", "end_text", "approval", "lead", "agreement", "detail_map")
_WHOLE: Final = ("markers", "single", "double", "triple", "next_due")
TYPES: Final = dict.fromkeys(("code", *_TEXTS), "text") | dict.fromkeys(_WHOLE, "int") | {
    "length_m": "float8", "disputed": "boolean", "agreed_on": "date", "sides": "text[]", "valid_from": "date",
    "valid_to": "date", "made_up": "boolean", "source": "text", "crs_source": "text", "geom": "geometry",
}  # fmt: skip
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT i.*, coalesce(c.code, k.code) AS existing FROM incoming i
    LEFT JOIN register.boundary_line c ON c.code = nullif(i.code, '')
    LEFT JOIN LATERAL (
      SELECT min(l.code) AS code FROM register.boundary_line l
      WHERE i.code = '' AND l.name = i.name AND l.valid_to IS NOT DISTINCT FROM i.valid_to
    ) k ON true
"""
_CODES: Final = "UPDATE ready SET code = coalesce(existing, nullif(code, ''), register.new_code('L')), geom = ST_Multi(geom)"
_SIDES: Final = """
    INSERT INTO register.boundary_side (line, division)
    SELECT DISTINCT code, unnest(sides) FROM ready ON CONFLICT DO NOTHING
"""


def load_lines(load: Load) -> None:
    """Check the rows and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns() | text_columns(
        load, {"code": "code", **dict(zip(_TEXTS, _TEXTS, strict=True))}
    )
    for name in (*_WHOLE, "length_m", "disputed", "agreed_on"):
        columns[name] = sheet.values(name)
    columns["sides"] = [_sides(load, i, cell) for i, cell in enumerate(sheet.cells("sides"))]
    _check(load, columns)
    load.stage(TYPES, columns)
    load.refuse_doubles("nullif(code, '')", "界线代码")
    load.refuse_doubles("CASE WHEN code = '' THEN name END", "界线名称")


def write_lines(load: Load) -> Counts:
    """Insert and update lines, then add their sides."""
    session, sheet = load.session, load.sheet
    session.execute(text(_READY))
    session.execute(text(_CODES))
    columns = ["name", *(name for name in _SAME if sheet.has(name))]
    if load.positions.present:
        columns += ["geom", "crs_source"]
    counts = upsert(session, "boundary_line", [*columns, "source"], staged="ready")
    session.execute(text(_SIDES))
    return counts


def _check(load: Load, columns: dict[str, Any]) -> None:
    sheet = load.sheet
    for i, level in enumerate(columns["level"]):
        if level and level not in LEVELS:
            sheet.refuse(i, "import.level", "界线等级", f"“{level}”不是等级", f"可用：{'、'.join(LEVELS)}")
    for name, least, most in (
        ("length_m", 1e-9, 1e8),
        ("next_due", 1990, 2200),
        *((n, 0, 1e6) for n in _WHOLE[:4]),
    ):
        title = sheet.kind.field(name).title
        for i, value in enumerate(columns[name]):
            if value is not None and not least <= value <= most:
                sheet.refuse(i, "import.cell", title, f"{title}是 {value:g}", "改正，不知道就留空")


def _sides(load: Load, index: int, cell: str) -> list[str]:
    found = []
    for said in listed(cell):
        located = load.located_at(index, said) if said.isdigit() else load.locate(index, "", "", said, "", "")
        if located:
            found.append(located.smallest)
    return found
