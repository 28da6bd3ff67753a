"""The three reference objects (方位物) of each row: read, staged beside the marker, written as records of their own."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from sqlalchemy import text

from boundary.forms import read_azimuth
from boundary.kinds import REFERENCES
from gazetteer.register.importing.load import Load
from gazetteer.register.importing.sheet import Sheet
from gazetteer.register.models.mixins import SRID
from geo.crs import convert
from geo.crs.strays import stray_findings

_DECIMALS = 8
_STAGED: Final = """
    CREATE TEMP TABLE thing ON COMMIT DROP AS
    SELECT r.code AS marker, v.*, r.source, r.crs_source, r.made_up FROM ready r
    CROSS JOIN LATERAL (VALUES
      (1, ref1_name, ref1_az, ref1_dist, ref1_geom),
      (2, ref2_name, ref2_az, ref2_dist, ref2_geom),
      (3, ref3_name, ref3_az, ref3_dist, ref3_geom)
    ) AS v (serial, name, azimuth, distance, geom)
    WHERE v.serial = ANY(:serials)
"""
_NEW: Final = """
    INSERT INTO register.reference_object (marker, serial, name, azimuth, distance, geom, source, crs_source, made_up)
    SELECT marker, serial, name, azimuth, distance, geom, source, crs_source, made_up FROM thing t
    WHERE name <> '' AND NOT EXISTS (
      SELECT FROM register.reference_object o WHERE o.marker = t.marker AND o.serial = t.serial)
    RETURNING marker
"""
_CHANGED: Final = """
    UPDATE register.reference_object o
    SET name = t.name, azimuth = t.azimuth, distance = t.distance, geom = t.geom, valid_to = NULL,
        source = t.source, crs_source = t.crs_source, version = o.version + 1
    FROM thing t WHERE o.marker = t.marker AND o.serial = t.serial AND t.name <> ''
      AND (o.name, o.azimuth, o.distance, o.geom, o.valid_to)
          IS DISTINCT FROM (t.name, t.azimuth, t.distance, t.geom, NULL::date)
    RETURNING o.marker
"""
# A form that no longer names the object: it is gone (方位物灭失), and kept as retired.
_GONE: Final = """
    UPDATE register.reference_object o SET valid_to = greatest(current_date, o.valid_from), version = o.version + 1
    FROM thing t WHERE o.marker = t.marker AND o.serial = t.serial AND t.name = '' AND o.valid_to IS NULL
    RETURNING o.marker
"""


def reference_types() -> dict[str, str]:
    """Columns of the staging table."""
    found: dict[str, str] = {}
    for n in REFERENCES:
        found |= {
            f"ref{n}_name": "text",
            f"ref{n}_az": "float8",
            f"ref{n}_dist": "float8",
            f"ref{n}_geom": "geometry",
        }
    return found


def reference_columns(load: Load) -> dict[str, list[Any]]:
    """Names, azimuths, distances and positions (EWKB in hex, CGCS2000) of every row's objects."""
    sheet = load.sheet
    columns: dict[str, list[Any]] = {}
    for n in REFERENCES:
        names, azimuths = sheet.cells(f"ref{n}_name"), _azimuths(sheet, n)
        distances = sheet.values(f"ref{n}_dist")
        for i, (name, azimuth, distance) in enumerate(zip(names, azimuths, distances, strict=True)):
            title = sheet.kind.field(f"ref{n}_name").title
            if not name and (azimuth is not None or distance is not None):
                sheet.refuse(
                    i, "import.missing", title, "有方位角或距离而没有方位物名称", "补上名称，或都留空"
                )
            if distance is not None and distance <= 0:
                sheet.refuse(i, "import.cell", title, f"距离是 {distance:g} 米", "应当大于 0，不知道就留空")
        columns |= {f"ref{n}_name": names, f"ref{n}_az": azimuths, f"ref{n}_dist": distances}
        columns[f"ref{n}_geom"] = _positions(load, n)
    return columns


def write_references(load: Load) -> set[str]:
    """Write the objects the file speaks of; gives the codes of the markers whose objects changed."""
    serials = [n for n in REFERENCES if load.sheet.has(f"ref{n}_name")]
    session = load.session
    session.execute(text(_STAGED), {"serials": serials})
    return {marker for query in (_NEW, _CHANGED, _GONE) for marker in session.scalars(text(query))}


def _azimuths(sheet: Sheet, n: int) -> list[float | None]:
    found = []
    for i, cell in enumerate(sheet.cells(f"ref{n}_az")):
        try:
            found.append(read_azimuth(cell))
        except ValueError as error:
            sheet.refuse(i, "import.cell", sheet.kind.field(f"ref{n}_az").title, str(error), "改正或留空")
            found.append(None)
    return found


def _positions(load: Load, n: int) -> list[str | None]:
    """An object's position in the datum of the file, or None; an impossible one is warned of and left out."""
    sheet, datum = load.sheet, load.positions.datum
    x = np.array([np.nan if v is None else v for v in sheet.values(f"ref{n}_lon")], dtype=np.float64)
    y = np.array([np.nan if v is None else v for v in sheet.values(f"ref{n}_lat")], dtype=np.float64)
    _, good = stray_findings(x, y, sheet.table.rows, projected=datum.isdigit() or datum.startswith("gk"))
    for index in np.flatnonzero(~good & ~(np.isnan(x) & np.isnan(y))):
        title = sheet.kind.field(f"ref{n}_lon").title
        sheet.warn(
            int(index),
            "marker.reference-position",
            title,
            "方位物坐标不全或不在中国范围内，没有采用",
            "改正或都留空",
        )
    lon, lat = convert(np.where(good, x, np.nan), np.where(good, y, np.nan), datum, "cgcs2000")
    found: list[str | None] = [None] * len(sheet)
    for index in np.flatnonzero(good & np.isfinite(lon)):
        point = shapely.Point(round(float(lon[index]), _DECIMALS), round(float(lat[index]), _DECIMALS))
        found[int(index)] = str(shapely.to_wkb(shapely.set_srid(point, SRID), hex=True, include_srid=True))
    return found
