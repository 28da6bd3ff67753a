"""The chain over the audit (审计链): blocks of entries sealed by hash, anchored outside the database, checked again.

Blocks are sealed a minute after they are written, by the worker, never in the act itself: a chain from row to row
would make every writer of the office wait for the one before. What stands in a block that was sealed cannot be
changed or taken out without :func:`verify` seeing it. Whoever owns the database could rewrite rows and seals
together; therefore each seal is also written, signed, to a file of the data folder, and :func:`verify` compares.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.vault import public_key, sign, signed
from geo.problems import Finding, Problem
from geo.settings import settings
from geo.store.engine import session

log = structlog.get_logger("api.sealing")
EVERY_S: Final = 60.0
# The lock of audit.seal_entries, shared: several may look at once.
_NOT_SEALING = text("SELECT pg_advisory_xact_lock_shared(430000002)")
_NEW = text("SELECT id, encode(hash, 'hex') AS hash, entries FROM audit.seal WHERE id > :known ORDER BY id")
_AGAIN = text("""
    SELECT s.id, s.at, s.entries, encode(s.hash, 'hex') AS hash, s.archived_at IS NOT NULL AS archived,
           s.previous = coalesce(lag(s.hash) OVER (ORDER BY s.id), ''::bytea)
             AND s.id = coalesce(lag(s.id) OVER (ORDER BY s.id), 0) + 1 AS linked,
           s.archived_at IS NOT NULL
             OR s.hash = audit.block_hash(s.previous, s.after_id, s.last_id, s.from_txid, s.to_txid) AS whole
    FROM audit.seal s ORDER BY s.id
""")

# After a restore into another server, until the next seal, its transactions do not tell what is new.
_PENDING = text("""
    SELECT count(*) AS total, count(*) FILTER (WHERE s.id IS NULL OR e.id > s.after_id AND (
      e.txid >= s.to_txid OR pg_snapshot_xmin(pg_current_snapshot()) < s.to_txid)) AS pending
    FROM audit.entry e LEFT JOIN (SELECT * FROM audit.seal ORDER BY id DESC LIMIT 1) s ON true
""")


@dataclass(frozen=True, slots=True)
class Checked:
    """What :func:`verify` saw: blocks and entries that hold, entries not sealed yet, and what does not hold."""

    blocks: int
    entries: int
    unsealed: int
    findings: tuple[Finding, ...]


def anchors() -> Path:
    """The file of signed seals; copy it off the machine as often as you like."""
    return settings().home / "audit" / "seals.jsonl"


def seal() -> int:
    """Seal what is not sealed yet and write the new seals to the file; gives how many entries."""
    with session(timeout_s=0) as db:
        found = int(db.scalar(text("SELECT audit.seal_entries()")) or 0)
    with session() as db:
        _anchor(db)
    return found


def keep_sealing() -> None:
    """Seal every minute for as long as the process lives; trouble is logged and tried again."""
    while True:
        try:
            seal()
        except (Problem, OSError) as trouble:
            log.warning("not_sealed", trouble=str(trouble))
        time.sleep(EVERY_S)


def verify(db: Session) -> Checked:
    """Compute every block again, follow the chain, and compare it with the signed file."""
    # Nobody seals meanwhile: a block that is made between two of the questions would look like damage.
    db.execute(_NOT_SEALING)
    rows = db.execute(_AGAIN).all()
    kept = _anchored()
    findings: list[Finding] = []
    for row in rows:
        where = f"第 {row.id} 段（{row.at:%Y-%m-%d %H:%M}，{row.entries} 条）"
        if not row.linked:
            findings.append(_broken(where, "与前一段接不上，有一段被取走或改动"))
        if not row.whole:
            findings.append(_broken(where, "内容与封存时不同，有记录被删除、增加或改动"))
        if kept and kept.get(row.id) not in (None, row.hash):
            findings.append(_broken(where, "与封条文件不同，数据库里的封条被改写过"))
    for missing in sorted(kept.keys() - {row.id for row in rows}):
        findings.append(_broken(f"第 {missing} 段", "封条文件里有，数据库里没有"))
    sealed = sum(row.entries for row in rows if not row.archived)
    total, pending = db.execute(_PENDING).one()
    if (stray := total - sealed - pending) > 0:
        findings.append(_broken("审计记录", f"{stray} 条不在任何一段里，是封存之后塞进去的"))
    return Checked(len(rows), sealed, pending, tuple(findings))


def _anchor(db: Session) -> None:
    file = anchors()
    known = max(_anchored(), default=0)
    new = db.execute(_NEW, {"known": known}).all()
    if not new:
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("a", encoding="utf-8") as target:
        for row in new:
            said = {"seal": row.id, "hash": row.hash, "entries": row.entries}
            content = json.dumps(said, sort_keys=True)
            target.write(
                json.dumps({**said, "signature": sign(content.encode()), "key": public_key()}) + "\n"
            )
        target.flush()
        os.fsync(target.fileno())


def _anchored() -> dict[int, str]:
    """Seals of the file whose signature holds; a line that was cut short by a crash is left out."""
    file = anchors()
    found: dict[int, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            said = json.loads(line)
            content = json.dumps({k: said[k] for k in ("seal", "hash", "entries")}, sort_keys=True)
            if signed(content.encode(), said["signature"], public_key()):
                found[int(said["seal"])] = said["hash"]
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _broken(where: str, evidence: str) -> Finding:
    return Finding("audit.chain", "block", where, evidence, "保留现场，与最近的备份和导出的签名文件比对")
