"""The sample's lines at the tri-point, its last round of inspection and the planned one: all of it made up (示例数据)."""

from __future__ import annotations

import csv
import tempfile
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary import events, rounds
from boundary.importing import import_file
from boundary.inspection import Measured, Reading, ReferenceSeen, add_photo, record, sign
from boundary.parties import sides_of_marker
from boundary.sample_photo import photo
from boundary.tolerances import tolerances
from gazetteer.register.importing import ImportReport
from geo import OFFICE_CLOCK
from geo.store.acts import act
from geo.store.engine import session

LINE: Final = "SAMPLE-HL"
LAST, NEXT = 2021, 2026
_DAY: Final = date(LAST, 10, 19)
_ROLES: Final = frozenset({"officer", "reviewer", "inspector"})
_NOTE: Final = "示例数据，由程序生成"
# Courses drawn by hand from the sample's own corner; they say nothing about the real lines.
_LINES: Final = (
    ("SAMPLE-HL", "黄临线", "331003、331082", ""),
    ("SAMPLE-HX", "黄仙线", "331003、331024",
     "LINESTRING (120.92 28.73, 120.876 28.682, 120.862 28.62, 120.853 28.548)"),
    ("SAMPLE-LX", "临仙线", "331082、331024", "LINESTRING (120.92 28.73, 120.905 28.76, 120.912 28.81)"),
)  # fmt: skip
_FOLLOWS: Final = ("山脊", "分水岭", "山脊", "机耕路中心线", "溪流中心线", "山脊", "山脊")
_FACES: Final = (("正面", 180.0), ("背面", 0.0), ("全景", 90.0), ("方位物", 270.0))
_STROKES: Final = [
    [[60, 60], [200, 50], [320, 70]], [[190, 20], [185, 120], [120, 210]], [[210, 110], [330, 200]],
    [[380, 60], [520, 55]], [[450, 25], [445, 200], [410, 180]],
]  # fmt: skip


def load_lines(folder: Path | None = None, *, actor: str = "") -> list[ImportReport]:
    """Give 黄临线 its papers, add the two other lines of the tri-point, and put the tri-point on all three."""
    with tempfile.TemporaryDirectory(prefix="diming-sample-") as temporary:
        target = folder or Path(temporary)
        papers, drawn, marker = (target / f"{n}.csv" for n in ("line_papers", "tri_point_lines", "tri_point"))
        # A column without a value empties it: the line that is drawn already goes without the column.
        _write(papers, [_line_row(*line[:3]) for line in _LINES if not line[3]])
        _write(drawn, [_line_row(*line[:3]) | {"geometry": line[3]} for line in _LINES if line[3]])
        _write(marker, [{"界桩代码": "SAMPLE-00", "界线代码": "SAMPLE-HL、SAMPLE-HX、SAMPLE-LX", "序号": "0、0、0",
                         "界桩类型": "单立三面型", "是否公开": "是", "界桩材质": "花岗岩",
                         "位置描述": "三县（市、区）交界处山顶", "示例数据": "是", "来源": _NOTE}])  # fmt: skip
        return [
            import_file("boundaries", papers, datum="cgcs2000", source=_NOTE, actor=actor),
            import_file("boundaries", drawn, datum="cgcs2000", source=_NOTE, actor=actor),
            import_file("markers", marker, datum="cgcs2000", source=_NOTE, actor=actor),
        ]


def load_rounds(*, actor: str = "system") -> str:
    """The round of 2021 with all its records and the planned round of 2026; gives the planned one's code.

    A second time nothing is written.
    """
    with session(timeout_s=0) as db:
        planned = f"{LINE}-{NEXT}"
        if db.scalar(
            text("SELECT EXISTS (SELECT FROM register.boundary_round WHERE line = :line)"), {"line": LINE}
        ):
            return planned
        act(db, actor=actor, action="sample.rounds")
        _texts(db)
        _walked(db, actor)
        made = rounds.plan(db, LINE, NEXT, actor=actor, on=date(NEXT, 3, 2))
        for division, name in ((made.lead, "示例甲"), (made.partner, "示例乙"), ("331024000000", "示例丙")):
            rounds.add_member(db, made.code, division=division, name=name, duty="界线管理")
        _event(db, actor)
        return made.code


def _walked(db: Session, actor: str) -> None:
    code = rounds.plan(db, LINE, LAST, actor=actor, on=date(LAST, 3, 1), lead="331003000000", number=5).code
    for division, name in (
        ("331003000000", "示例甲"),
        ("331082000000", "示例乙"),
        ("331024000000", "示例丙"),
    ):
        rounds.add_member(db, code, division=division, name=name, duty="界线管理")
    _step(db, code, actor, "check", "start")
    tasks = rounds.todo(db, code)
    for at, task in enumerate(tasks):
        _record(db, code, task.marker, at, actor)
    for place, (one, other) in enumerate(pairwise(tasks), start=1):
        changed = place == 5
        rounds.record_section(db, rounds.Section(
            code, place, one.marker, other.marker, _FOLLOWS[(place - 1) % len(_FOLLOWS)], changed,
            "溪岸修了护坡，界线走向没有变化" if changed else "沿线地形地物没有变化", _DAY,
        ))  # fmt: skip
    _step(db, code, actor, "sum", "sign", "file", "archive")


def _record(db: Session, code: str, marker: str, at: int, actor: str) -> None:
    spot = db.execute(
        text("SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat, height, name FROM register.boundary_marker WHERE code = :c"),
        {"c": marker},
    ).one()  # fmt: skip
    when = datetime(LAST, 10, 19, 9, 0, tzinfo=OFFICE_CLOCK) + timedelta(minutes=40 * at)
    faded = at == 3
    saved = record(db, Reading(
        code, marker, "字迹不清" if faded else "完好", when, "示例甲、示例乙",
        Measured(spot.lon + 0.000004 * (at % 3), spot.lat - 0.000003, 0.6, spot.height, "2000.0", "网络 RTK"),
        tuple(ReferenceSeen(n, "存在") for n in (1, 2, 3)), cleaned=True, repainted=True,
        action="现场描红" if faded else "", note="示例记录",
    ))  # fmt: skip
    for n, (face, direction) in enumerate(_FACES):
        add_photo(db, saved.id, face=face, name=f"{spot.name}-{face}.jpg", actor=actor, direction=direction,
                  content=photo(spot.name, face, at * 10 + n), taken_at=when + timedelta(minutes=n), lon=spot.lon,
                  lat=spot.lat)  # fmt: skip
    for side in sides_of_marker(db, marker):
        sign(db, saved.id, division=side, signer="示例签字", strokes=_STROKES, signed_at=when + timedelta(minutes=20),
             version=saved.version)  # fmt: skip


def _step(db: Session, code: str, actor: str, *steps: str) -> None:
    for step in steps:
        rounds.move(db, code, step, actor=actor, roles=_ROLES, on=_DAY, tolerances=tolerances())


def _event(db: Session, actor: str) -> None:
    events.report(
        db, line=LINE, kind="字迹不清", found_on=date(NEXT, 9, 8), actor=actor, found_by="示例丁",
        found_side="331003000000", marker="SAMPLE-05", description="日常巡查发现背面字迹脱落（示例）",
    )  # fmt: skip


def _texts(db: Session) -> None:
    db.execute(
        text("UPDATE register.boundary_marker SET material = '花岗岩', location = :where, custodian = '示例村', "
             "entrusted = true, version = version + 1 WHERE made_up AND location = ''"),
        {"where": "界线旁，位置为示例"},
    )  # fmt: skip


def _line_row(code: str, name: str, sides: str) -> dict[str, Any]:
    return {
        "界线代码": code, "界线名称": name, "界线等级": "县级", "相邻区划": sides, "协议书": f"{name}界线协议书（示例）",
        "批准文件": "示例批复", "界线详图": "1:10000（示例）", "协议日期": "1998-05-20", "下次联检": NEXT,
        "单立桩数": 8 if code == LINE else 1, "双立桩数": 0, "三立桩数": 0, "起点": "黄仙临三交点", "止点": "示例止点",
        "示例数据": "是", "来源": _NOTE,
    }  # fmt: skip


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
