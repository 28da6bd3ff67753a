"""Name an office act, so that the audit (审计) can say who did what; and load many rows in one.

The names are settings of the transaction: the audit trigger reads them, and they end with the transaction.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from psycopg import sql as pgsql
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.store.constraints import explain

_SET = text("""
    SELECT set_config('diming.actor', :actor, true), set_config('diming.action', :action, true),
           set_config('diming.request', :request, true), set_config('diming.act', :act, true),
           set_config('diming.bulk', :bulk, true), set_config('diming.detail', :detail, true),
           set_config('diming.reach', :reach, true)
""")
_HAS_POLICY = text("SELECT row_security_active(CAST(:table AS regclass))")
_NOTE_READ = text("SELECT audit.note_read(:table, CAST(:key AS jsonb))")

REACH: Final[ContextVar[str]] = ContextVar("diming_reach", default="")
"""辖区: the beginning of the division codes that whoever asks may write in; "" for the whole district. A door sets it
for a request, and the database refuses rows outside (``audit.check_reach``), whichever handler writes them."""

explain(
    {"reach_division": ("这条记录不在您的辖区", "请由所属县（区）、镇街办理；账号的辖区由安全管理员设定")}
)


@dataclass(frozen=True, slots=True)
class Act:
    """One office act (办件): its id stands in every row it wrote and in its audit entries."""

    id: uuid.UUID
    actor: str
    action: str
    request_id: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def act(
    session: Session, *, actor: str, action: str, request_id: str = "", detail: dict[str, Any] | None = None
) -> Act:
    """Name what the rest of this transaction does: ``actor`` is an account's name, ``action`` like ``place.rename``.

    Every changed row of an audited table then gets one audit entry that carries these.
    """
    named = Act(uuid.uuid4(), actor, action, request_id, detail or {})
    _announce(session, named, bulk=False)
    return named


@contextmanager
def bulk_act(
    session: Session, *, actor: str, action: str, request_id: str = "", detail: dict[str, Any] | None = None
) -> Iterator[Act]:
    """Name a bulk act, the import of a file: one audit entry a statement with the count, not one a row.

    ``detail`` holds what makes it repeatable: the file's name, its SHA-256, the datum, the source.
    """
    named = Act(uuid.uuid4(), actor, action, request_id, detail or {})
    _announce(session, named, bulk=True)
    yield named
    session.flush()
    _announce(session, named, bulk=False)


def note_read(session: Session, table: str, **key: str | int) -> None:
    """Record that protected values of one row were read (读取留痕): a marker's place, an applicant's telephone.

    Name the act first; the entry says who read and in which request.
    """
    session.execute(_NOTE_READ, {"table": table, "key": json.dumps(key, ensure_ascii=False)})


def copy_rows(session: Session, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Load rows through COPY, about 140,000 a second; gives their count.

    ``table`` may be qualified (``register.address``) or a temporary table. Geometry is given as EWKB in hex.
    """
    session.flush()
    cursor = session.connection().connection.cursor()
    named = pgsql.Identifier(*table.split("."))
    listed = pgsql.SQL(", ").join(map(pgsql.Identifier, columns))
    # COPY does not go into a table with row policies: beside it, and over in one statement.
    beside = bool(session.scalar(_HAS_POLICY, {"table": table}))
    if beside:
        cursor.execute(
            pgsql.SQL("CREATE TEMPORARY TABLE copied ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
                listed, named
            )
        )
    target = pgsql.SQL("COPY {} ({}) FROM STDIN").format(
        pgsql.Identifier("copied") if beside else named, listed
    )
    count = 0
    with cursor.copy(target) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    if beside:
        cursor.execute(pgsql.SQL("INSERT INTO {} ({}) SELECT {} FROM copied").format(named, listed, listed))
        cursor.execute("DROP TABLE copied")
    return count


def _announce(session: Session, named: Act, *, bulk: bool) -> None:
    session.execute(_SET, {
        "actor": named.actor, "action": named.action, "request": named.request_id, "act": str(named.id),
        "bulk": "on" if bulk else "", "detail": json.dumps(named.detail, ensure_ascii=False),
        "reach": REACH.get(),
    })  # fmt: skip
