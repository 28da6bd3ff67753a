"""The letter that files a round's result with the authority that approved the line (联检成果备案报告)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from boundary import rounds
from boundary.inspection import of_round
from boundary.papers.words import bureau
from boundary.parties import sides_of_line
from boundary.register import line
from geo.documents import Block, Document, Paragraph, Signature, Signatures


def letter(db: Session, code: str, *, on: date) -> Document:
    """The letter of a round.

    Raises:
        NotFound: no round has this code.
    """
    made = rounds.find(db, code)
    known, sides = line(db, made.line), sides_of_line(db, made.line)
    count = len(of_round(db, code))
    blocks: list[Block] = [
        Paragraph("界线批准机关的民政部门：", indent=False),
        Paragraph(
            f"根据《行政区域界线管理条例》第十二条，{'、'.join(bureau(name) for name in sides.values())}于 {made.year} 年"
            f"对{known.name}进行了第 {made.number} 轮联合检查，检查界桩 {count} 颗。现将检查成果随文报送，请予备案。"
        ),
        Paragraph(
            "附件：1. 联合检查报告；2. 界桩联检记录表；3. 界桩登记表；4. 平安边界协议。"
        ),
        Signatures([Signature(f"{bureau(name)}（盖章）") for name in sides.values()]),
    ]  # fmt: skip
    return Document(
        f"关于报送{known.name}第{made.number}轮联合检查成果的报告", blocks, number=made.report_number,
        issuer=bureau(made.lead_name), date=on, made_up=made.made_up,
    )  # fmt: skip
