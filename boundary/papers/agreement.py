"""The agreement on a peaceful boundary (平安边界协议), a draft that both sides edit before they sign."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from boundary import rounds
from boundary.papers.words import bureau
from boundary.parties import sides_of_line
from boundary.register import line
from geo.documents import Block, Document, Heading, Note, Paragraph, Signature, Signatures

CLAUSES: Final = (
    ("一、组织领导", "各方建立平安边界建设领导机制，确定分管领导和责任单位，把界线管理列入年度工作。"),
    ("二、联络和联席会议", "各方确定联络员，每年至少召开一次联席会议，由当年牵头方召集，通报界线管理情况，商定下一年工作。"),
    ("三、信息互通", "发现界桩损坏、移位，河流改道，道路变化，跨界建设，单方设立标志等情况，及时通报对方，会同核实后处理。"),
    ("四、矛盾纠纷联调", "边界地区发生矛盾纠纷，由各方共同派员调解，先稳定现状，不采取单方行动，重大情况及时向上级报告。"),
    ("五、界桩管护", "各方按分工管护界桩。修复、移动界桩，应当有对方到场，共同签字并登记。"),
    ("六、跨界建设", "跨界或紧邻界线的建设项目，事先征得对方同意，分别办理批准手续，并报界线批准机关备案。"),
    ("七、宣传教育", "各方在边界地区宣传界线管理法规，表扬护界先进，教育群众爱护界桩。"),
)  # fmt: skip
"""The clauses that such agreements have in common; what one pair of counties agrees further is added in Word."""


def agreement(db: Session, code: str) -> Document:
    """The draft for the sides of a round's line.

    Raises:
        NotFound: no round has this code.
    """
    made = rounds.find(db, code)
    known, sides = line(db, made.line), sides_of_line(db, made.line)
    names = "、".join(sides.values())
    blocks: list[Block] = [
        Paragraph(
            f"为维护{known.name}沿线社会稳定，{names}依据《行政区域界线管理条例》和{known.agreement or '界线协议书'}，"
            f"结合{made.year}年{made.turn.replace(' ', '')}联合检查的结果，共同签订本协议。"
        )
    ]
    for title, said in CLAUSES:
        blocks += [Heading(title), Paragraph(said)]
    blocks += [
        Heading("八、期限"),
        Paragraph(f"本协议自签订之日起生效，至下一轮联合检查完成时止，一式{_copies(len(sides))}份，各方各执一份，报备案机关一份。"),
        Signatures([Signature(f"{bureau(name)}（盖章）") for name in sides.values()]),
        Note("协议草案由系统按通用条款生成，签订前请各方审定。"),
    ]  # fmt: skip
    return Document(f"{known.name}平安边界协议", blocks, made_up=made.made_up, seal=False)


def _copies(sides: int) -> str:
    return {2: "三", 3: "四"}.get(sides, str(sides + 1))
