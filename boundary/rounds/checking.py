"""Office check before the walk (内业检查), and what a round still lacks after it (完整性)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import (
    Tolerances,
    due_doubt,
    moved_doubt,
    outside_order,
    photo_doubt,
    place_on,
    sight,
    sight_doubt,
)
from boundary.inspection import Inspection, of_round
from boundary.inspection.words import LEAST_PHOTOS
from boundary.parties import sides_of_marker
from boundary.rounds.reading import Task, todo
from geo.problems import Finding

_MARKERS = text("""
    SELECT m.code, coalesce(nullif(m.number, ''), nullif(m.name, ''), m.code) AS shown, m.standing, m.location,
           m.material, m.height, x.serial, ST_AsBinary(m.geom) AS point,
           (SELECT count(*) FROM register.reference_object o WHERE o.marker = m.code AND o.valid_to IS NULL) AS objects
    FROM register.boundary_marker_line x JOIN register.boundary_marker m ON m.code = x.marker
    WHERE x.line = :line AND m.valid_to IS NULL ORDER BY x.serial, m.code
""")
_OBJECTS = text("""
    SELECT o.marker, o.serial, o.name, o.azimuth, o.distance, ST_AsBinary(o.geom) AS point
    FROM register.reference_object o JOIN register.boundary_marker_line x ON x.marker = o.marker
    WHERE x.line = :line AND o.valid_to IS NULL AND o.geom IS NOT NULL ORDER BY o.marker, o.serial
""")
_LINE = text("""
    SELECT l.code, l.name, l.agreement, l.approval, l.detail_map, l.agreed_on, l.next_due, l.markers,
           ST_AsBinary(l.geom) AS course,
           (SELECT max(r.year) FROM register.boundary_round r JOIN register."case" c
              ON c.machine = 'boundary_round' AND c.subject = r.code AND c.state IN ('filed', 'archived')
            WHERE r.line = l.code AND r.reason = '五年联检') AS last
    FROM register.boundary_line l WHERE l.code = :line
""")
_REQUIRED: Final = (
    ("agreement", "协议书"),
    ("approval", "批准文件"),
    ("detail_map", "界线详图"),
    ("agreed_on", "协议日期"),
)
OBJECTS: Final = 3
UNWALKED: Final = "还没有联检记录"
"""What is said of a marker without a record."""
_CLOCK: Final = timedelta(hours=1)
"""By how much a phone's clock may go ahead before it is said."""


def office_check(db: Session, line: str, *, on: date, tolerances: Tolerances) -> list[Finding]:
    """What can be seen without a walk: B1, B3, B4, B5, and what the record of the line and its markers lacks."""
    found = db.execute(_LINE, {"line": line}).one()
    course = shapely.from_wkb(bytes(found.course)) if found.course is not None else None
    markers = db.execute(_MARKERS, {"line": line}).all()
    points = {m.code: shapely.from_wkb(bytes(m.point)) for m in markers if m.point is not None}
    findings = [_lack(found.name, title) for name, title in _REQUIRED if not getattr(found, name)]
    if course is None:
        findings.append(_lack(found.name, "界线走向"))
    if said := due_doubt(found.last, found.next_due, on.year, tolerances):
        findings.append(Finding("B5", "warn", found.name, said, "核对上次联检年份，修改下次联检"))
    if found.markers is not None and found.markers != len(markers):
        findings.append(
            Finding(
                "complete",
                "warn",
                found.name,
                f"协议界桩 {found.markers} 颗，登记 {len(markers)} 颗",
                "核对界桩成果表；三交点可不计在内",
            )
        )
    findings += _references(db, line, points, {m.code: m.shown for m in markers}, tolerances)
    for m in markers:
        findings += _one_marker(m, points.get(m.code), course, tolerances)
    if course is not None:
        findings += _order(markers, points, course, found.name)
    return findings


def completeness(db: Session, round_code: str, tolerances: Tolerances) -> list[Finding]:
    """What the round still lacks at each marker, and what its records raise (B2, B8); errors must be mended."""
    records = {one.reading.marker: one for one in of_round(db, round_code)}
    findings: list[Finding] = []
    for task in todo(db, round_code):
        known = records.get(task.marker)
        if known is None:
            findings.append(Finding("complete", "block", task.shown, UNWALKED, "到现场检查并填写记录"))
            continue
        findings += _record(db, task, known, tolerances)
    return findings


def doubts_of(db: Session, inspection: Inspection, shown: str, tolerances: Tolerances) -> list[Finding]:
    """B2 and B8 of one record, and a time that lies ahead."""
    reading = inspection.reading
    wkb = db.scalar(
        text("SELECT ST_AsBinary(geom) FROM register.boundary_marker WHERE code = :code"),
        {"code": reading.marker},
    )
    registered = shapely.from_wkb(bytes(wkb)) if wkb is not None else None
    findings = []
    if (at := reading.measured) is not None and registered is not None:
        spot = shapely.Point(at.lon, at.lat)
        if said := moved_doubt(registered, spot, at.accuracy_m, at.epoch, tolerances):
            findings.append(Finding("B2", "warn", shown, said, "会同对方复测；确认移位的按界桩移位事件办理"))
    if reading.inspected_at > datetime.now(UTC) + _CLOCK:
        said = "检查时间在将来，手机的时钟可能不准"
        findings.append(Finding("B8", "warn", shown, said, "核对检查日期和照片时间后改正"))
    for photo in inspection.photos:
        place = shapely.Point(photo.lon, photo.lat) if photo.lon is not None else None
        if said := photo_doubt(registered, place, photo.taken_at, reading.inspected_at, tolerances):
            findings.append(
                Finding("B8", "warn", f"{shown}{photo.face}照片", said, "核对照片是否属于这颗界桩")
            )
    return findings


def round_sides(db: Session, round_code: str) -> dict[str, str]:
    """Every side that signs in this round: those of its markers, three where a tri-point is among them."""
    sides: dict[str, str] = {}
    for task in todo(db, round_code):
        sides |= sides_of_marker(db, task.marker)
    return sides


def _record(db: Session, task: Task, known: Inspection, tolerances: Tolerances) -> list[Finding]:
    def error(evidence: str, remedy: str) -> Finding:
        return Finding("complete", "block", task.shown, evidence, remedy)

    findings = []
    if len(known.photos) < LEAST_PHOTOS and known.reading.state != "缺失":
        findings.append(error(f"照片 {len(known.photos)} 张，少于 {LEAST_PHOTOS} 张", "补拍正面、各面和周边"))
    signed = {one.division for one in known.valid_signatures}
    missing = [name for code, name in sides_of_marker(db, task.marker).items() if code not in signed]
    if missing:
        late = "（记录改过，原签字已失效）" if len(known.signatures) > len(known.valid_signatures) else ""
        findings.append(error(f"缺少{'、'.join(missing)}的签字{late}", "请对方在记录上签字"))
    unchecked = [s.serial for s in known.reading.references if s.state == "未查"]
    if known.reading.references == () or unchecked:
        findings.append(
            Finding("complete", "warn", task.shown, "方位物没有逐一核查", "复测三个方位物的方位角和距离")
        )
    if known.reading.state != "完好" and not known.reading.action:
        findings.append(error(f"状态为{known.reading.state}，没有写处理情况", "写明处理，或登记界线事件"))
    return findings + doubts_of(db, known, task.shown, tolerances)


def _lack(where: str, what: str) -> Finding:
    return Finding("complete", "warn", where, f"没有登记{what}", "查协议书和附图，补登")


def _references(
    db: Session, line: str, points: dict[str, shapely.Point], shown: dict[str, str], tolerances: Tolerances
) -> list[Finding]:
    findings = []
    for o in db.execute(_OBJECTS, {"line": line}):
        marker, thing = points.get(o.marker), shapely.from_wkb(bytes(o.point))
        if marker is None or thing.equals(marker):
            continue
        if said := sight_doubt(o.azimuth, o.distance, sight(marker, thing), tolerances):
            findings.append(
                Finding(
                    "B1",
                    "warn",
                    f"{shown.get(o.marker, o.marker)}{o.serial}号方位物",
                    said,
                    "核对登记表，实地复测",
                )
            )
    return findings


def _one_marker(
    m: object, point: shapely.Point | None, course: shapely.Geometry | None, tolerances: Tolerances
) -> list[Finding]:
    get: Callable[[str], object] = lambda name: getattr(m, name)  # noqa: E731 - a row has no type of its own
    shown = str(get("shown"))
    findings = [
        _lack(shown, title)
        for name, title in (("location", "位置描述"), ("material", "材质"))
        if not get(name)
    ]
    if point is None:
        return [*findings, _lack(shown, "坐标")]
    if int(str(get("objects"))) < OBJECTS:
        findings.append(_lack(shown, f"三个方位物（只有 {get('objects')} 个）"))
    if course is None:
        return findings
    most = tolerances.line_m if get("standing") == "single" else tolerances.apart_m
    off = place_on(course, point).off_m
    if off > most:
        findings.append(
            Finding(
                "B3", "warn", shown, f"距界线 {off:.1f} 米，超过 {most:g} 米", "核对坐标；实地查看是否移位"
            )
        )
    return findings


def _order(
    markers: object, points: dict[str, shapely.Point], course: shapely.Geometry, line: str
) -> list[Finding]:
    placed = [m for m in markers if m.serial is not None and m.code in points]  # type: ignore[attr-defined]
    along = [place_on(course, points[m.code]).along_m for m in placed]
    return [
        Finding(
            "B4", "warn", placed[i].shown,
            f"序号 {placed[i].serial} 与沿{line}的次序（第 {along[i]:.0f} 米处）不符", "核对序号和坐标是否同一界桩",
        )
        for i in outside_order([m.serial for m in placed], along)
    ]  # fmt: skip
