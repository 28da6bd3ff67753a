"""The letter that files a round's result with the authority that approved the line (联检成果备案报告)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from boundary import events, rounds
from boundary.inspection import of_round
from boundary.papers.words import bureau
from boundary.parties import sides_of_line
from boundary.register import line
from geo.documents import Block, Document, Note, Paragraph

ANNEXES: Final = ("联合检查报告", "界桩联检记录表", "界桩登记表", "平安边界协议")
"""What goes with the letter."""


def letter(db: Session, code: str, *, on: date) -> Document:
    """The letter of a round, from both bureaus.

    Raises:
        NotFound: no round has this code.
    """
    made = rounds.find(db, code)
    known, sides = line(db, made.line), sides_of_line(db, made.line)
    bureaus = [bureau(name) for name in sides.values()]
    missing = made.tasks - made.recorded
    blocks: list[Block] = [
        *(
            [Note(f"草稿：还有 {missing} 颗界桩没有联检记录，补齐并由各方签字后再报送。")]
            if missing > 0
            else []
        ),
        Paragraph("界线批准机关的民政部门：", indent=False),
        Paragraph(
            f"根据《行政区域界线管理条例》第十二条，{'、'.join(bureaus)}于{made.year}年对{known.name}进行了{made.formal}，"
            f"由{made.lead_name}牵头。{_found(db, made)}现将检查成果随文报送，请予备案。"
        ),
        Paragraph("特此报告。"),
        *(
            Paragraph(f"{'附件：' if n == 1 else '　　　'}{n}. {name}")
            for n, name in enumerate(ANNEXES, start=1)
        ),
    ]
    return Document(
        f"关于报送{known.name}{made.formal}成果的报告", blocks, number=made.report_number, issuer="　".join(bureaus),
        date=on, made_up=made.made_up,
    )  # fmt: skip


def _found(db: Session, made: rounds.Round) -> str:
    states = Counter(one.reading.state for one in of_round(db, made.code))
    told = "，".join(f"{state} {count} 颗" for state, count in states.items())
    happened = sum(one.found_on.year == made.year for one in events.listed(db, [made.line]))
    said = f"应检界桩 {made.tasks} 颗，已检 {made.recorded} 颗" + (f"，其中{told}" if told else "")
    return said + (f"；当年登记界线事件 {happened} 件。" if happened else "。")
