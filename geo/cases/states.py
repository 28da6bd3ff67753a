"""Move a case along its transition table; each step is one event, and a step that the table lacks cannot be stored.

begin(db, "proposal", "P-1", "draft", actor="wang")
move(db, "proposal", "P-1", "accept", actor="wang", roles={"officer"}, note="材料齐全")
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, TextClause, text
from sqlalchemy.orm import Session

from geo.problems import Conflict, NotAllowed, NotFound

BEGIN = "begin"

_BEGIN = text('INSERT INTO register."case" (machine, subject, state) VALUES (:machine, :subject, :state)')
_EVENT = text("""
    INSERT INTO register.case_event (machine, subject, act, from_state, to_state, actor, note)
    VALUES (:machine, :subject, :act, :from_state, :to_state, :actor, :note)
""")
_LOCKED = text("""
    SELECT c.state, s.label FROM register."case" c JOIN register.case_state s USING (machine, state)
    WHERE c.machine = :machine AND c.subject = :subject FOR UPDATE OF c
""")
_STEP = text("""
    SELECT act, label, from_state, to_state, roles FROM register.case_transition
    WHERE machine = :machine AND act = :act AND from_state = :state
""")
_ACTS = text("""
    SELECT t.act, t.label, t.from_state, t.to_state, t.roles
    FROM register."case" c JOIN register.case_transition t ON t.machine = c.machine AND t.from_state = c.state
    WHERE c.machine = :machine AND c.subject = :subject AND t.roles && CAST(:roles AS text[]) ORDER BY t.act
""")
_HISTORY = text("""
    SELECT e.at, e.actor, e.act, coalesce(t.label, s.label) AS label, e.from_state, e.to_state,
           s.label AS state_label, e.note
    FROM register.case_event e
    JOIN register.case_state s ON s.machine = e.machine AND s.state = e.to_state
    LEFT JOIN register.case_transition t ON t.machine = e.machine AND t.act = e.act AND t.from_state = e.from_state
    WHERE e.machine = :machine AND e.subject = :subject ORDER BY e.id
""")


_LOCKED_ALL = text("""
    SELECT c.subject, s.label, t.roles, t.label AS step
    FROM register."case" c JOIN register.case_state s USING (machine, state)
    LEFT JOIN register.case_transition t ON t.machine = c.machine AND t.act = :act AND t.from_state = c.state
    WHERE c.machine = :machine AND c.subject = ANY (:subjects) ORDER BY c.subject FOR UPDATE OF c
""")
_MOVE_ALL = text("""
    WITH step AS (
      INSERT INTO register.case_event (machine, subject, act, from_state, to_state, actor, note)
      SELECT c.machine, c.subject, t.act, t.from_state, t.to_state, :actor, :note
      FROM unnest(CAST(:subjects AS text[])) WITH ORDINALITY w(subject, at)
      JOIN register."case" c ON c.machine = :machine AND c.subject = w.subject
      JOIN register.case_transition t ON t.machine = c.machine AND t.act = :act AND t.from_state = c.state
      ORDER BY w.at RETURNING subject, to_state)
    UPDATE register."case" c SET state = step.to_state, since = now() FROM step
    WHERE c.machine = :machine AND c.subject = step.subject
""")
_BEGIN_ALL = text("""
    WITH made AS (
      INSERT INTO register."case" (machine, subject, state) SELECT :machine, unnest(CAST(:subjects AS text[])), :state
      RETURNING machine, subject, state)
    INSERT INTO register.case_event (machine, subject, act, to_state, actor, note)
    SELECT machine, subject, 'begin', state, :actor, :note FROM made
""")


@dataclass(frozen=True, slots=True)
class Transition:
    """One step that may be taken (可办操作): the act, the word on its button, where it leads, who may take it."""

    act: str
    label: str
    from_state: str
    to_state: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Event:
    """One step that was taken (办理记录)."""

    at: datetime
    actor: str
    act: str
    label: str
    from_state: str | None
    to_state: str
    state_label: str
    note: str


def begin(db: Session, machine: str, subject: str, state: str, *, actor: str, note: str = "") -> None:
    """Open a case in its first state.

    Raises:
        Conflict: the subject has a case of this machine already.
    """
    _run(db, _BEGIN, machine, subject, state=state)
    _run(db, _EVENT, machine, subject, act=BEGIN, from_state=None, to_state=state, actor=actor, note=note)


def move(
    db: Session, machine: str, subject: str, act: str, *, actor: str, roles: Collection[str], note: str = ""
) -> str:
    """Take one step and give the new state's key. The case is locked until the transaction ends.

    Raises:
        NotFound: there is no such case.
        Conflict: the act does not lead out of the state the case is in; somebody may have been faster.
        NotAllowed: none of ``roles`` may take this step.
    """
    found = _run(db, _LOCKED, machine, subject).one_or_none()
    if found is None:
        raise NotFound(f"没有编号为 {subject} 的办件", "请核对编号")
    step = _run(db, _STEP, machine, subject, act=act, state=found.state).one_or_none()
    if step is None:
        raise Conflict(
            f"办件现在是“{found.label}”，不能进行这一步", "请刷新页面，看最新状态后再办", code="wrong-state"
        )
    if not set(step.roles) & set(roles):
        raise NotAllowed(f"“{step.label}”不在您的权限内", "请由有权限的同事办理")
    _run(db, _EVENT, machine, subject, act=act, from_state=step.from_state, to_state=step.to_state,
         actor=actor, note=note)  # fmt: skip
    db.execute(
        text('UPDATE register."case" SET state = :state, since = now() WHERE machine = :m AND subject = :s'),
        {"state": step.to_state, "m": machine, "s": subject},
    )
    return str(step.to_state)


def begin_all(
    db: Session, machine: str, subjects: Collection[str], state: str, *, actor: str, note: str = ""
) -> None:
    """Open many cases in the same first state, in one statement."""
    _run_all(db, _BEGIN_ALL, machine, subjects, state=state, actor=actor, note=note)


def move_all(
    db: Session, machine: str, subjects: Collection[str], act: str, *, actor: str, roles: Collection[str],
    note: str = "",
) -> None:  # fmt: skip
    """Take the same step with many cases in two statements: all of them, or none.

    Raises:
        NotFound: one has no case.
        Conflict: the act does not lead out of the state that one is in.
        NotAllowed: none of ``roles`` may take this step.
    """
    locked = {row.subject: row for row in _run_all(db, _LOCKED_ALL, machine, subjects, act=act)}
    for subject in subjects:
        found = locked.get(subject)
        if found is None:
            raise NotFound(f"没有编号为 {subject} 的办件", "请核对编号")
        if found.roles is None:
            raise Conflict(
                f"办件 {subject} 现在是“{found.label}”，不能进行这一步", "请刷新页面，看最新状态后再办",
                code="wrong-state",
            )  # fmt: skip
        if not set(found.roles) & set(roles):
            raise NotAllowed(f"“{found.step}”不在您的权限内", "请由有权限的同事办理")
    _run_all(db, _MOVE_ALL, machine, subjects, act=act, actor=actor, note=note)


def current(db: Session, machine: str, subject: str) -> str:
    """The key of the state that a case is in.

    Raises:
        NotFound: there is no such case.
    """
    state: str | None = db.scalar(
        text('SELECT state FROM register."case" WHERE machine = :m AND subject = :s'),
        {"m": machine, "s": subject},
    )
    if state is None:
        raise NotFound(f"没有编号为 {subject} 的办件", "请核对编号")
    return state


def labels(db: Session, machine: str) -> dict[str, str]:
    """The Chinese word for each state of a machine, in the order they were stated."""
    found = db.execute(
        text("SELECT state, label FROM register.case_state WHERE machine = :m ORDER BY position"),
        {"m": machine},
    )
    return {row.state: row.label for row in found}


def acts(db: Session, machine: str, subject: str, roles: Collection[str]) -> list[Transition]:
    """What somebody with these roles may do with the case now."""
    found = _run(db, _ACTS, machine, subject, roles=list(roles))
    return [Transition(r.act, r.label, r.from_state, r.to_state, frozenset(r.roles)) for r in found]


def history(db: Session, machine: str, subject: str) -> list[Event]:
    """Every step of the case, oldest first."""
    return [Event(*tuple(row)) for row in _run(db, _HISTORY, machine, subject)]


def _run(db: Session, statement: TextClause, machine: str, subject: str, **values: Any) -> Result[Any]:
    return db.execute(statement, {"machine": machine, "subject": subject, **values})


def _run_all(
    db: Session, statement: TextClause, machine: str, subjects: Collection[str], **values: Any
) -> Result[Any]:
    return db.execute(statement, {"machine": machine, "subjects": list(subjects), **values})
