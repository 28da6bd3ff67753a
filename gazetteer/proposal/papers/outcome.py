"""Papers of the decision and after: 公示, 命名意见, 批复, 备案登记表, 公告, 标志设置通知."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gazetteer.proposal import deciding, procedure
from gazetteer.proposal import signs as ordered
from gazetteer.proposal.model import MACHINE, Kept
from gazetteer.proposal.papers.parts import (
    Case,
    kind_of,
    map_of,
    map_of_all,
    paragraphs,
    place_of,
    shown_day,
    size_of,
)
from gazetteer.proposal.wording import filled
from geo.cases import clocks
from geo.documents import BY_HAND, Block, Document, Facts, Note, Picture, Table

_SIX = ("标准名称", "罗马字母拼写", "所属政区", "位置描述", "批准机关", "批准时间")
"""The fields of an announcement by the trial rules on filing and announcement (地名备案公告管理办法)."""


def notice(case: Case) -> Document:
    """公示: what is proposed, why, from when to when; nothing of the applicant's person."""
    known, rule = (
        case.known,
        procedure.limit(procedure.profile_of(case.known.draft.division, case.day), "notice"),
    )
    title, lines = filled(case.db, "notice", case.values(days=rule.days, to=shown_day(known.noticed_to),
                                                         **{"from": shown_day(known.noticed_from)}))  # fmt: skip
    facts = [("拟用名称", known.draft.name), ("汉语拼音", known.pinyin), ("原名称", known.draft.old_name),
             ("类别", kind_of(known)), ("所在政区", known.town), ("位置", place_of(known)), ("规模", size_of(known)),
             ("含义", known.draft.meaning)]  # fmt: skip
    shown = [row for row in facts if row[1]]
    return _paper(case, title, [*paragraphs(lines), Facts(shown), *map_of(case)], known.noticed_from)


def opinion(case: Case) -> Document:
    """命名意见 with the fields of the provincial form; one name or several in one document."""
    return opinions(case, [case.known])


def opinions(case: Case, rows: Sequence[Kept]) -> Document:
    """命名意见 over the names of one decision."""
    decision = case.opinion
    many = f"{case.known.title}等" if len(rows) > 1 else case.known.title
    title, lines = filled(case.db, "opinion", case.values(count=len(rows), name=many))
    extra = paragraphs([decision.content]) if decision and decision.content else []
    body: list[Block] = [_opinion_form(case)] if len(rows) == 1 else [_names(rows)]
    picture: list[Picture] = map_of(case) if len(rows) == 1 else _picture(case, rows)
    return replace(
        _paper(
            case,
            title,
            [*paragraphs(lines), *body, *extra, *picture],
            decision.decided_on if decision else None,
        ),
        number=decision.number if decision else "",
    )


def approval(case: Case) -> Document:
    """批复: the approval as it is handed to the applicant."""
    return approvals(case, [case.known])


def approvals(case: Case, rows: Sequence[Kept]) -> Document:
    """批复 over the names of one decision."""
    decision = case.approval
    several = {"names": f"“{case.known.title}”等{len(rows)}个名称"} if len(rows) > 1 else {}
    title, lines = filled(case.db, "approval", case.values(count=len(rows), **several))
    body: list[Block] = [_names(rows)] if len(rows) > 1 else [_name(case.known)]
    extra = paragraphs([decision.content]) if decision and decision.content else []
    picture = map_of(case) if len(rows) == 1 else _picture(case, rows)
    paper = _paper(
        case, title, [*paragraphs(lines), *body, *extra, *picture], decision.decided_on if decision else None
    )
    return replace(
        paper, number=decision.number if decision else "", issuer=decision.body if decision else case.body
    )


def filing(case: Case) -> Document:
    """备案登记表: the name, who approved it and when, and the papers that go with it."""
    known, decision = case.known, case.approval
    title, lines = filled(case.db, "filing", case.values())
    facts = [("标准名称", known.draft.name), ("罗马字母拼写", known.romanisation), ("汉语拼音", known.pinyin),
             ("类别", kind_of(known)), ("所属政区", known.town), ("位置描述", place_of(known)), ("规模", size_of(known)),
             ("来历", known.draft.origin), ("含义", known.draft.meaning), ("原名称", known.draft.old_name),
             ("批准机关", decision.body if decision else ""), ("批准文号", decision.number if decision else ""),
             ("批准时间", shown_day(decision.decided_on) if decision else ""), ("备案编号", known.filing_number or BY_HAND),
             ("备案日期", shown_day(known.filed_on) or BY_HAND), ("申请单位", known.draft.applicant)]  # fmt: skip
    papers = ("备案报告", "批准文件", "申请书", "综合评估报告", "专家论证报告", "征求意见报告")
    table = Table(("序号", "随附材料"), [(str(i), p) for i, p in enumerate(papers, start=1)], widths=(1, 8))
    rule = Note("备案时限：自批准之日起十五日内（地名管理条例第十三条）。")
    return _paper(case, title, [*paragraphs(lines), Facts(facts), table, rule], known.filed_on)


def announcement(case: Case) -> Document:
    """公告 with the six fields of the trial rules on filing and announcement."""
    return announcements(case, [case.known])


def announcements(case: Case, rows: Sequence[Kept]) -> Document:
    """公告 of several names in one paper: 标准名称、罗马字母、所属政区、位置描述、批准机关、批准时间."""
    title, lines = filled(case.db, "announcement", case.values(count=len(rows)))
    said = [_six(case, row) for row in rows]
    table = (
        Facts(list(zip(_SIX, said[0], strict=True)))
        if len(said) == 1
        else Table(_SIX, said, widths=(2, 2.6, 2, 2.6, 2.1, 2.1))
    )
    ended = [Note(f"原名称“{r.draft.old_name}”停止使用，转为曾用名。") for r in rows if r.draft.act == "更名"]
    paper = _paper(case, title, [*paragraphs(lines), table, *ended], case.known.announced_on)
    return replace(paper, number=case.known.announcement_number)


def _six(case: Case, row: Kept) -> tuple[str, ...]:
    decided = deciding.find(case.db, row.approval) if row.approval else None
    by, day = (decided.body, shown_day(decided.decided_on)) if decided else (case.body, "")
    return row.draft.name or row.draft.old_name, row.romanisation, row.town, place_of(row), by, day


def signs(case: Case) -> Document:
    """标志设置通知: what the sign shows and until when it stands."""
    known = case.known
    limits = [c for c in clocks.of_subject(case.db, MACHINE, known.code) if c.name == "signs"]
    title, lines = filled(
        case.db, "signs", case.values(to=shown_day(limits[0].due_on) if limits else "规定期限")
    )
    facts = [("标志汉字", known.draft.name), ("标志罗马字母", known.pinyin), ("所在", known.town), ("位置", place_of(known)),
             ("规格", "按国家标准《地名 标志》"), ("完成期限", shown_day(limits[0].due_on) if limits else "")]  # fmt: skip
    notes = [Note(f"期限依据：{limits[0].source}。")] if limits else []
    rows = [
        row for row in ordered.listed(case.db, ordered.Filter(proposal=known.code)) if row.state != "removed"
    ]
    list_ = [Table(("编号", "设置位置", "状态", "日期"), [(r.code, r.spot, r.state_label, shown_day(r.last_on)) for r in rows],
                   caption="标志清单", widths=(2.8, 4.2, 1.5, 2.5))] if rows else []  # fmt: skip
    return _paper(
        case,
        title,
        [*paragraphs(lines), Facts(facts), *list_, *notes, *map_of(case, height_mm=50.0)],
        known.announced_on,
    )


def _opinion_form(case: Case) -> Facts:
    known, draft = case.known, case.known.draft
    return Facts([
        ("行政区划代码", draft.division[:6]), ("申请单位", draft.applicant), ("联系人", draft.contact), ("电话", draft.phone),
        ("拟命名名称", draft.name), ("汉语拼音", known.pinyin), ("用地地址", place_of(known)),
        ("规模用途", "；".join(p for p in (size_of(known), draft.usage) if p)),
        ("拟命名理由", draft.reason), ("来历含义", "；".join(p for p in (draft.origin, draft.meaning) if p)),
        ("填报时间", shown_day(known.made_at.date())), ("接收方式", draft.receive_by), ("领取方式", draft.collect_by),
    ])  # fmt: skip


def _names(rows: Sequence[Kept]) -> Table:
    return Table(
        ("序号", "名称", "所在", "位置和规模", "含义"),
        [(str(i), f"{r.draft.name}\n{r.pinyin}", r.town, "\n".join(p for p in (place_of(r), size_of(r)) if p), r.draft.meaning)
         for i, r in enumerate(rows, start=1)],
        widths=(1, 2.6, 1.7, 4, 3),
    )  # fmt: skip


def _name(known: Kept) -> Facts:
    """One name as the approval states it."""
    draft = known.draft
    rows = [("名称", draft.name or draft.old_name), ("汉语拼音", known.pinyin), ("原名称", draft.old_name if draft.name else ""),
            ("类别", kind_of(known)), ("所在政区", known.town), ("位置", place_of(known)), ("规模", size_of(known)),
            ("来历含义", "；".join(p for p in (draft.origin, draft.meaning) if p))]  # fmt: skip
    return Facts([row for row in rows if row[1]])


def _picture(case: Case, rows: Sequence[Kept]) -> list[Picture]:
    drawn = [row for row in rows if row.draft.geometry is not None]
    return [map_of_all(case.db, drawn, width_mm=150.0, height_mm=110.0)] if drawn else []


def _paper(case: Case, title: str, blocks: list[Block], on: date | None) -> Document:
    return Document(title, blocks, issuer=case.office, date=on or case.day, made_up=case.known.draft.made_up)
