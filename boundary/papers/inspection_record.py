"""The joint inspection record of one marker (界桩联检记录表), with photos and every side's signature."""

from __future__ import annotations

from sqlalchemy.orm import Session

from boundary.inspection import Inspection
from boundary.papers.photos import photo_blocks
from boundary.papers.words import degrees, metres, moment, signed, turned
from boundary.parties import sides_of_marker
from boundary.register import Marker, marker
from boundary.rounds import find
from geo.documents import Block, Document, Facts, Heading, Note, Signatures, Table


def inspection_record(db: Session, inspection: Inspection) -> Document:
    """The paper of one record; internal, since it holds the position."""
    reading, known = inspection.reading, marker(db, inspection.reading.marker)
    made = find(db, reading.round)
    blocks: list[Block] = [
        Facts([
            ("界线", known.line_names), ("界桩编号", known.shown), ("联检轮次", f"{made.year} 年{made.turn}"),
            ("检查时间", moment(reading.inspected_at)), ("界桩类型", known.type_text), ("检查人员", reading.inspectors),
            ("界桩状态", reading.state), ("处理情况", reading.action), ("清理", "已清理" if reading.cleaned else "未清理"),
            ("描红", "已描红" if reading.repainted else "未描红"),
        ]),
        Heading("一、位置复核"), _positions(inspection, known), *_note(inspection),
        Heading("二、方位物核查"), _references(inspection, known),
        Heading("三、检查记事"), Facts([("记事", reading.note)], columns=1),
        Heading("四、照片"), *photo_blocks(db, inspection),
        Heading("五、各方签字"), Signatures(signed(inspection, sides_of_marker(db, known.code))),
        Note("内部资料，含界桩精确坐标，请按规定保管。"),
    ]  # fmt: skip
    return Document(
        f"{known.shown}界桩联检记录表", blocks, made_up=inspection.made_up or known.made_up, seal=False
    )


def _positions(inspection: Inspection, known: Marker) -> Table:
    at = inspection.reading.measured
    return Table(
        ("项目", "经度", "纬度", "高程", "精度"),
        (
            ("登记位置", degrees(known.lon), degrees(known.lat), metres(known.height, 1), ""),
            ("实测位置", degrees(at.lon), degrees(at.lat), metres(at.height, 1), metres(at.accuracy_m))
            if at
            else ("实测位置", "未测", "", "", ""),
        ),
        widths=(1.3, 2, 2, 1.2, 1),
    )


def _note(inspection: Inspection) -> list[Block]:
    at = inspection.reading.measured
    if at is None:
        return []
    said = f"坐标系 CGCS2000，历元 {at.epoch or '未注明'}" + (
        f"，改正服务：{at.correction}" if at.correction else ""
    )
    return [Note(said + "。")]


def _references(inspection: Inspection, known: Marker) -> Table:
    seen = {one.serial: one for one in inspection.reading.references}
    rows = []
    for object_ in known.references:
        now = seen.get(object_.serial)
        rows.append((
            f"{object_.serial}", object_.name, turned(object_.azimuth), metres(object_.distance),
            now.state if now else "未查", turned(now.azimuth) if now else "", metres(now.distance) if now else "",
        ))  # fmt: skip
    return Table(
        ("序号", "方位物", "登记方位角", "登记距离", "核查", "实测方位角", "实测距离"), rows,
        widths=(0.6, 1.4, 1.2, 1.2, 0.8, 1.2, 1.2),
    )  # fmt: skip
