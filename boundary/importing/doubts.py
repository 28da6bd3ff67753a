"""The checks of ``boundary.checks`` over a file of markers, told as findings on its rows."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import shapely
from sqlalchemy import text

from boundary.checks import (
    Tolerances,
    metres_off,
    outside_order,
    place_on,
    projected_doubt,
    sight,
    sight_doubt,
)
from boundary.importing.lines_of import Line
from boundary.kinds import REFERENCES
from gazetteer.register.importing.load import Load
from gazetteer.register.importing.sheet import Sheet

Points = list[shapely.Point | None]
_ORDERED = text("""
    SELECT m.code, l.serial, ST_X(m.geom), ST_Y(m.geom) FROM register.boundary_marker_line l
    JOIN register.boundary_marker m ON m.code = l.marker
    WHERE l.line = :line AND l.serial IS NOT NULL AND m.geom IS NOT NULL AND m.valid_to IS NULL
      AND NOT m.code = ANY(:given)
""")


def check_markers(
    load: Load, columns: dict[str, Any], lines: list[list[Line]], tolerances: Tolerances
) -> None:
    """Say what the office can see without a walk: projected coordinates, B1, B3, B4.

    Only a marker that cannot belong to its line at all is refused; the rest are alarms to be looked at in the field.
    """
    points = _points(columns["geom"])
    _projected(load.sheet, columns, points, tolerances)
    _references(load.sheet, columns, points, tolerances)
    _on_lines(load.sheet, columns, points, lines, tolerances)
    _in_order(load, columns, points, lines)


def _points(codes: list[str | None]) -> Points:
    return list(shapely.from_wkb(np.array(codes, dtype=object)))


def _projected(sheet: Sheet, columns: dict[str, Any], points: Points, tolerances: Tolerances) -> None:
    if sheet.mapping.get("lon") == sheet.mapping.get("east"):
        return  # the position itself was read from them, or there are none
    lon, lat = shapely.get_x(np.array(points, dtype=object)), shapely.get_y(np.array(points, dtype=object))
    east, north = (
        np.array([np.nan if v is None else v for v in columns[name]], dtype=np.float64)
        for name in ("east", "north")
    )
    if doubts := projected_doubt(lon, lat, east, north):
        remedy = "核对纵坐标（X，7 位）和横坐标（Y）两列，可用 --map north=列名 --map east=列名 指定"
        for doubt in doubts:
            index = next((i for i, row in enumerate(sheet.table.rows) if doubt.row == row), 0)
            sheet.warn(
                index,
                "marker.projected",
                "纵坐标、横坐标",
                f"{doubt.evidence}（按经纬度所在的投影带）",
                remedy,
            )
        return
    for i, point in enumerate(points):
        if point is None or not np.isfinite(east[i]) or not np.isfinite(north[i]):
            continue
        off = metres_off(point, float(east[i]), float(north[i]))
        if off > tolerances.projected_m:
            sheet.warn(
                i, "marker.projected", "纵坐标、横坐标", f"投影坐标与经纬度相差 {off:.1f} 米", "核对两套坐标以哪一套为准"
            )  # fmt: skip


def _references(sheet: Sheet, columns: dict[str, Any], points: Points, tolerances: Tolerances) -> None:
    for n in REFERENCES:
        title = sheet.kind.field(f"ref{n}_name").title
        for i, thing in enumerate(_points(columns[f"ref{n}_geom"])):
            point = points[i]
            if thing is None or point is None or thing.equals(point):
                continue
            doubt = sight_doubt(
                columns[f"ref{n}_az"][i], columns[f"ref{n}_dist"][i], sight(point, thing), tolerances
            )
            if doubt:
                sheet.warn(i, "marker.b1", title, doubt, "核对登记表；联检时实地复测")


def _on_lines(
    sheet: Sheet, columns: dict[str, Any], points: Points, lines: list[list[Line]], tolerances: Tolerances
) -> None:
    for i, point in enumerate(points):
        for line in lines[i] if point is not None else []:
            if line.course is None:
                continue
            off = place_on(line.course, point).off_m
            said = f"距{line.name} {off:.1f} 米"
            most = tolerances.line_m if columns["standing"][i] == "single" else tolerances.apart_m
            if off > tolerances.far_m:
                sheet.refuse(
                    i, "marker.b3", "界线代码", f"{said}，不会是这条线上的界桩", "核对界线、坐标和坐标系"
                )
            elif off > most:
                sheet.warn(
                    i,
                    "marker.b3",
                    "界线代码",
                    f"{said}，超过 {most:g} 米",
                    "核对坐标；联检时实地查看是否移位",
                )


def _in_order(load: Load, columns: dict[str, Any], points: Points, lines: list[list[Line]]) -> None:
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    known: dict[str, Line] = {}
    for i, (row, serials) in enumerate(zip(lines, columns["serials"], strict=True)):
        for line, serial in zip(row, serials, strict=True):
            if (
                serial is not None
                and points[i] is not None
                and line.course is not None
                and i not in load.sheet.refused
            ):
                rows[line.code].append((i, serial))
                known[line.code] = line
    for code, placed in rows.items():
        _order_on(load, known[code], placed, columns["code"], points)


def _order_on(
    load: Load, line: Line, placed: list[tuple[int, int]], codes: list[str], points: Points
) -> None:
    others = load.session.execute(_ORDERED, {"line": line.code, "given": codes}).all()
    numbered = [serial for _, serial in placed] + [serial for _, serial, _, _ in others]
    spots = [points[i] for i, _ in placed] + [shapely.Point(x, y) for _, _, x, y in others]
    along = [place_on(line.course, spot).along_m for spot in spots]
    for at in outside_order(numbered, along):
        if at < len(placed):
            index, serial = placed[at]
            load.sheet.warn(
                index, "marker.b4", "序号", f"序号 {serial} 与沿{line.name}的次序（第 {along[at]:.0f} 米处）不符",
                "核对序号和坐标是否对应同一界桩",
            )  # fmt: skip
