"""One item into the register: once, whole, and with an answer that stays the same however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy.orm import Session

from boundary.field import conflicts, records
from boundary.field.merge import OFFICE, WITHDRAWN, Item, Merged, State, merge, stand_again
from boundary.field.trades import Trade, parts
from geo.problems import BadInput, Conflict

Outcome = Literal["applied", "already", "conflict", "refused"]
Trades = Mapping[str, Trade]

MOST_BYTES: Final = 400_000
"""Of one item's content; three signatures drawn on the glass take a tenth of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an item.

    Attributes:
        outcome: ``already`` when it was delivered before; ``was`` then says what became of it.
        version: the record's version afterwards, where one was written.
        fields: field -> written, same, superseded or held.
        reason: why it was refused or held, in Chinese.
    """

    client_id: str
    outcome: Outcome
    was: str
    version: int | None
    fields: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the account, and what ``boundary.access`` asks of it."""

    account: str
    roles: frozenset[str] = frozenset()
    division_code: str | None = None

    @property
    def name(self) -> str:
        """The account, as ``boundary.access`` calls it."""
        return self.account


def receive(
    db: Session, subject: str, item: Item, sender: Sender, trades: Trades, *, made_at: datetime | None = None
) -> Answer:
    """Take an item in, in the caller's transaction.

    Raises:
        BadInput: no such kind of record, or the content is too large.
        Conflict: another item with other content has this id.
    """
    trade, code = _trade(subject, trades)
    if len(records.text_of(dict(item.content))) > MOST_BYTES:
        raise BadInput("外业条目过大", "照片请走照片上传，不要放在记录里", code="field.too-large")
    # The lock comes first: of two deliveries at once the second waits and then finds the first.
    before = _locked(db, subject, code, trade)
    known = records.known(db, item.client_id)
    if known is not None:
        return _again(known, subject, item)
    reason = trade.refusal(db, code, item.content, sender)
    if item.act == "withdraw":
        reason = reason or trade.withdrawal_refusal(db, code, sender)
    if reason:
        return _refuse(db, subject, item, sender, reason, made_at)
    merged = merge(before, item, records.later_fields(db, subject, item), trade.ground(db, code, item.seen))
    answer = _keep(db, subject, item, sender, before, merged, made_at)
    if merged.state is not before:
        records.save(db, subject, merged.state)
        trade.written(db, code, merged.state, actor=sender.account)
    return answer


def write_at_desk(
    db: Session, subject: str, client_id: str, content: Mapping[str, Any], *, expected: int, actor: str,
    trades: Trades,
) -> State:  # fmt: skip
    """Write fields at the desk over what was shown; gives the record afterwards.

    Raises:
        Conflict: the record changed since it was shown.
        BadInput: the content does not fit the kind.
    """
    trade, code = _trade(subject, trades)
    before = _locked(db, subject, code, trade)
    if before.version != expected:
        raise Conflict("记录刚刚又有改动", "请刷新页面，按新的内容再处理")
    reason = trade.refusal(db, code, content, None)
    if reason:
        raise BadInput(reason, "请改正后重试")
    item = Item(client_id, OFFICE, 0, expected, content)
    merged = merge(before, item)
    _keep(db, subject, item, Sender(actor), before, merged, None)
    if merged.state is not before:
        records.save(db, subject, merged.state)
        trade.written(db, code, merged.state, actor=actor)
    return merged.state


def _trade(subject: str, trades: Trades) -> tuple[Trade, str]:
    kind, code = parts(subject)
    if kind not in trades or not code:
        raise BadInput(f"不认识的外业记录“{subject[:60]}”", "请更新外业页面后重试", code="field.kind")
    return trades[kind], code


def current(db: Session, subject: str, trades: Trades) -> State:
    """The record as it stands, locked, with what was written past the sync taken in.

    Raises:
        BadInput: no such kind of record.
    """
    trade, code = _trade(subject, trades)
    return _locked(db, subject, code, trade)


def _locked(db: Session, subject: str, code: str, trade: Trade) -> State:
    """The record under lock; what the trade's own pages changed meanwhile counts as written at the desk."""
    stored = records.lock(db, subject, trade.kind)
    changed = trade.meanwhile(db, code, stored)
    if not changed:
        return stored
    fields = {name: value for name, value in changed.items() if name != WITHDRAWN}
    taken = merge(stored, Item("", OFFICE, 0, stored.version, fields)).state
    if taken.withdrawn and WITHDRAWN in changed:
        taken = stand_again(taken)
    records.save(db, subject, taken)
    return taken


def _again(known: records.Kept, subject: str, item: Item) -> Answer:
    if (known.subject, known.act, known.content) != (subject, item.act, dict(item.content)):
        raise Conflict("同一编号的条目内容不同", "请联系系统管理员，不要清除设备数据", code="field.id-used")
    return Answer(known.client_id, "already", known.outcome, known.version, known.fields, known.reason)


def _refuse(
    db: Session, subject: str, item: Item, sender: Sender, reason: str, made_at: datetime | None
) -> Answer:
    # Kept too: what somebody wrote outside is not lost because it could not be used.
    records.keep(db, subject, item, actor=sender.account, made_at=made_at, outcome="refused", version=None,
                 fields={}, reason=reason)  # fmt: skip
    return Answer(item.client_id, "refused", "refused", None, {}, reason)


def _keep(
    db: Session,
    subject: str,
    item: Item,
    sender: Sender,
    before: State,
    merged: Merged,
    made_at: datetime | None,
) -> Answer:
    outcome: Literal["applied", "conflict"] = "conflict" if merged.held else "applied"
    version = merged.state.version if merged.state is not before else None
    fates = {name: str(fate) for name, fate in merged.fates.items()}
    reason = conflicts.WORDS[merged.kind] if merged.held else ""
    records.keep(db, subject, item, actor=sender.account, made_at=made_at, outcome=outcome, version=version,
                 fields=fates, reason=reason)  # fmt: skip
    if merged.held:
        conflicts.open_conflict(db, subject, item, merged, before, actor=sender.account)
    return Answer(item.client_id, outcome, outcome, version, fates, reason)
