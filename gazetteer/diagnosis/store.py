"""Runs and findings kept (诊断记录): a finding keeps its state from run to run, and says when it is gone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.diagnosis.columns import Fault, Register
from gazetteer.diagnosis.kinds import KINDS, VERSION
from gazetteer.diagnosis.load import load
from gazetteer.diagnosis.run import Diagnosis, diagnose
from gazetteer.numbering.ground import rules_here
from gazetteer.numbering.rules import Rules
from geo.problems import BadInput, NotFound
from geo.store.acts import copy_rows
from geo.store.sight import whole

_COLUMNS: Final = (
    "key", "kind", "handle", "handle_name", "town", "addresses", "numbers", "along_m", "side", "evidence", "remedy"
)  # fmt: skip
_MERGE = text("""
    INSERT INTO register.diagnosis_finding (key, kind, handle, handle_name, town, addresses, numbers, along_m, side, evidence,
      remedy, first_run, last_run)
    SELECT DISTINCT ON (key) key, kind, handle, handle_name, nullif(town, ''), addresses, numbers, along_m, side, evidence,
      remedy, :run, :run
    FROM found
    ON CONFLICT (key) DO UPDATE SET evidence = excluded.evidence, remedy = excluded.remedy, along_m = excluded.along_m,
      side = excluded.side, addresses = excluded.addresses, town = excluded.town, handle_name = excluded.handle_name,
      last_run = excluded.last_run,
      state = CASE WHEN register.diagnosis_finding.state IN ('gone', 'repaired') THEN 'open'
                   ELSE register.diagnosis_finding.state END
""")
_GONE = text("""
    UPDATE register.diagnosis_finding f SET state = CASE WHEN f.state = 'repaired' THEN 'repaired' ELSE 'gone' END,
      state_at = now()
    WHERE f.last_run <> :run AND f.state IN ('open', 'confirmed')
      AND (:town = '' OR f.town = :town) AND f.kind <> ALL(CAST(:skipped AS text[]))
""")
_LIST = text("""
    SELECT f.key, f.kind, f.handle, f.handle_name, f.town, d.name AS town_name, f.numbers, f.along_m, f.side, f.evidence,
           f.remedy, f.state, f.note, f.state_by, f.state_at, f.addresses, r.ran_at, r.rules
    FROM register.diagnosis_finding f JOIN register.diagnosis_run r ON r.id = f.last_run
    LEFT JOIN register.division d ON d.code = f.town
    WHERE (:kind = '' OR f.kind = :kind) AND (:town = '' OR f.town = :town)
      AND (:state = '' OR f.state = :state OR (:state = 'live' AND f.state IN ('open', 'confirmed')))
      AND (:year = '' OR to_char(f.state_at, 'YYYY') = :year)
      AND (:handle = '' OR f.handle = :handle) AND (:q = '' OR position(:q IN f.handle_name) > 0)
      AND (:key = '' OR f.key = :key)
      AND (:after = '' OR (f.handle_name, f.handle, f.key) > (split_part(:after, '~', 1), split_part(:after, '~', 2),
           split_part(:after, '~', 3)))
    ORDER BY f.handle_name, f.handle, f.key LIMIT :limit
""")
# While plates are still being hung, doors without one are everywhere and would hide the roads that are out of order.
_ROADS = text("""
    SELECT f.handle, f.handle_name, coalesce(d.name, '') AS town, count(*) AS n,
           string_agg(DISTINCT f.kind, ' ') AS kinds
    FROM register.diagnosis_finding f LEFT JOIN register.division d ON d.code = f.town
    WHERE f.state IN ('open', 'confirmed') AND f.handle <> '' GROUP BY 1, 2, 3
    ORDER BY count(*) FILTER (WHERE f.kind <> 'D7') DESC, n DESC, 2 LIMIT :limit
""")
_TOWNS = text("""
    SELECT coalesce(f.town, '') AS town, coalesce(d.name, '跨镇街') AS name, f.kind, count(*) AS n
    FROM register.diagnosis_finding f LEFT JOIN register.division d ON d.code = f.town
    WHERE f.state IN ('open', 'confirmed') GROUP BY 1, 2, 3 ORDER BY 2
""")


@dataclass(frozen=True, slots=True)
class Run:
    """One run as it was kept."""

    id: int
    rules: str
    actor: str
    scope: str
    doors: int
    handles: int
    found: int
    seconds: float
    counts: dict[str, int]
    skipped: tuple[str, ...]
    ran_at: datetime


def run(db: Session, *, actor: str, town: str = "", rules: Rules | None = None) -> Run:
    """Diagnose the register (or one township) and keep what was found.

    Each road is judged by the rules of its own county; the limits in metres are those of the register's county, or of
    ``rules``, which then hold for every road.
    """
    known = rules or rules_here(db)
    with whole(db):
        register = load(db, rules, town=town)
    done = diagnose(register, known)
    number = _keep_run(db, done, register, known, actor, town)
    db.execute(text("CREATE TEMP TABLE IF NOT EXISTS found (key text, kind text, handle text, handle_name text, town text, "
                    "addresses text[], numbers text, along_m real, side smallint, evidence text, remedy text) "
                    "ON COMMIT DELETE ROWS"))  # fmt: skip
    db.execute(text("TRUNCATE found"))
    copy_rows(db, "found", _COLUMNS, (_row(fault, register) for fault in done.faults))
    db.execute(_MERGE, {"run": number})
    db.execute(_GONE, {"run": number, "town": town, "skipped": list(done.skipped)})
    return find_run(db, number)


def _keep_run(db: Session, done: Diagnosis, register: Register, rules: Rules, actor: str, town: str) -> int:
    return int(db.execute(
        text("INSERT INTO register.diagnosis_run (rules, actor, scope, doors, handles, found, seconds, counts, skipped) "
             "VALUES (:rules, :actor, :scope, :doors, :handles, :found, :seconds, CAST(:counts AS jsonb), :skipped) "
             "RETURNING id"),
        {"rules": f"{rules.version} {VERSION}", "actor": actor, "scope": town, "doors": len(register.doors),
         "handles": len(register.handles), "found": len(done.faults), "seconds": done.seconds,
         "counts": json.dumps(done.counts), "skipped": list(done.skipped)},
    ).scalar_one())  # fmt: skip


def key_of(fault: Fault, handle: str) -> str:
    """What a finding is known by from run to run."""
    return hashlib.sha256(f"{fault.kind}|{handle}|{fault.about}".encode()).hexdigest()[:16]


def _row(fault: Fault, register: Register) -> tuple[object, ...]:
    handle = register.handles.code[fault.handle] if fault.handle >= 0 else ""
    name = register.handles.name[fault.handle] if fault.handle >= 0 else ""
    town = register.handles.town[fault.handle] if fault.handle >= 0 else ""
    codes = [register.doors.code[i] for i in fault.doors]
    return (key_of(fault, handle), fault.kind, handle, name, town, codes, fault.numbers, fault.along_m, fault.side,
            fault.evidence, fault.remedy)  # fmt: skip


def find_run(db: Session, number: int) -> Run:
    """One run.

    Raises:
        NotFound: no such run.
    """
    found = runs(db, number=number)
    if not found:
        raise NotFound(f"没有第{number}次诊断。", "从诊断清单里选。")
    return found[0]


def runs(db: Session, limit: int = 20, number: int = 0) -> list[Run]:
    """Runs, the newest first."""
    rows = db.execute(
        text("SELECT id, rules, actor, scope, doors, handles, found, seconds, counts, skipped, ran_at "
             "FROM register.diagnosis_run WHERE :id = 0 OR id = :id ORDER BY id DESC LIMIT :limit"),
        {"id": number, "limit": limit},
    )  # fmt: skip
    return [Run(**{**row, "skipped": tuple(row["skipped"])}) for row in rows.mappings()]


def findings(db: Session, *, kind: str = "", state: str = "", town: str = "", handle: str = "", q: str = "",
             year: str = "", after: str = "", limit: int = 50, key: str = "") -> list[dict[str, Any]]:  # fmt: skip
    """Findings in the order of roads; ``after`` is :func:`cursor_of` the last one seen.

    ``state`` ``live`` asks for those that wait and those that were confirmed; ``year`` is that of the last judgement.
    """
    rows = db.execute(_LIST, {"kind": kind, "state": state, "town": town, "handle": handle, "q": q, "year": year,
                              "after": after, "limit": limit, "key": key}).mappings()  # fmt: skip
    return [dict(row) for row in rows]


def cursor_of(row: dict[str, Any]) -> str:
    """Where the next page goes on."""
    return f"{row['handle_name']}~{row['handle']}~{row['key']}"


def finding(db: Session, key: str) -> dict[str, Any]:
    """One finding.

    Raises:
        NotFound: there is none.
    """
    found = findings(db, key=key, limit=1)
    if not found:
        raise NotFound("没有这条诊断结果。", "从诊断清单里选。")
    return found[0]


def judge(db: Session, key: str, state: str, *, by: str, note: str) -> None:
    """Say what became of a finding: confirmed, repaired, dismissed, or open again.

    Raises:
        BadInput: no such state, or a dismissal without a reason.
        NotFound: no such finding.
    """
    if state not in ("open", "confirmed", "repaired", "dismissed"):
        raise BadInput("没有这种处理。", "可选：属实、已整改、不是问题、待处理。", code="diagnosis.state")
    if state == "dismissed" and not note.strip():
        raise BadInput("没有写理由。", "写明为什么不是问题。", code="diagnosis.note")
    done = db.execute(
        text("UPDATE register.diagnosis_finding SET state = :s, state_by = :by, state_at = now(), note = :note "
             "WHERE key = :k RETURNING key"),
        {"s": state, "by": by, "note": note.strip()[:500], "k": key},
    ).one_or_none()  # fmt: skip
    if done is None:
        raise NotFound("没有这条诊断结果。", "从诊断清单里选。")


def keep_reserved(db: Session, key: str, *, actor: str) -> int:
    """The repair of D1: take the missing numbers into the reserve (列为预留号); gives how many.

    Raises:
        BadInput: the finding is of another kind.
    """
    from gazetteer.numbering import claims

    one = finding(db, key)
    if one["kind"] != "D1":
        raise BadInput("只有跳号可以列为预留号。", "按处理建议办理。", code="diagnosis.kind")
    digits = [int(d) for d in "".join(c if c.isdigit() else " " for c in one["numbers"]).split()]
    step = 1 if "单号" not in one["evidence"] and "双号" not in one["evidence"] else 2
    numbers = range(digits[0], digits[-1] + 1, step)
    return claims.reserve(db, one["handle"], numbers, actor=actor, reason="诊断：跳号列为预留号")


def worst_roads(db: Session, limit: int = 50) -> list[dict[str, Any]]:
    """Roads by how much is open on them."""
    return [dict(row) for row in db.execute(_ROADS, {"limit": limit}).mappings()]


def by_town(db: Session) -> list[tuple[str, str, dict[str, int]]]:
    """Open findings by township and kind: code, name, counts."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in db.execute(_TOWNS):
        found.setdefault((row.town, row.name), dict.fromkeys(KINDS, 0))[row.kind] = row.n
    return [(town, name, counts) for (town, name), counts in found.items()]
