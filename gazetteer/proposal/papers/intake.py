"""Papers of the intake and the checks: 受理通知, 补正通知, 校验单."""

from __future__ import annotations

from datetime import date

from gazetteer.proposal import steps
from gazetteer.proposal.checking import GRADES
from gazetteer.proposal.model import MACHINE
from gazetteer.proposal.papers.parts import Case, kind_of, map_of, paragraphs, place_of, shown_day, size_of
from gazetteer.proposal.wording import filled
from geo.cases import clocks, states
from geo.documents import Block, Document, Facts, Note, Table


def accepted(case: Case) -> Document:
    """受理通知书: what was taken in, and until when it is decided."""
    title, lines = filled(case.db, "accepted", case.values())
    limits = [c for c in clocks.of_subject(case.db, MACHINE, case.known.code) if c.name == "decision"]
    facts = [("申请编号", case.known.code), ("申请单位", case.known.draft.applicant), ("拟用名称", case.known.draft.name),
             ("类别", kind_of(case.known)), ("位置", place_of(case.known)),
             ("办理期限", shown_day(limits[0].due_on) + "前" if limits else "")]  # fmt: skip
    notes = [Note(f"期限依据：{limits[0].source}。")] if limits else []
    on = limits[0].started_on if limits else case.day
    return _paper(case, title, [*paragraphs(lines), Facts(facts), *notes], on=on)


def correct(case: Case) -> Document:
    """补正材料通知书: everything that is missing, told once."""
    title, lines = filled(case.db, "correct", case.values())
    told = [e for e in states.history(case.db, MACHINE, case.known.code) if e.act in ("correct", "return")]
    missing = steps.gaps(case.db, case.known)
    rows = [(str(i), item) for i, item in enumerate([*missing, *([told[-1].note] if told else [])], start=1)]
    return _paper(case, title, [*paragraphs(lines), Table(("序号", "需要补正的内容"), rows, widths=(1, 8))])


def sheet(case: Case) -> Document:
    """校验单 N01-N23: every check with its answer, evidence, remedy and source."""
    title, lines = filled(case.db, "sheet", case.values())
    known = case.known
    rows = [(r["code"], r["title"], r["outcome_label"], _said(r)) for r in known.findings or []]
    facts = [("拟用名称", known.draft.name), ("汉语拼音", known.pinyin), ("类别", kind_of(known)),
             ("规模", size_of(known)), ("所在", known.town), ("规则版本", known.rules)]  # fmt: skip
    blocks: list[Block] = [*paragraphs(lines), Facts(facts), Table(("编号", "检查项", "结果", "说明"), rows, widths=(1.1, 5.2, 1.4, 5)),
              *map_of(case)]  # fmt: skip
    checked = known.checked_at.date() if known.checked_at else case.day
    return _paper(case, title, blocks, on=checked, seal=False)


def _said(row: dict[str, object]) -> str:
    findings = row["findings"]
    assert isinstance(findings, list)  # noqa: S101 - as checking.result_json writes it
    said = [
        f"【{GRADES[f['severity']]}】{f['evidence'].rstrip('。')}。{f['remedy'].rstrip('。')}。"
        + (f"书面说明：{f['reason']}。" if f["reason"] else "")
        for f in findings
    ]
    return "".join(said) or str(row["note"])


def _paper(
    case: Case, title: str, blocks: list[Block], *, on: date | None = None, seal: bool = True
) -> Document:
    return Document(
        title, blocks, issuer=case.office, date=on or case.day, made_up=case.known.draft.made_up, seal=seal
    )
