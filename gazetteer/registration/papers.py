"""The papers of a registration: 门牌证 and 地名（地址）证明, one definition for Word and PDF."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering.rules import rules_of
from gazetteer.registration import store
from gazetteer.registration.model import Person
from gazetteer.registration.papers_kept import PAPER_OF
from gazetteer.registration.store import Registration
from geo.documents import Document, Facts, Note, Paragraph, Table
from geo.problems import Conflict

_PAPER = text("SELECT number, issued_on FROM register.registration_paper WHERE registration = :code")
_ADDRESS = text("""
    SELECT a.code, a.standard_address, a.auxiliary_address, c.name AS county, coalesce(t.name, '') AS town, a.handle_name,
           register.number_text(a.number, a.sub) || register.inside_text(a.bld, a.unit, a.floor, a.room) AS number,
           a.handle_kind
    FROM register.address a JOIN register.division c ON c.code = a.county
    LEFT JOIN register.division t ON t.code = a.town WHERE a.code = :code
""")


def paper(db: Session, code: str, issuer: str) -> Document:
    """The paper of a case that was approved.

    Raises:
        NotFound: no such case.
        Conflict: it was not approved, or its kind ends without a paper.
    """
    case = store.find(db, code)
    issued = db.execute(_PAPER, {"code": code}).one_or_none()
    if issued is None or case.state != "approved":
        raise Conflict("这件登记还没有可打印的证件。", "核准以后再打印。", code="paper.none")
    who = store.person_of(db, code)
    address = db.execute(_ADDRESS, {"code": case.result}).one()
    blocks = (
        _certificate(case, who, address) if PAPER_OF[case.kind] == "门牌证" else _proof(case, who, address)
    )
    title = "门牌证" if PAPER_OF[case.kind] == "门牌证" else "地名（地址）证明"
    return Document(title, blocks, number=f"编号：{issued.number}", issuer=issuer, date=issued.issued_on,
                    made_up=case.made_up)  # fmt: skip


def _certificate(case: Registration, who: Person, address: object) -> list[Facts | Note | Paragraph]:
    a = address
    label = {"road": "街路巷", "natvil": "自然村", "estate": "小区"}[case.handle_kind]
    rows = [
        ("地址编码", a.code), ("办理类型", f"{case.kind}{'（临时门牌）' if case.temporary else ''}"),  # type: ignore[attr-defined]
        ("产权人", who.name), ("县（市、区）", a.county),  # type: ignore[attr-defined]
        ("乡镇（街道）", a.town), (label, a.handle_name),  # type: ignore[attr-defined]
        ("门牌号", a.number), ("邮政编码", case.postcode),  # type: ignore[attr-defined]
    ]  # fmt: skip
    long = [
        ("标准地址", a.standard_address),  # type: ignore[attr-defined]
        # Only an estate's address has this second form; an empty row would look like something missing.
        *([("小区标准地址", a.auxiliary_address)] if a.auxiliary_address else []),  # type: ignore[attr-defined]
        ("原地址", case.before if case.kind == "变更" else case.former),
    ]
    notes: list[Facts | Note | Paragraph] = [Facts(rows), Facts([(k, v or "") for k, v in long], columns=1)]
    if case.temporary:
        notes.append(Paragraph("本证为临时门牌，正式编号后换发。"))
    notes.append(Note("本证证明上述地址已按标准地名编号登记，不作为不动产权属凭证。"))
    return notes


def _proof(case: Registration, who: Person, address: object) -> list[Facts | Note | Paragraph | Table]:
    standard = address.standard_address  # type: ignore[attr-defined]
    listed = "、".join(f"“{one}”" for one in case.same_as)
    return [
        Facts([("产权人", who.name), ("地址编码", address.code), ("权属证件号", who.title_number),  # type: ignore[attr-defined]
               ("受理编号", case.code)]),
        Paragraph(f"经查，{who.name}申请证明的房屋，现行标准地址为：{standard}。"),
        Table(("序号", "其他写法", "与标准地址的关系"),
              [(str(n), one, "指向同一不动产") for n, one in enumerate(case.same_as, 1)], widths=(1, 5, 2)),
        Paragraph(f"兹证明{listed}与“{standard}”指向同一不动产。"),
        Note("本证明只说明地址名称的对应关系，不作为不动产权属凭证。"),
    ]  # fmt: skip


def clock_basis(case: Registration) -> str:
    """The rule behind the clock of a case, for the screen."""
    return rules_of(case.county).basis("working_days")
