"""The three reports of the regulation's article 11 (综合评估、专家论证、征求意见), made from what was entered."""

from __future__ import annotations

from datetime import date
from typing import Final

from gazetteer.proposal import voices
from gazetteer.proposal.model import MACHINE
from gazetteer.proposal.papers.parts import Case, kind_of, map_of, paragraphs, place_of, shown_day, size_of
from gazetteer.proposal.wording import filled
from geo.cases import states
from geo.documents import Block, Document, Facts, Heading, Paragraph, Signature, Signatures, Table

SECTIONS: Final = {
    "assessment": (("legality", "合法性"), ("feasibility", "可行性"), ("control", "可控性"), ("effects", "社会影响"),
                   ("risks", "风险"), ("measures", "应对措施")),
    "argument": (("need", "必要性"), ("science", "科学性"), ("reason", "合理性"), ("danger", "可能的风险"),
                 ("advice", "论证意见")),
    "consultation": (("process", "过程和范围"), ("views", "主要意见"), ("answers", "处理情况")),
}  # fmt: skip
"""Sections of each report: the key under which the office writes it, and its heading."""
TO_WRITE: Final = "（待填写）"
"""Stands in a section that nobody wrote and no fact on file answers: an empty one would read as “none”."""
_NUMERALS: Final = "一二三四五六七八九十"


def assessment(case: Case) -> Document:
    """综合评估报告; a section that nobody wrote is said from the facts on file."""
    checks = case.known.findings or []
    stops = [row for row in checks if row["stops"]]
    said = {
        "legality": f"经自动校验{len(checks)}项，" + ("没有违反规定的情形。" if not stops else f"{len(stops)}项尚待处理。"),
        "feasibility": f"位于{case.known.town}，{place_of(case.known) or '位置见附图'}；{size_of(case.known)}。",
        "control": "名称由本级地名主管部门统一管理，入库、公告后更新门牌和标志。",
    }  # fmt: skip
    return _report(case, "assessment", said, [_facts(case), *map_of(case)])


def argument(case: Case) -> Document:
    """专家论证报告 with every expert's opinion and a place to sign."""
    found = [v for v in voices.of(case.db, case.known.code) if v.kind in ("expert", "meeting")]
    rows = [
        (v.name or "联席会议", v.organisation, v.verdict, v.content, shown_day(v.given_on)) for v in found
    ]
    said = {"advice": _verdicts([v.verdict for v in found])}
    blocks: list[Block] = (
        [Table(("专家", "单位", "结论", "意见", "日期"), rows, widths=(1.5, 2.6, 1.5, 4, 2.2))]
        if rows
        else []
    )
    signers = [Signature(v.name) for v in found if v.name]
    return _report(case, "argument", said, [_facts(case), *blocks], [Signatures(signers)] if signers else [])


def consultation(case: Case) -> Document:
    """征求意见报告: departments and the public, what they said and what became of it; no personal data."""
    found = [v for v in voices.of(case.db, case.known.code) if v.kind in ("department", "public")]
    rows = [(v.organisation if v.kind == "department" else "社会公众", v.content, v.outcome or "待处理", v.handling)
            for v in found]  # fmt: skip
    known = case.known
    period = (
        f"公示自{shown_day(known.noticed_from)}至{shown_day(known.noticed_to)}。"
        if known.noticed_from
        else ""
    )
    said = {"process": f"{period}共收到意见{len(found)}条。", "views": "见下表。" if found else "没有收到不同意见。",
            "answers": f"采纳和部分采纳{sum('采纳' in v.outcome and v.outcome != '不采纳' for v in found)}条。"}  # fmt: skip
    table: list[Block] = (
        [Table(("来源", "意见", "采纳情况", "处理说明"), rows, widths=(2, 5, 1.6, 3.4))] if rows else []
    )
    return _report(case, "consultation", said, [_facts(case)], table)


def _report(
    case: Case, kind: str, said: dict[str, str], before: list[Block], after: list[Block] | None = None
) -> Document:
    title, lines = filled(case.db, kind, case.values())
    written = case.known.reports
    blocks: list[Block] = [*paragraphs(lines), *before]
    for number, (key, heading) in enumerate(SECTIONS[kind]):
        blocks.append(Heading(f"{_NUMERALS[number]}、{heading}"))
        blocks.append(Paragraph(written.get(f"{kind}.{key}") or said.get(key) or TO_WRITE))
    return Document(
        title,
        [*blocks, *(after or [])],
        issuer=case.office,
        date=_when(case),
        made_up=case.known.draft.made_up,
    )


def _facts(case: Case) -> Facts:
    known = case.known
    return Facts([("名称", known.draft.name), ("汉语拼音", known.pinyin), ("类别", kind_of(known)), ("所在", known.town),
                  ("含义", known.draft.meaning), ("理由", known.draft.reason)])  # fmt: skip


def _verdicts(found: list[str]) -> str:
    if not found:
        return ""
    counted = [f"{found.count(word)}人{word}" for word in voices.VERDICTS if word in found]
    return (
        f"参加论证{len(found)}人（次），{'，'.join(counted)}。"
        if counted
        else f"参加论证{len(found)}人（次）。"
    )


def _when(case: Case) -> date:
    steps = states.history(case.db, MACHINE, case.known.code)
    return steps[-1].at.date() if steps else case.day
