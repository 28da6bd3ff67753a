"""Take audit entries out of the database after their time of keeping (审计归档): first into a signed file, then out.

Only whole blocks of the chain go, the oldest first; their seals stay, so the chain goes on over them and the file can be
compared with what was sealed. The program's role cannot delete entries: this runs as the owner of the tables.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, text

from api.security.audit import check_export
from api.security.vault import public_key, sign
from geo.problems import BadInput, Unavailable
from geo.settings import settings
from geo.store.engine import owner_engine, translated

MOST: Final = 100_000
"""Entries of one file; the command is run again for the rest."""

_OF_BLOCK: Final = "e.txid >= s.from_txid AND e.txid < s.to_txid AND e.id > s.after_id AND e.id <= s.last_id"
_BLOCKS: Final = text(f"""
    SELECT s.id, s.at, s.entries, encode(s.previous, 'hex') AS previous, encode(s.hash, 'hex') AS hash,
           s.hash = audit.block_hash(s.previous, s.after_id, s.last_id, s.from_txid, s.to_txid) AS whole,
           coalesce((SELECT max(e.at) FROM audit.entry e WHERE {_OF_BLOCK}), s.at) < :before AS old
    FROM audit.seal s WHERE s.archived_at IS NULL ORDER BY s.id
""")  # noqa: S608
_ENTRIES: Final = text(f"""
    SELECT to_jsonb(e) AS entry FROM audit.entry e JOIN audit.seal s ON {_OF_BLOCK} WHERE s.id = ANY (:blocks) ORDER BY e.id
""")  # noqa: S608
_OUT: Final = text(f"DELETE FROM audit.entry e USING audit.seal s WHERE s.id = ANY (:blocks) AND {_OF_BLOCK}")  # noqa: S608


_NAMED: Final = text(
    "SELECT set_config('diming.actor', 'system', true), set_config('diming.action', 'audit.archive', true)"
)
_NOTED: Final = text("SELECT audit.append('delete', 'audit.entry', jsonb_build_object('blocks', CAST(:blocks AS bigint[]), "
                     "'file', CAST(:file AS text)), NULL, NULL, :count)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Archived:
    """What went: blocks and entries, and the last day among them; ``more`` when there is more to go."""

    blocks: int
    entries: int
    until: str
    more: bool


def archive(target: Path, *, now: datetime | None = None) -> Archived:
    """Write the oldest blocks whose time of keeping is over to ``target``, signed, and take their entries out.

    Args:
        target: a new file; it is on the disk and checked before anything is taken out.
        now: the moment that counts as now.

    Raises:
        BadInput: the file exists, or a block does not hold any more: then nothing goes.
        Unavailable: the file cannot be written.
    """
    if target.exists():
        raise BadInput(f"文件 {target} 已经存在", "换一个文件名，归档不会覆盖旧文件")
    today = now or datetime.now().astimezone()
    before = today.replace(year=today.year - settings().audit_keep_years, day=min(today.day, 28))
    with translated(), owner_engine().begin() as connection:
        rows, more = _oldest(connection, before)
        if not rows:
            return Archived(0, 0, "", more=False)
        blocks = [row.id for row in rows]
        entries = [row.entry for row in connection.execute(_ENTRIES, {"blocks": blocks})]
        _write(target, _head(rows, before, len(entries)), entries)
        gone = connection.execute(_OUT, {"blocks": blocks}).rowcount
        if gone != len(entries):
            raise BadInput("归档时审计记录变了", "再执行一次")
        connection.execute(_NAMED)
        connection.execute(_NOTED, {"blocks": blocks, "file": target.name, "count": gone})
        connection.execute(
            text("UPDATE audit.seal SET archived_at = now() WHERE id = ANY (:blocks)"), {"blocks": blocks}
        )
    return Archived(len(blocks), len(entries), str(entries[-1]["at"])[:10] if entries else "", more)


def _oldest(connection: Connection, before: datetime) -> tuple[list[Any], bool]:
    """Blocks from the oldest on, as long as all of their entries are old and the file is not full; whether more are old."""
    found: list[Any] = []
    count = 0
    for row in connection.execute(_BLOCKS, {"before": before}):
        if not row.old:
            break
        if not row.whole:
            raise BadInput(
                f"审计第 {row.id} 段与封存时不同，不能归档", "先执行 diming audit verify，查清原因"
            )
        if found and count + row.entries > MOST:
            return found, True
        found.append(row)
        count += row.entries
    return found, False


def _head(rows: list[Any], before: datetime, entries: int) -> dict[str, Any]:
    return {
        "made_at": datetime.now().astimezone().isoformat(), "by": "system", "archive": True, "before": before.isoformat(),
        "entries": entries,
        "seals": [{"seal": r.id, "previous": r.previous, "hash": r.hash, "entries": r.entries} for r in rows],
    }  # fmt: skip


def _write(target: Path, head: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    body = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (head, *entries)).encode()
    last = json.dumps({"signature": sign(body), "key": public_key(), "algorithm": "Ed25519"}).encode()
    part = target.with_name(f".part-{target.name}")
    try:
        with part.open("wb") as file:
            file.write(body + last + b"\n")
            file.flush()
            os.fsync(file.fileno())
        check_export(part.read_bytes(), public_key())
        part.chmod(0o600)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Unavailable(
            "归档文件没有写成：磁盘不能写入", "检查剩余空间后重试；数据库里的记录没有动"
        ) from error
