"""The steps of a proposal (办理环节) with what each of them demands and starts: checks, papers, clocks.

Every function is one office act inside the caller's unit of work; ``on`` is the day of the act, which may lie in the
past when paper came first (补录), never in the future.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import checking, procedure, store, voices
from gazetteer.proposal.model import MACHINE, Kept
from geo.cases import attachments, clocks, states
from geo.problems import BadInput, Conflict

_SIGNS: Final = text("""
    SELECT count(*) FILTER (WHERE set_on IS NULL), count(*) FILTER (WHERE set_on IS NOT NULL)
    FROM register.name_sign WHERE proposal = :code AND removed_on IS NULL
""")


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: the account's name for the record and the roles that the transition table knows."""

    name: str
    roles: Collection[str]


def simple(db: Session, code: str, act: str, *, officer: Officer, note: str = "", on: date) -> str:
    """Steps that only move the case: submit, resubmit, argue, consult, withdraw."""
    not_future(on)
    return states.move(db, MACHINE, code, act, actor=officer.name, roles=officer.roles, note=note)


def reasoned(db: Session, code: str, act: str, *, officer: Officer, note: str, on: date) -> str:
    """Steps that owe the applicant a reason: correct, return, refuse, end. All gaps are told at once.

    Raises:
        BadInput: the reason is empty.
    """
    not_future(on)
    if not note.strip():
        raise BadInput("没有写明理由。", "写明理由；需要补正的，一次写全。", code="proposal.reason")
    if act in ("refuse", "end", "correct", "return"):
        clocks.stop(db, MACHINE, code, "decision", on=on)
    return states.move(db, MACHINE, code, act, actor=officer.name, roles=officer.roles, note=note.strip())


def accept(db: Session, code: str, *, officer: Officer, on: date, note: str = "") -> str:
    """Take the application in (受理): facts and papers are whole; the decision's clock starts.

    Raises:
        BadInput: something is missing; every gap is named at once.
    """
    not_future(on)
    known = store.find(db, code)
    missing = gaps(db, known)
    if missing:
        raise BadInput(
            f"材料不齐：{'、'.join(missing)}。", "补齐后受理，或通知申请人补正。", code="proposal.gaps"
        )
    moved = states.move(db, MACHINE, code, "accept", actor=officer.name, roles=officer.roles, note=note)
    profile = procedure.profile_of(known.draft.division, on)
    procedure.start_clock(db, code, profile, "decision", on)
    return moved


def check(db: Session, code: str, *, officer: Officer, on: date) -> str:
    """Put the check sheet on file and go on if nothing stops (校验通过).

    Raises:
        BadInput: a check blocks, or a written reason is owed; with all findings.
    """
    not_future(on)
    known = store.find(db, code)
    checking.demand_clear(checking.keep(db, known, day=on))
    return states.move(db, MACHINE, code, "check", actor=officer.name, roles=officer.roles)


def notice(db: Session, code: str, *, officer: Officer, on: date) -> str:
    """Begin the public notice (公示) on a day; it runs for the days that the profile says."""
    not_future(on)
    known = store.find(db, code)
    checking.demand_clear(checking.keep(db, known, day=on))
    profile = procedure.profile_of(known.draft.division, on)
    moved = states.move(db, MACHINE, code, "notice", actor=officer.name, roles=officer.roles)
    until = procedure.start_clock(db, code, profile, "notice", on)
    store.set_fields(db, code, noticed_from=on, noticed_to=until)
    return moved


def close(db: Session, code: str, *, officer: Officer, on: date) -> str:
    """End the public notice (公示期满): its days are over and every comment has an answer.

    Raises:
        Conflict: the notice still runs, or a comment is not answered.
    """
    not_future(on)
    known = store.find(db, code)
    if known.noticed_to is not None and on <= known.noticed_to:
        raise Conflict(f"公示到 {known.noticed_to} 才期满。", "公示期满后再办理。", code="notice.running")
    waiting = voices.unhandled(db, code)
    if waiting:
        raise Conflict(
            f"还有 {waiting} 条公众意见没有处理。", "逐条写明采纳情况后再办理。", code="notice.comments"
        )
    moved = states.move(db, MACHINE, code, "close", actor=officer.name, roles=officer.roles)
    clocks.stop(db, MACHINE, code, "notice", on=known.noticed_to or on)
    return moved


def file(db: Session, code: str, number: str, *, officer: Officer, on: date) -> str:
    """File the name with the national place-name database (备案)."""
    not_future(on)
    moved = states.move(db, MACHINE, code, "file", actor=officer.name, roles=officer.roles, note=number)
    store.set_fields(db, code, filed_on=on, filing_number=number.strip())
    clocks.stop(db, MACHINE, code, "filing", on=on)
    return moved


def sign(db: Session, code: str, *, officer: Officer, on: date, note: str = "") -> str:
    """The signs stand (标志已设置): all that were ordered, or none is needed and the note says why.

    Raises:
        Conflict: a sign that was ordered does not stand yet.
        BadInput: none was ever ordered and no reason is given.
    """
    not_future(on)
    open_, standing = signs_of(db, code)
    if open_:
        raise Conflict(
            f"还有 {open_} 块标志没有设置。", "逐块登记设置日期，或撤除不再设置的。", code="sign.open"
        )
    if not standing and not note.strip():
        raise BadInput("还没有登记标志。", "先登记标志；不需要设置的，在说明里写明理由。", code="sign.none")
    moved = states.move(db, MACHINE, code, "sign", actor=officer.name, roles=officer.roles, note=note)
    store.set_fields(db, code, signed_on=on)
    clocks.stop(db, MACHINE, code, "signs", on=on)
    return moved


def gaps(db: Session, known: Kept) -> list[str]:
    """What the application still lacks, all of it (一次告知)."""
    draft = known.draft
    wanted = {
        "名称": draft.name or draft.act == "销名",
        "原名称": draft.old_name or draft.act == "命名",
        "位置图形": draft.geometry is not None or draft.act != "命名",
        "申请单位": draft.applicant,
        "理由": draft.reason,
        "含义": draft.meaning or draft.act == "销名",
    }
    missing = [label for label, there in wanted.items() if not there]
    profile = procedure.profile_of(draft.division, known.made_at.date())
    there = {paper.kind for paper in attachments.of(db, MACHINE, known.code)}
    papers = procedure.materials(profile, draft.category)
    return missing + [paper.title for paper in papers if paper.required and paper.kind not in there]


def demand_steps(db: Session, known: Kept, on: date) -> None:
    """Refuse a decision while a step that the profile requires was left out.

    Raises:
        Conflict: the steps that are missing, in words.
    """
    profile = procedure.profile_of(known.draft.division, on)
    needed = procedure.required_steps(profile, known.draft.category, known.draft.feature)
    taken = {event.act for event in states.history(db, MACHINE, known.code)}
    missing = [label for step, label in procedure.STEPS.items() if step in needed and step not in taken]
    if missing:
        raise Conflict(f"还没有办理：{'、'.join(missing)}。", "按程序办完再作决定。", code="proposal.steps")


def signs_of(db: Session, code: str) -> tuple[int, int]:
    """Signs of a proposal that still have to be set, and those that stand."""
    return tuple(db.execute(_SIGNS, {"code": code}).one())


def not_future(on: date) -> None:
    """Refuse a day of an act that lies ahead.

    Raises:
        BadInput: it does.
    """
    if on > store.today():
        raise BadInput(f"办理日期 {on} 在今天以后。", "改成今天或实际办理的日期。", code="proposal.date")
