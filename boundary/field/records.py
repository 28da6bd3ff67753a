"""Records of the field (外业记录) in the database: locked, read, saved; the items behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.field.merge import WITHDRAWN, Item, Mark, State

_MAKE: Final = text(
    "INSERT INTO register.field_record (subject, kind) VALUES (:subject, :kind) ON CONFLICT DO NOTHING"
)
_LOCK: Final = text("""
    SELECT version, content, marks, withdrawn FROM register.field_record WHERE subject = :subject FOR UPDATE
""")
_READ: Final = text(
    "SELECT version, content, marks, withdrawn FROM register.field_record WHERE subject = :subject"
)
_SAVE: Final = text("""
    UPDATE register.field_record SET version = :version, content = CAST(:content AS jsonb),
      marks = CAST(:marks AS jsonb), withdrawn = :withdrawn, changed_at = now()
    WHERE subject = :subject
""")
_KNOWN: Final = text("SELECT * FROM register.field_item WHERE client_id = :client_id")
_LATER: Final = text("""
    SELECT DISTINCT k FROM register.field_item i
    CROSS JOIN LATERAL (SELECT jsonb_object_keys(i.content) UNION ALL SELECT :withdrawn) AS f (k)
    WHERE i.subject = :subject AND i.device = CAST(:device AS uuid) AND i.seq > :seq AND i.outcome <> 'refused'
""")
_WROTE: Final = text("""
    SELECT EXISTS (SELECT FROM register.field_item
                   WHERE subject = :subject AND actor = :account AND act = 'write' AND outcome <> 'refused')
""")
_KEEP: Final = text("""
    INSERT INTO register.field_item (client_id, device, seq, subject, act, base_version, content, seen, actor, made_at,
                                     outcome, version, fields, reason)
    VALUES (:client_id, CAST(:device AS uuid), :seq, :subject, :act, :base_version, CAST(:content AS jsonb),
            CAST(:seen AS jsonb), :actor, :made_at, :outcome, :version, CAST(:fields AS jsonb), :reason)
""")


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that came in before, with the answer it got."""

    client_id: str
    subject: str
    act: str
    content: dict[str, Any]
    outcome: str
    version: int | None
    fields: dict[str, str]
    reason: str


def lock(db: Session, subject: str, kind: str) -> State:
    """The record, held against everybody else until the transaction ends; an empty one when there is none."""
    db.execute(_MAKE, {"subject": subject, "kind": kind})
    return _state(db.execute(_LOCK, {"subject": subject}).one())


def read(db: Session, subject: str) -> State:
    """The record as it stands; an empty one when nobody wrote yet."""
    row = db.execute(_READ, {"subject": subject}).one_or_none()
    return State() if row is None else _state(row)


def save(db: Session, subject: str, state: State) -> None:
    """Store the record; it must be locked."""
    marks = {name: asdict(mark) for name, mark in state.marks.items()}
    db.execute(_SAVE, {"subject": subject, "version": state.version, "content": text_of(dict(state.content)),
                       "marks": text_of(marks), "withdrawn": state.withdrawn})  # fmt: skip


def known(db: Session, client_id: str) -> Kept | None:
    """The item of this id, if it came in before."""
    row = db.execute(_KNOWN, {"client_id": client_id}).one_or_none()
    if row is None:
        return None
    return Kept(
        str(row.client_id),
        row.subject,
        row.act,
        row.content,
        row.outcome,
        row.version,
        row.fields,
        row.reason,
    )


def wrote(db: Session, subject: str, account: str) -> bool:
    """Whether anything that this account sent stands or stood in the record."""
    return bool(db.scalar(_WROTE, {"subject": subject, "account": account}))


def later_fields(db: Session, subject: str, item: Item) -> Collection[str]:
    """The fields that later items of the same device wrote already."""
    if not item.device:
        return ()
    found = db.scalars(
        _LATER, {"subject": subject, "device": item.device, "seq": item.seq, "withdrawn": WITHDRAWN}
    )
    return frozenset(found)


def keep(
    db: Session, subject: str, item: Item, *, actor: str, made_at: datetime | None, outcome: str,
    version: int | None, fields: dict[str, str], reason: str,
) -> None:  # fmt: skip
    """Note the item with its answer: it will not be taken a second time."""
    db.execute(_KEEP, {
        "client_id": item.client_id, "device": item.device or None, "seq": item.seq, "subject": subject,
        "act": item.act, "base_version": item.base_version, "content": text_of(dict(item.content)),
        "seen": text_of(dict(item.seen)), "actor": actor, "made_at": made_at, "outcome": outcome,
        "version": version, "fields": text_of(fields), "reason": reason,
    })  # fmt: skip


def text_of(value: Any) -> str:
    """JSON for a parameter."""
    return orjson.dumps(value).decode()


def _state(row: Any) -> State:
    marks = {name: Mark(**mark) for name, mark in row.marks.items()}
    return State(row.version, row.content, marks, row.withdrawn)
