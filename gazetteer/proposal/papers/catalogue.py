"""Which papers there are and which of them a proposal has come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from gazetteer.proposal import store
from gazetteer.proposal.model import Kept
from gazetteer.proposal.papers import intake, outcome, reports
from gazetteer.proposal.papers.parts import Case, case_of
from geo.documents import Document
from geo.problems import Conflict, NotFound

_Draw = Callable[[Case], Document]
_There = Callable[[Kept], bool]
_EARLY: Final = frozenset({"draft", "submitted"})
_PAPERS: Final[dict[str, tuple[str, _Draw, _There]]] = {
    "accepted": (
        "受理通知书",
        intake.accepted,
        lambda k: k.state not in {*_EARLY, "correcting", "withdrawn"},
    ),
    "correct": ("补正材料通知书", intake.correct, lambda k: k.state == "correcting"),
    "sheet": ("校验单", intake.sheet, lambda k: k.findings is not None),
    "assessment": ("综合评估报告", reports.assessment, lambda k: k.findings is not None),
    "argument": ("专家论证报告", reports.argument, lambda k: k.findings is not None),
    "consultation": ("征求意见报告", reports.consultation, lambda k: k.findings is not None),
    "notice": ("公示", outcome.notice, lambda k: k.noticed_from is not None),
    "opinion": ("命名意见", outcome.opinion, lambda k: k.opinion is not None),
    "approval": ("批复", outcome.approval, lambda k: k.approval is not None),
    "filing": ("备案登记表", outcome.filing, lambda k: k.approval is not None),
    "announcement": ("公告", outcome.announcement, lambda k: k.announced_on is not None),
    "signs": ("标志设置通知", outcome.signs, lambda k: k.announced_on is not None and k.draft.act != "销名"),
}
_JOINT: Final[dict[str, Callable[[Case, list[Kept]], Document]]] = {
    "opinion": outcome.opinions,
    "approval": outcome.approvals,
    "announcement": outcome.announcements,
}
"""Papers that may speak of several names."""
_MANY: Final = 500
TITLES: Final = {kind: row[0] for kind, row in _PAPERS.items()}


def available(known: Kept) -> list[tuple[str, str]]:
    """The papers that the proposal has come to: kind and title, in the order of the procedure."""
    return [(kind, title) for kind, (title, _, there) in _PAPERS.items() if there(known)]


def draw(db: Session, known: Kept, kind: str, day: date) -> Document:
    """One paper of a proposal; an opinion over several names lists them all.

    Raises:
        NotFound: there is no such kind of paper.
        Conflict: the proposal has not come that far.
    """
    if kind not in _PAPERS:
        raise NotFound("没有这种文书。", "从申请页面打开文书。")
    title, make, there = _PAPERS[kind]
    if not there(known):
        raise Conflict(f"还没有办到“{title}”这一步。", "办理后再出具。", code="paper.early")
    case = case_of(db, known, day)
    joint = _JOINT.get(kind)
    together = with_it(db, known, kind) if joint else []
    return joint(case, together) if joint and len(together) > 1 else make(case)


def with_it(db: Session, known: Kept, kind: str) -> list[Kept]:
    """The proposals that one paper speaks of: those of the same opinion, approval or announcement."""
    wanted = {
        "opinion": store.Filter(opinion=known.opinion or ""),
        "approval": store.Filter(approval=known.approval or ""),
        "announcement": store.Filter(announcement=known.announcement_number),
    }.get(kind, store.Filter())
    if wanted == store.Filter():
        return [known]
    rows = store.listed(db, wanted, size=_MANY)
    rows = [row for row in rows if row.announced_on == known.announced_on] if kind == "announcement" else rows
    return sorted(rows, key=lambda row: (row.draft.division, row.code))
