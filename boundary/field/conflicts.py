"""Conflicts of the sync (同步冲突): both sides as they were, and what a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.field.merge import Item, Merged, State
from boundary.field.records import text_of
from geo.cases import states
from geo.problems import NotFound

MACHINE: Final = "field_conflict"
WORDS: Final = {
    "": "",
    "field": "同一项内容两边都改过",
    "deleted": "一边已撤销",
    "repaired": "外业记为有病害，期间已经修复",
    "signed": "一边签字之后另一边又有改动",
}
"""Why a person has to look, by kind."""

_OPEN: Final = text("""
    INSERT INTO register.field_conflict (client_id, subject, kind, fields, mine, theirs)
    VALUES (:client_id, :subject, :kind, :fields, CAST(:mine AS jsonb), CAST(:theirs AS jsonb)) RETURNING code
""")
_COLUMNS: Final = """
    SELECT c.code, c.client_id::text AS client_id, c.subject, c.kind, c.fields, c.mine, c.theirs, c.made_at, c.choice,
           c.note, c.settled_by, c.settled_at, i.actor, i.made_at AS written_at, i.act, d.label AS device
    FROM register.field_conflict c JOIN register.field_item i USING (client_id)
    LEFT JOIN register.field_device d ON d.id = i.device
"""
_ONE: Final = text(_COLUMNS + " WHERE c.code = :code")
_MANY: Final = text(
    _COLUMNS + " WHERE (:settled OR c.settled_at IS NULL) ORDER BY c.settled_at DESC NULLS FIRST, c.made_at"
)
_COUNT: Final = text(
    "SELECT count(*) FROM register.field_conflict WHERE subject = ANY (:subjects) AND settled_at IS NULL"
)
_AUTHORS: Final = text("""
    SELECT i.client_id::text, i.actor, coalesce(d.label, '') FROM register.field_item i
    LEFT JOIN register.field_device d ON d.id = i.device WHERE i.client_id = ANY (CAST(:ids AS uuid[]))
""")


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One conflict: ``mine`` is what the device wrote, ``theirs`` what stood in the record when it came in."""

    code: str
    client_id: str
    subject: str
    kind: str
    fields: list[str]
    mine: dict[str, Any]
    theirs: dict[str, Any]
    made_at: datetime
    choice: dict[str, str] | None
    note: str
    settled_by: str | None
    settled_at: datetime | None
    actor: str
    written_at: datetime | None
    act: str
    device: str | None

    @property
    def why(self) -> str:
        """The reason in words."""
        return WORDS[self.kind]


def open_conflict(db: Session, subject: str, item: Item, merged: Merged, before: State, *, actor: str) -> str:
    """Keep both sides for a person; gives the conflict's code."""
    code = db.execute(_OPEN, {
        "client_id": item.client_id, "subject": subject, "kind": merged.kind, "fields": merged.held,
        "mine": text_of(dict(item.content)), "theirs": text_of(dict(before.content)),
    }).scalar_one()  # fmt: skip
    states.begin(db, MACHINE, code, "open", actor=actor, note=WORDS[merged.kind])
    return str(code)


def find(db: Session, code: str) -> FieldConflict:
    """One conflict.

    Raises:
        NotFound: there is none of this code.
    """
    row = db.execute(_ONE, {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有同步冲突“{code}”", "请回到冲突清单重新选择")
    return FieldConflict(*row)


def listed(db: Session, *, settled: bool = False) -> list[FieldConflict]:
    """Open conflicts, the oldest first; with ``settled`` those that are done after them."""
    return [FieldConflict(*row) for row in db.execute(_MANY, {"settled": settled})]


def count_open(db: Session, subjects: Sequence[str]) -> int:
    """How many conflicts wait among some records."""
    return int(db.execute(_COUNT, {"subjects": list(subjects)}).scalar_one())


def authors(db: Session, items: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Item -> account and device (empty: the desk) that wrote it."""
    return {row[0]: (row[1], row[2]) for row in db.execute(_AUTHORS, {"ids": list(items)})}
