"""Decisions (命名意见、批复): one numbered document over one or many proposals; who decides is profile data.

In a district the office's own outcome is an opinion and the body above approves; in a city or county the approval
itself is the outcome. The rule stands in the profile's ``approvers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import checking, procedure, store
from gazetteer.proposal.model import MACHINE, Kept
from gazetteer.proposal.steps import Officer, demand_steps
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict, NotFound

_INSERT = text("""
    INSERT INTO register.naming_decision (kind, number, decided_on, body, content, made_by)
    VALUES (:kind, :number, :on, :body, :content, :actor) RETURNING code
""")
_NEXT = text("""
    SELECT coalesce(max(CAST(substring(number FROM '〕([0-9]+)号$') AS integer)), 0) + 1
    FROM register.naming_decision WHERE kind = 'opinion' AND number LIKE :stem || '%'
""")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept; ``body`` is who decided."""

    code: str
    kind: str
    number: str
    decided_on: date
    body: str
    content: str
    made_by: str
    made_at: datetime


def next_number(db: Session, on: date, division: str) -> str:
    """The next free number of an opinion in a year, with the division's own word before it: 民地名意〔2026〕3号."""
    start = f"{procedure.opinion_stem(procedure.profile_of(division, on))}〔{on.year}〕"
    return f"{start}{db.scalar(_NEXT, {'stem': start})}号"


def opine(
    db: Session, codes: Sequence[str], *, officer: Officer, on: date, number: str = "", content: str = ""
) -> str:
    """Issue one opinion (命名意见) over the proposals and give the decision's code; each is checked once more.

    Args:
        db: the unit of work.
        codes: the proposals that the document speaks of.
        officer: who issues it.
        on: its day.
        number: its number; empty takes the next free one.
        content: what the opinion says beyond its form.

    Raises:
        BadInput: nothing was chosen, the day lies ahead, or a check stops one of them.
        Conflict: a required step is missing, or here the approval itself is the outcome.
    """
    known = _decidable(db, codes, on)
    for one in known:
        own = procedure.approver(
            procedure.profile_of(one.draft.division, on), one.draft.category, one.draft.feature
        )
        if own.outcome != "意见":
            raise Conflict(
                f"“{one.title}”由{own.body}批准，不出具意见。", "请直接登记批准。", code="proposal.outcome"
            )
    made = _decision(
        db, "opinion", number or next_number(db, on, known[0].draft.division), on, "", content, officer.name
    )
    for one in known:
        states.move(db, MACHINE, one.code, "opine", actor=officer.name, roles=officer.roles)
        store.set_fields(db, one.code, opinion=made)
        clocks.stop(db, MACHINE, one.code, "decision", on=on)
    return made


def approve(
    db: Session,
    codes: Sequence[str],
    number: str,
    *,
    officer: Officer,
    on: date,
    body: str = "",
    content: str = "",
) -> str:
    """Enter the approval (批复) over the proposals: the clocks of filing and announcement start on its day.

    Raises:
        BadInput: no number is given, nothing was chosen, or a check stops one of them.
        Conflict: the district's own opinion is still owed.
    """
    if not number.strip():
        raise BadInput("没有填写批准文号。", "填写批复的文号。", code="approval.number")
    known = _decidable(db, codes, on)
    deciders = {_decider(one, on) for one in known}
    said = body.strip() or "、".join(sorted(deciders))
    made = _decision(db, "approval", number, on, said, content, officer.name)
    for one in known:
        states.move(
            db, MACHINE, one.code, "approve", actor=officer.name, roles=officer.roles, note=number.strip()
        )
        store.set_fields(db, one.code, approval=made)
        clocks.stop(db, MACHINE, one.code, "decision", on=on)
        profile = procedure.profile_of(one.draft.division, on)
        for name in ("filing", "announcement"):
            procedure.start_clock(db, one.code, profile, name, on)
    return made


def _decider(one: Kept, on: date) -> str:
    """Who approves the name; where that is not this office, its own opinion must be there."""
    profile = procedure.profile_of(one.draft.division, on)
    decider = procedure.approver(profile, one.draft.category, one.draft.feature)
    if decider.outcome == "意见" and one.state != "opined":
        raise Conflict(
            f"“{one.title}”还没有出具命名意见。", "先出具意见，再登记批准。", code="proposal.opinion-first"
        )
    return decider.body


def find(db: Session, code: str) -> Decision:
    """One decision.

    Raises:
        NotFound: there is none of that code.
    """
    row = db.execute(
        text("SELECT code, kind, number, decided_on, body, content, made_by, made_at FROM register.naming_decision "
             "WHERE code = :c"),
        {"c": code},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("没有这份意见或批复。", "请核对编号。")
    return Decision(*row)


def _decidable(db: Session, codes: Sequence[str], on: date) -> list[Kept]:
    if on > store.today():
        raise BadInput(f"办理日期 {on} 在今天以后。", "改成今天或实际办理的日期。", code="proposal.date")
    known = [store.find(db, code) for code in dict.fromkeys(codes)]
    if not known:
        raise BadInput("没有选择申请。", "至少选择一件。", code="decision.empty")
    for one in known:
        demand_steps(db, one, on)
        checking.demand_clear(checking.keep(db, one, day=on))
    return known


def _decision(db: Session, kind: str, number: str, on: date, body: str, content: str, actor: str) -> str:
    same = db.scalar(
        text("SELECT code FROM register.naming_decision WHERE kind = :k AND number = :n"),
        {"k": kind, "n": number.strip()},
    )
    if same:
        raise Conflict(f"文号“{number}”已经用过。", "换一个文号。", code="decision.number")
    values = {
        "kind": kind,
        "number": number.strip(),
        "on": on,
        "body": body,
        "content": content,
        "actor": actor,
    }
    return str(db.execute(_INSERT, values).scalar_one())
