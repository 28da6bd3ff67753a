"""Papers of the decision and after: 公示, 命名意见, 批复, 备案登记表, 公告, 标志设置通知."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gazetteer.proposal import procedure
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
from geo.documents import Block, Document, Facts, Note, Picture, Table


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
    title, lines = filled(case.db, "approval", case.values())
    decision = case.approval
    paper = _paper(case, title, [*paragraphs(lines), _names([case.known]), *map_of(case)],
                   decision.decided_on if decision else None)  # fmt: skip
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
             ("批准时间", shown_day(decision.decided_on) if decision else ""), ("备案编号", known.filing_number),
             ("备案日期", shown_day(known.filed_on)), ("申请单位", known.draft.applicant)]  # fmt: skip
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
    decided = case.approval
    body, day = (decided.body, shown_day(decided.decided_on)) if decided else (case.body, "")
    table = Table(
        ("标准名称", "罗马字母拼写", "所属政区", "位置描述", "批准机关", "批准时间"),
        [(r.draft.name or r.draft.old_name, r.romanisation, r.town, place_of(r), body, day) for r in rows],
        widths=(2, 2.6, 1.6, 3, 2, 1.8),
    )  # fmt: skip
    ended = [Note(f"原名称“{r.draft.old_name}”停止使用，转为曾用名。") for r in rows if r.draft.act == "更名"]
    paper = _paper(case, title, [*paragraphs(lines), table, *ended], case.known.announced_on)
    return replace(paper, number=case.known.announcement_number)


def signs(case: Case) -> Document:
    """标志设置通知: what the sign shows and until when it stands."""
    known = case.known
    limits = [c for c in clocks.of_subject(case.db, MACHINE, known.code) if c.name == "signs"]
    title, lines = filled(
        case.db, "signs", case.values(to=shown_day(limits[0].due_on) if limits else "规定期限")
    )
    facts = [("标志汉字", known.draft.name), ("标志罗马字母", known.pinyin), ("所在", known.town), ("位置", place_of(known)),
             ("规格", "按国家标准《地名 标志》"), ("完成期限", shown_day(limits[0].due_on) if limits else "")]  # fmt: skip
    notes = [Note(f"期限依据：{limits[0].source}。")] if limits else []
    return _paper(case, title, [*paragraphs(lines), Facts(facts), *notes, *map_of(case)], known.announced_on)


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
        ("序号", "名称", "汉语拼音", "所在", "位置", "规模", "含义"),
        [(str(i), r.draft.name, r.pinyin, r.town, place_of(r), size_of(r), r.draft.meaning)
         for i, r in enumerate(rows, start=1)],
        widths=(0.8, 1.8, 2.2, 1.6, 2.6, 1.8, 2.6),
    )  # fmt: skip


def _picture(case: Case, rows: Sequence[Kept]) -> list[Picture]:
    drawn = [row for row in rows if row.draft.geometry is not None]
    return [map_of_all(case.db, drawn, width_mm=150.0, height_mm=110.0)] if drawn else []


def _paper(case: Case, title: str, blocks: list[Block], on: date | None) -> Document:
    return Document(title, blocks, issuer=case.office, date=on or case.day, made_up=case.known.draft.made_up)
