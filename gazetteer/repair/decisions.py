"""Decisions (处理): each one act with its trace, over one row or over many, on the version that the officer saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.repair.words import STATES, is_reversible
from geo.problems import BadInput, Conflict, NotFound
from geo.store.engine import act, bulk_act

Scope = Literal["auto", "text"]
"""``auto``: answers graded so by the engine. ``text``: reversible text rules alone, the register left out."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who decides: the account, the name that screens show, and the request for the audit."""

    name: str
    shown: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Impact:
    """What a bulk act would do, counted before it is done."""

    rows: int
    levels: dict[str, int]
    examples: list[tuple[int, str, str]]
    """Number, original, repaired; the first few."""


_OPEN_NOW = {
    "auto": "r.batch = :batch AND r.state = 'open' AND r.status = 'auto' AND (:kind = '' OR :kind = ANY (r.kinds))",
    "text": "r.batch = :batch AND r.state = 'open' AND r.text_only AND (:kind = '' OR :kind = ANY (r.kinds))",
}
_AFTER = {
    "auto": "jsonb_build_object('state', 'accepted', 'address', r.answer #>> '{candidates,0,standard_address}', "
            "'code', r.answer #>> '{candidates,0,code}', 'level', r.level, 'lon', r.answer #> '{candidates,0,lon}', "
            "'lat', r.answer #> '{candidates,0,lat}', 'made_up', r.answer #> '{candidates,0,made_up}', 'reason', '', "
            "'rules', to_jsonb(r.rules), 'confidence', r.confidence)",
    "text": "jsonb_build_object('state', 'text', 'address', r.answer ->> 'fixed', 'code', '', 'level', '', 'lon', NULL, "
            "'lat', NULL, 'made_up', false, 'reason', '', 'rules', to_jsonb(r.kinds), 'confidence', r.confidence)",
}  # fmt: skip
_DECIDE = text("""
INSERT INTO register.repair_decision (batch, action, kind, actor, actor_shown, act_id, engine_version, index_version)
SELECT id, :action, :kind, :actor, :shown, :act, engine_version, index_version FROM register.repair_batch
WHERE id = :batch RETURNING id
""")
_LOCK_ONE = text("""
SELECT outcome, decision, version, answer, rules, kinds, confidence FROM register.repair_row
WHERE batch = :batch AND number = :number AND status IS NOT NULL FOR UPDATE
""")
_CHANGE_ONE = text("""
INSERT INTO register.repair_change (decision, batch, number, before, before_decision, after)
SELECT :decision, batch, number, outcome, decision, CAST(:after AS jsonb) FROM register.repair_row
WHERE batch = :batch AND number = :number
""")
_APPLY = text("""
UPDATE register.repair_row r SET outcome = c.after, decision = c.decision, version = r.version + 1
FROM register.repair_change c WHERE c.decision = :decision AND r.batch = c.batch AND r.number = c.number
""")
_COUNT = text("UPDATE register.repair_decision SET row_count = :count WHERE id = :decision")


def accept(db: Session, batch: int, number: int, choice: int, *, version: int, officer: Officer) -> int:
    """Take one of the engine's candidates for a row; 0 is its first. Gives the decision's number.

    Raises:
        NotFound: no such row or candidate.
        Conflict: somebody decided the row since it was shown.
    """
    row = _locked(db, batch, number, version)
    candidates = row["answer"]["candidates"]
    if not 0 <= choice < len(candidates):
        raise NotFound("没有这个候选地址。", "从列出的候选里选择。", code="repair.no-candidate")
    action, state = ("choose", "chosen") if choice else ("accept", "accepted")
    after = outcome(
        state, candidates[choice], rules=row["rules"], confidence=candidates[choice]["confidence"]
    )
    return _decide_one(db, batch, number, action, after, officer)


def answer_by_hand(
    db: Session, batch: int, number: int, found: dict[str, Any], *, version: int, officer: Officer
) -> int:
    """Give a row the registered address that the officer searched for; ``found`` is a candidate of the engine.

    Raises:
        NotFound: no such row.
        Conflict: somebody decided the row since it was shown.
    """
    _locked(db, batch, number, version)
    after = outcome("manual", found, rules=["manual"], confidence=1.0)
    return _decide_one(db, batch, number, "manual", after, officer)


def reject(db: Session, batch: int, number: int, reason: str, *, version: int, officer: Officer) -> int:
    """Send a row back (退回) with the reason.

    Raises:
        BadInput: no reason, or a very long one.
        NotFound: no such row.
        Conflict: somebody decided the row since it was shown.
    """
    if not reason.strip() or len(reason) > 200:
        raise BadInput("退回要写明理由，不超过 200 字。", "填写理由后再退回。", code="repair.reason")
    _locked(db, batch, number, version)
    nothing = {"standard_address": "", "code": "", "level": "", "lon": None, "lat": None, "made_up": False}
    after = outcome("rejected", nothing, rules=[], confidence=1.0, reason=reason.strip())
    return _decide_one(db, batch, number, "reject", after, officer)


def outcome(
    state: str, found: dict[str, Any], *, rules: list[str], confidence: float, reason: str = ""
) -> dict[str, Any]:
    """What is kept of a decision in the row itself."""
    return {
        "state": state, "address": found["standard_address"], "code": found["code"], "level": found["level"],
        "lon": found["lon"], "lat": found["lat"], "made_up": found["made_up"], "reason": reason, "rules": rules,
        "confidence": confidence,
    }  # fmt: skip


def impact(db: Session, batch: int, scope: Scope, kind: str) -> Impact:
    """How many rows a bulk act would decide, of which levels, and the first few of them.

    Raises:
        BadInput: the kind is not one that may be taken in bulk this way.
    """
    _allowed(scope, kind)
    given = {"batch": batch, "kind": kind}
    levels = db.execute(
        text(f"SELECT r.level, count(*) FROM register.repair_row r WHERE {_OPEN_NOW[scope]} GROUP BY 1 ORDER BY 2 DESC"),  # noqa: S608
        given,
    ).all()  # fmt: skip
    examples = db.execute(
        text(f"SELECT r.number, r.original, {_AFTER[scope]} ->> 'address' FROM register.repair_row r "  # noqa: S608
             f"WHERE {_OPEN_NOW[scope]} ORDER BY r.number LIMIT 8"),
        given,
    ).all()  # fmt: skip
    return Impact(
        sum(number for _, number in levels), {level: number for level, number in levels},
        [(row[0], row[1], row[2]) for row in examples],
    )  # fmt: skip


def accept_in_bulk(
    db: Session, batch: int, scope: Scope, kind: str, *, expected: int, officer: Officer
) -> int:
    """Decide all open rows of a kind that may be taken without looking at each; gives the decision's number.

    Only answers graded ``auto``, or texts mended by reversible rules alone, are ever taken in bulk.

    Args:
        kind: a defect (A12); empty takes every kind.
        expected: the count that the officer was shown.

    Raises:
        BadInput: the kind is not one that may be taken in bulk this way.
        Conflict: the count is another by now, or nothing is left.
    """
    _allowed(scope, kind)
    detail = {"batch": batch, "scope": scope, "kind": kind}
    action = f"bulk-{scope}"
    with bulk_act(
        db, actor=officer.name, action=f"repair.{action}", request_id=officer.request_id, detail=detail
    ) as named:
        decision = db.scalar(_DECIDE, {"batch": batch, "action": action, "kind": kind, "actor": officer.name,
                                       "shown": officer.shown, "act": named.id})  # fmt: skip
        changed = db.execute(
            text("INSERT INTO register.repair_change (decision, batch, number, before, before_decision, after) "  # noqa: S608
                 f"SELECT :decision, r.batch, r.number, r.outcome, r.decision, {_AFTER[scope]} "
                 f"FROM (SELECT * FROM register.repair_row r WHERE {_OPEN_NOW[scope]} FOR UPDATE) r RETURNING 1"),
            {"decision": decision, "batch": batch, "kind": kind},
        ).all()  # fmt: skip
        if len(changed) != expected or not changed:
            raise Conflict(
                f"符合条件的现为 {len(changed)} 条，您看到的是 {expected} 条。", "核对新的数目后再确认一次。",
                code="version",
            )  # fmt: skip
        db.execute(_APPLY, {"decision": decision})
        db.execute(_COUNT, {"decision": decision, "count": len(changed)})
    return int(decision or 0)


def _allowed(scope: Scope, kind: str) -> None:
    if scope == "text" and kind and not is_reversible(kind):
        raise BadInput(
            f"{kind} 不是可逆的文字规则，不能只改写法。",
            "逐条处理，或采用可直接采用的结果。",
            code="repair.kind",
        )


def _locked(db: Session, batch: int, number: int, version: int) -> dict[str, Any]:
    row = db.execute(_LOCK_ONE, {"batch": batch, "number": number}).one_or_none()
    if row is None:
        raise NotFound("没有这一行，或者它还没有匹配。", "从列表里重新打开。", code="repair.no-row")
    if row.version != version:
        state = STATES[(row.outcome or {"state": "open"})["state"]]
        happened = (
            f"已被别人处理过（现为“{state}”）" if row.outcome else "在您打开之后重新匹配过，或处理被撤销了"
        )
        raise Conflict(f"这一行{happened}。", "刷新后看一看新的结果，再决定。", code="version")
    return dict(row._mapping)


def _decide_one(
    db: Session, batch: int, number: int, action: str, after: dict[str, Any], officer: Officer
) -> int:
    detail = {"batch": batch, "row": number, "rules": after["rules"], "confidence": after["confidence"]}
    named = act(
        db, actor=officer.name, action=f"repair.{action}", request_id=officer.request_id, detail=detail
    )
    decision = db.scalar(_DECIDE, {"batch": batch, "action": action, "kind": "", "actor": officer.name,
                                   "shown": officer.shown, "act": named.id})  # fmt: skip
    db.execute(_CHANGE_ONE, {"decision": decision, "batch": batch, "number": number,
                             "after": orjson.dumps(after).decode()})  # fmt: skip
    db.execute(_APPLY, {"decision": decision})
    db.execute(_COUNT, {"decision": decision, "count": 1})
    return int(decision or 0)
