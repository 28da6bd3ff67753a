"""Import of boundary markers (界桩) with their place on lines and their reference objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from sqlalchemy import text

from boundary.checks import Tolerances
from boundary.forms import LEVELS, listed, read_networked, read_type, serials
from boundary.importing.doubts import check_markers
from boundary.importing.lines_of import Line, Lines
from boundary.importing.references import reference_columns, reference_types, write_references
from gazetteer.register.importing.attributes import attributes_of, keep_others
from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.named import text_columns
from gazetteer.register.importing.sheet import Sheet
from gazetteer.register.importing.upsert import upsert

_TEXTS: Final = (
    "number", "spatial_id", "name", "level", "material", "data_type", "sign_codes", "location", "custodian", "changes",
)  # fmt: skip
_SAME: Final = (*_TEXTS, "state", "is_public", "height", "north", "east", "entrusted", "networked", "valid_from",
                "valid_to", "made_up")  # fmt: skip
TYPES: Final = dict.fromkeys(("code", *_TEXTS, "state", "standing"), "text") | {
    "faces": "smallint", "networked": "boolean", "is_public": "boolean", "entrusted": "boolean", "height": "float8",
    "north": "float8", "east": "float8", "attributes": "jsonb", "lines": "text[]", "serials": "int[]",
    "valid_from": "date", "valid_to": "date", "made_up": "boolean", "source": "text", "crs_source": "text",
    "geom": "geometry", **reference_types(),
}  # fmt: skip
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT i.*, c.code AS existing FROM incoming i LEFT JOIN register.boundary_marker c ON c.code = i.code
"""
_PLACES: Final = """
    CREATE TEMP TABLE marker_place ON COMMIT DROP AS
    SELECT r.code AS marker, p.line, p.serial FROM ready r CROSS JOIN unnest(r.lines, r.serials) AS p (line, serial)
"""
_MOVED: Final = """
    SELECT DISTINCT p.marker FROM marker_place p
    LEFT JOIN register.boundary_marker_line l ON l.marker = p.marker AND l.line = p.line
    WHERE l.marker IS NULL OR (p.serial IS NOT NULL AND l.serial IS DISTINCT FROM p.serial)
"""
# What a form does not say stays: a file without serials must not take them away.
_PLACE: Final = """
    INSERT INTO register.boundary_marker_line (marker, line, serial) SELECT marker, line, serial FROM marker_place
    ON CONFLICT (marker, line) DO UPDATE SET serial = excluded.serial
    WHERE excluded.serial IS NOT NULL AND boundary_marker_line.serial IS DISTINCT FROM excluded.serial
"""
_UNTOUCHED: Final = """
    SELECT count(*) FROM register.boundary_marker m
    JOIN ready r ON r.existing = m.code
    WHERE m.code = ANY(:codes) AND m.act_id IS DISTINCT FROM audit.current_act()
"""


def position_columns(sheet: Sheet) -> None:
    """A file with projected coordinates alone is placed by them; its grid must be declared."""
    if sheet.table.geometry is None and not ({"lon", "lat", "geometry"} & set(sheet.mapping)):
        for axis, field in (("lon", "east"), ("lat", "north")):
            if sheet.has(field):
                sheet.mapping[axis] = sheet.mapping[field]


def load_markers(load: Load, *, tolerances: Tolerances) -> None:
    """Check the rows, among them by B1, B3 and B4, and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns() | text_columns(load, dict(zip(_TEXTS, _TEXTS, strict=True)))
    for name in ("is_public", "entrusted", "height", "north", "east"):
        columns[name] = sheet.values(name)
    columns["code"] = _codes(sheet)
    columns["state"] = [cell or "完好" for cell in sheet.cells("state")]
    types = _read(sheet, "type", read_type, ("single", None))
    columns["standing"], columns["faces"] = [standing for standing, _ in types], [faces for _, faces in types]
    columns["networked"] = _read(sheet, "networked", read_networked, False)
    columns["attributes"] = attributes_of(load)
    lines = _lines(load)
    columns["lines"] = [[line.code for line in row] for row in lines]
    columns["serials"] = _serials(sheet, lines)
    columns |= reference_columns(load)
    _check(sheet, columns)
    check_markers(load, columns, lines, tolerances)
    load.stage(TYPES, columns)
    load.refuse_doubles("code", "界桩代码")


def write_markers(load: Load) -> Counts:
    """Insert and update markers, then their places on lines and their reference objects."""
    session, sheet = load.session, load.sheet
    session.execute(text(_READY))
    columns = [name for name in _SAME if sheet.has(name)]
    if sheet.has("type"):
        columns += ["standing", "faces"]
    if load.positions.present:
        columns += ["geom", "crs_source"]
    keep_others(load, "boundary_marker")
    counts = upsert(session, "boundary_marker", [*columns, "attributes", "source"], staged="ready")
    session.execute(text(_PLACES))
    touched = set(session.scalars(text(_MOVED)))
    session.execute(text(_PLACE))
    touched |= write_references(load)
    # A marker whose own row is as it was, but not what hangs on it, counts as updated.
    more = session.scalar(text(_UNTOUCHED), {"codes": sorted(touched)}) or 0
    counts.updated, counts.unchanged = counts.updated + more, counts.unchanged - more
    return counts


def _codes(sheet: Sheet) -> list[str]:
    found = []
    for i, (code, number) in enumerate(zip(sheet.cells("code"), sheet.cells("number"), strict=True)):
        if not (code or number):
            sheet.refuse(i, "import.missing", "界桩代码", "界桩代码和界桩编号都是空的", "补上其中一个")
        found.append(code or number)
    return found


def _read(sheet: Sheet, name: str, read: Callable[[str], Any], empty: Any) -> list[Any]:
    found = []
    for i, cell in enumerate(sheet.cells(name)):
        try:
            found.append(read(cell))
        except ValueError as error:
            sheet.refuse(i, "import.cell", sheet.kind.field(name).title, str(error), "改正或留空")
            found.append(empty)
    return found


def _lines(load: Load) -> list[list[Line]]:
    known = Lines(load.session)
    found = []
    for i, cell in enumerate(load.sheet.cells("line")):
        row = []
        for said in listed(cell):
            try:
                row.append(known.named(said))
            except LookupError as error:
                load.sheet.refuse(
                    i,
                    "import.line",
                    "界线代码",
                    str(error),
                    "先导入界线（diming import boundaries），或写界线代码",
                )
        found.append(list({line.code: line for line in row}.values()))
    return found


def _serials(sheet: Sheet, lines: list[list[Line]]) -> list[list[int | None]]:
    found = []
    for i, (cell, number) in enumerate(zip(sheet.cells("serial"), sheet.cells("number"), strict=True)):
        try:
            found.append(serials(cell, number, len(lines[i])))
        except ValueError as error:
            sheet.refuse(i, "import.cell", "序号", str(error), "改正或留空；几条界线的序号用顿号隔开")
            found.append([None] * len(lines[i]))
    return found


def _check(sheet: Sheet, columns: dict[str, Any]) -> None:
    for i, level in enumerate(columns["level"]):
        if level and level not in LEVELS:
            sheet.refuse(i, "import.level", "界桩等级", f"“{level}”不是等级", f"可用：{'、'.join(LEVELS)}")
    for i, height in enumerate(columns["height"]):
        if height is not None and not -500 <= height <= 9000:
            sheet.refuse(i, "import.cell", "高程", f"高程是 {height:g} 米", "改正或留空")
    for i, (north, east) in enumerate(zip(columns["north"], columns["east"], strict=True)):
        if (north is None) != (east is None):
            sheet.refuse(i, "import.cell", "纵坐标", "纵坐标和横坐标只有一个", "补上另一个，或都留空")
    columns["north"], columns["east"] = (
        [None if value is None or np.isnan(value) else value for value in columns[name]]
        for name in ("north", "east")
    )
