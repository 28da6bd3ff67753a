"""Three made-up lines that meet at a tri-point, with markers, and a round on one of them: for tests of the inspection."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from PIL import Image
from sqlalchemy.orm import Session

from boundary import rounds
from boundary.checks import Tolerances
from boundary.importing import import_file
from boundary.inspection import Measured, Reading, ReferenceSeen, add_photo, record, sign
from boundary.parties import sides_of_marker
from geo.store.acts import act

HUANGYAN, LINHAI, XIANJU = "331003000000", "331082000000", "331024000000"
ROLES = {"officer", "reviewer"}
BEIJING = timezone(timedelta(hours=8))
DAY = date(2026, 5, 12)
AT = datetime(2026, 5, 12, 9, 30, tzinfo=BEIJING)
STROKES = [[[10, 20], [60, 90], [110, 30]], [[140, 20], [140, 120]]]
DIVISIONS = """区划代码,名称,级别,上级代码
330000000000,浙江省,1,
331000000000,台州市,2,330000000000
331003000000,黄岩区,3,331000000000
331082000000,临海市,3,331000000000
331024000000,仙居县,3,331000000000
"""
LINES = """界线代码,界线名称,界线等级,相邻区划,界桩数,协议书,批准文件,界线详图,协议日期,下次联检,geometry
HL,黄临线,县级,331003、331082,2,黄临线协议书,批文,1:10000 三幅,1998-05-01,2026,"LINESTRING (121.00 28.70, 121.10 28.70, 121.20 28.70)"
HX,黄仙线,县级,331003、331024,1,黄仙线协议书,批文,1:10000 两幅,1998-05-01,2027,"LINESTRING (121.00 28.70, 121.00 28.60)"
LX,临仙线,县级,331082、331024,1,临仙线协议书,批文,1:10000 两幅,1998-05-01,2027,"LINESTRING (121.00 28.70, 121.00 28.80)"
"""
MARKERS = (
    "界桩代码,界桩编号,界桩类型,界线,序号,经度,纬度,高程,界桩材质,位置描述,是否公开,"
    "一号方位物名称,一号方位物方位角,一号方位物距离\n"
    "M0,0382ⅠQ,单立三面型,黄临线、黄仙线、临仙线,0、0、0,121.00,28.70,321.5,花岗岩,山顶,是,古树,45.5,12.5\n"
    "M1,0382001Q,单立双面型,黄临线,1,121.05,28.70,210.2,花岗岩,路边,是,电杆,10,8\n"
    "M2,0382002Q,单立双面型,黄临线,2,121.10,28.70,98.4,花岗岩,桥头,否,房角,200,18\n"
)


def three_lines(folder: Path) -> None:
    """Load divisions, lines and markers."""
    for kind, content in (("divisions", DIVISIONS), ("boundaries", LINES), ("markers", MARKERS)):
        path = folder / f"{kind}.csv"
        path.write_text(content, encoding="utf-8")
        report = import_file(kind, path, datum="cgcs2000", actor="test")
        assert report.written, report.findings


def planned(db: Session, line: str = "HL", year: int = 2026) -> str:
    """A planned round with people on every side; gives its code."""
    act(db, actor="li", action="round.plan")
    made = rounds.plan(db, line, year, actor="li", on=DAY)
    for division, name in ((made.lead, "张甲"), (made.partner, "李乙")):
        rounds.add_member(db, made.code, division=division, name=name)
    return made.code


def step(db: Session, code: str, *steps: str) -> str:
    """Move a round as the officer; gives the state it is in then."""
    state = ""
    for one in steps:
        state = rounds.move(db, code, one, actor="li", roles=ROLES, on=DAY, tolerances=Tolerances())
    return state


def in_field(db: Session, line: str = "HL") -> str:
    """A round in the field; gives its code."""
    code = planned(db, line)
    step(db, code, "check", "start")
    return code


def reading(code: str, marker: str, **more: object) -> Reading:
    """A record as an inspector writes it."""
    values: dict[str, object] = {
        "state": "完好", "inspected_at": AT, "inspectors": "张甲、李乙", "cleaned": True, "repainted": True,
        "references": tuple(ReferenceSeen(n, "存在") for n in (1, 2, 3)),
        "id": uuid.uuid4(),
    }  # fmt: skip
    return Reading(code, marker, **{**values, **more})  # type: ignore[arg-type]


def measured(lon: float, lat: float, **more: object) -> Measured:
    """A corrected fix of half a metre."""
    values: dict[str, object] = {"accuracy_m": 0.5, "epoch": "2000.0", "correction": "网络 RTK"}
    return Measured(lon, lat, **{**values, **more})  # type: ignore[arg-type]


def picture(shade: int) -> bytes:
    """A small JPEG of its own content for each shade."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade % 256, 120, 80)).save(out, "JPEG")
    return out.getvalue()


def complete(db: Session, code: str, marker: str, **more: object) -> uuid.UUID:
    """A record with four photos and every side's signature; gives its id."""
    saved = record(db, reading(code, marker, **more))
    for n, face in enumerate(("正面", "背面", "全景", "方位物")):
        add_photo(db, saved.id, face=face, name=f"{face}.jpg", content=picture(40 * n + len(marker)), actor="li",
                  direction=90.0 * n, taken_at=AT)  # fmt: skip
    for side in sides_of_marker(db, marker):
        sign(
            db, saved.id, division=side, signer="签字人", strokes=STROKES, signed_at=AT, version=saved.version
        )
    return saved.id
