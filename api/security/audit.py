"""Search the audit (审计), and give it out as a file that carries a signature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.vault import public_key, sign, signed
from geo.problems import BadFile, TooMuch

MOST: Final = 100_000
_WHERE = """
    WHERE (CAST(:actor AS text) = '' OR e.actor = :actor)
      AND (CAST(:action AS text) = '' OR starts_with(e.action, :action))
      AND (CAST(:table AS text) = '' OR e.table_name = :table)
      AND (CAST(:code AS text) = '' OR e.key @> jsonb_build_object('code', CAST(:code AS text)) OR e.request_id = :code)
      AND (CAST(:since AS text) = '' OR e.at >= CAST(nullif(:since, '') AS date))
      AND (CAST(:until AS text) = '' OR e.at < CAST(nullif(:until, '') AS date) + 1)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: who did what to which row, and what changed."""

    id: int
    at: datetime
    actor: str
    action: str
    operation: str
    table: str
    key: dict[str, Any] | None
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    rows: int
    request_id: str


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked of the audit; ``""`` for not asked. Days as ``2026-11-22``; ``code`` is a record's or a request's."""

    actor: str = ""
    action: str = ""
    table: str = ""
    code: str = ""
    since: str = ""
    until: str = ""

    def arguments(self) -> dict[str, str]:
        """The same for the query."""
        return {
            "actor": self.actor, "action": self.action, "table": self.table, "code": self.code,
            "since": self.since, "until": self.until,
        }  # fmt: skip


def found(db: Session, search: Search, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """Entries that fit, the newest first, those before an id."""
    rows = db.execute(
        text(f"SELECT e.* FROM audit.entry e {_WHERE} AND (CAST(:before AS bigint) IS NULL OR e.id < :before) "  # noqa: S608
             "ORDER BY e.id DESC LIMIT :limit"),
        {**search.arguments(), "before": before, "limit": limit},
    )  # fmt: skip
    return [_entry(row) for row in rows]


def exported(db: Session, search: Search, *, by: str) -> bytes:
    """The entries that fit, the oldest first, as JSON lines; the last line is an Ed25519 signature over all before.

    Raises:
        TooMuch: more than a hundred thousand; nothing is cut off in silence.
    """
    entries = found(db, search, limit=MOST + 1)
    if len(entries) > MOST:
        raise TooMuch(f"符合条件的记录超过 {MOST:,} 条", "缩短时间段，分几次导出")
    lines = list(_lines(entries, search, by))
    body = "".join(lines).encode()
    last = json.dumps({"signature": sign(body), "key": public_key(), "algorithm": "Ed25519"})
    return body + last.encode() + b"\n"


def check_export(content: bytes, key: str) -> int:
    """How many entries an exported file holds, when its signature is by ``key``.

    Raises:
        BadFile: it is no export, was changed, or another key signed it.
    """
    body, _, last = content.rstrip(b"\n").rpartition(b"\n")
    try:
        said = json.loads(last)
        holds = said["key"] == key and signed(body + b"\n", said["signature"], key)
    except (ValueError, KeyError, TypeError) as error:
        raise BadFile("这不是审计导出文件", "换一份文件") from error
    if not holds:
        raise BadFile("审计导出文件被改动过，或者不是本机签的名", "从原系统重新导出")
    return body.count(b"\n")


def _lines(entries: list[Entry], search: Search, by: str) -> Iterator[str]:
    head = {
        "made_at": datetime.now().astimezone().isoformat(),
        "by": by,
        "search": search.arguments(),
        "entries": len(entries),
    }
    yield json.dumps(head, ensure_ascii=False) + "\n"
    for entry in reversed(entries):
        row = {name: getattr(entry, name) for name in Entry.__slots__} | {"at": entry.at.isoformat()}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _entry(row: Any) -> Entry:
    return Entry(
        row.id, row.at, row.actor, row.action, row.operation, row.table_name, row.key, row.old_values, row.new_values,
        row.row_count, row.request_id,
    )  # fmt: skip
