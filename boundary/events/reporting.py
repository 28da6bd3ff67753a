"""Take in an event (发现): by an inspector, an officer, or the field's outbox."""

from __future__ import annotations

from datetime import date

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.events.reading import MACHINE
from boundary.events.words import CONSTRUCTION, KINDS, REPAIRS
from boundary.parties import sides_of_line, sides_of_marker
from geo.cases import clocks, states
from geo.problems import BadInput

TELL_DAYS = 5
"""Working days within which the other side should know; an office's own rule, no law says a number."""
_INSERT = text("""
    INSERT INTO register.boundary_event (line, marker, kind, found_on, found_by, found_side, description, geom, made_up)
    SELECT :line, CAST(:marker AS text), :kind, :found_on, :found_by, CAST(:found_side AS text), :description,
           ST_SetSRID(ST_GeomFromWKB(CAST(:geom AS bytea)), 4490), l.made_up
    FROM register.boundary_line l WHERE l.code = :line
    RETURNING code
""")


def report(
    db: Session, *, line: str, kind: str, found_on: date, actor: str, found_by: str = "", found_side: str = "",
    marker: str | None = None, description: str = "", shape: shapely.Geometry | None = None,
) -> str:  # fmt: skip
    """Register an event and start its case; gives its code. Inside an act, after ``access.check_line``.

    ``found_side`` is the side that found it (发现方): it tells the others. Empty where nobody knows.

    Raises:
        BadInput: no such kind or line, a repair without its marker, construction without its area, or found by
            somebody who is no side.
    """
    if kind not in KINDS:
        raise BadInput(f"“{kind[:20]}”不是事件种类", f"可用：{'、'.join(KINDS)}")
    if kind in REPAIRS and not marker:
        raise BadInput(f"{kind}没有指明是哪颗界桩", "请选择界桩")
    if marker and not db.scalar(
        text("SELECT EXISTS (SELECT FROM register.boundary_marker_line WHERE marker = :m AND line = :l)"),
        {"m": marker, "l": line},
    ):
        raise BadInput(f"界桩 {marker} 不在这条界线上", "请核对界线和界桩")
    if found_side and found_side not in (sides_of_marker(db, marker) if marker else sides_of_line(db, line)):
        raise BadInput("发现方不是这条界线的相邻一方", "请选择相邻的县（市、区）")
    if kind == CONSTRUCTION and (shape is None or shape.geom_type not in ("Polygon", "MultiPolygon")):
        raise BadInput("跨界建设没有建设范围", "请在地图上画出建设范围，或粘贴范围坐标")
    code: str | None = db.scalar(
        _INSERT,
        {"line": line, "marker": marker, "kind": kind, "found_on": found_on, "found_by": found_by[:60],
         "found_side": found_side or None, "description": description[:2000], "geom": shapely.to_wkb(shape) if shape is not None else None},
    )  # fmt: skip
    if code is None:
        raise BadInput(f"没有代码为“{line}”的界线", "请核对代码")
    states.begin(db, MACHINE, code, "found", actor=actor)
    clocks.start(
        db,
        MACHINE,
        code,
        "tell",
        label="通报对方",
        on=found_on,
        days=TELL_DAYS,
        basis="working",
        source="本单位规定",
    )
    return code
