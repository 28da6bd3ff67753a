"""Settle a conflict (处理冲突): a person says for each field which side holds; both sides stay on record."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.field import conflicts, receiving, records
from boundary.field.merge import OFFICE, WITHDRAWN, Mark, State
from boundary.field.receiving import Trades
from boundary.field.trades import parts
from geo.cases import states
from geo.problems import BadInput, Conflict

Side = Literal["mine", "theirs"]

_CLOSE: Final = text("""
    UPDATE register.field_conflict SET choice = CAST(:choice AS jsonb), note = :note, settled_by = :actor,
      settled_at = now(), settled_item = CAST(:item AS uuid)
    WHERE code = :code AND settled_at IS NULL
""")


def settle(
    db: Session, code: str, choice: Mapping[str, Side], *, expected: int, note: str, actor: str,
    roles: Collection[str], trades: Trades,
) -> State:  # fmt: skip
    """Let the chosen side of each held field stand; gives the record afterwards.

    Args:
        choice: field -> ``mine`` (what the device brought) or ``theirs`` (what the record says); every held field.
        expected: the record's version that was shown.

    Raises:
        BadInput: a field has no choice.
        Conflict: settled already, or the record changed since it was shown.
        NotAllowed: the caller's roles do not settle conflicts.
    """
    found = conflicts.find(db, code)
    missing = [name for name in found.fields if choice.get(name) not in ("mine", "theirs")]
    if missing:
        raise BadInput(f"还有 {len(missing)} 项没有选择", "每一项选一边后再确定")
    states.move(db, conflicts.MACHINE, code, "settle", actor=actor, roles=roles, note=note)
    taken = {name: found.mine[name] for name in found.fields if choice[name] == "mine" and name in found.mine}
    item = str(uuid.uuid4()) if taken else None
    if item:
        state = receiving.write_at_desk(
            db, found.subject, item, taken, expected=expected, actor=actor, trades=trades
        )
    else:
        state = _unchanged(db, found, expected, trades, actor, withdraw=choice.get(WITHDRAWN) == "mine")
    db.execute(_CLOSE, {"choice": records.text_of(dict(choice)), "note": note, "actor": actor, "item": item,
                        "code": code})  # fmt: skip
    return state


def _unchanged(
    db: Session, found: conflicts.FieldConflict, expected: int, trades: Trades, actor: str, *, withdraw: bool
) -> State:
    state = receiving.current(db, found.subject, trades)
    if state.version != expected:
        raise Conflict("记录刚刚又有改动", "请刷新页面，按新的内容再处理")
    if not withdraw:
        return state
    mark = Mark(state.version + 1, OFFICE, 0, found.client_id)
    gone = replace(state, version=mark.version, withdrawn=True, marks={**state.marks, WITHDRAWN: mark})
    records.save(db, found.subject, gone)
    kind, subject = parts(found.subject)
    trades[kind].written(db, subject, gone, actor=actor)
    return gone
