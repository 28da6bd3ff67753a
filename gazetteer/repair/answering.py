"""The engine's part (匹配): rows taken in chunks, answered, written; a killed worker loses one chunk at most."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.defects.repair import AUTOMATIC, repair
from gazetteer.address.model import Answer, Candidate, Step
from gazetteer.repair.version import engine_version, index_version
from geo.store.engine import bulk_act

CHUNK = 200
CANDIDATES = 5

_TAKE = text("""
SELECT number, original, refused FROM register.repair_row WHERE batch = :batch AND status IS NULL
ORDER BY number LIMIT :chunk FOR UPDATE SKIP LOCKED
""")
_PUT = text("""
UPDATE register.repair_row r SET status = n.status, level = n.level, confidence = n.confidence, kinds = n.kinds,
       rules = n.rules, text_only = n.text_only, answer = n.answer
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n
  (number integer, status text, level text, confidence real, kinds text[], rules text[], text_only boolean, answer jsonb)
WHERE r.batch = :batch AND r.number = n.number
""")
_COUNT = text("""
UPDATE register.repair_batch SET rows_done = rows_done + :rows, problem = '', engine_version = :engine,
       index_version = :index WHERE id = :batch
""")
_FINISH = text("""
UPDATE register.repair_batch SET finished_at = clock_timestamp() WHERE id = :batch AND finished_at IS NULL
  AND NOT EXISTS (SELECT FROM register.repair_row WHERE batch = :batch AND status IS NULL)
""")


def do_chunk(db: Session, batch: int, engine: Geocoder) -> bool:
    """Answer the next rows of a batch in the session's transaction; whether there were any."""
    taken = db.execute(_TAKE, {"batch": batch, "chunk": CHUNK}).all()
    detail = {"engine": engine_version(), "index": index_version(engine)}
    with bulk_act(db, actor="system", action="repair.match", detail=detail):
        if not taken:
            db.execute(_FINISH, {"batch": batch})
            return False
        rows = [{"number": r.number, **_answered(engine, r.original, r.refused)} for r in taken]
        db.execute(_PUT, {"batch": batch, "rows": orjson.dumps(rows).decode()})
        db.execute(_COUNT, {"batch": batch, "rows": len(rows), **detail})
    return True


def is_open(db: Session, batch: int) -> bool:
    """Whether rows of a batch are still to be answered."""
    asked = text(
        "SELECT EXISTS (SELECT FROM register.repair_batch WHERE id = :batch AND finished_at IS NULL)"
    )
    return bool(db.scalar(asked, {"batch": batch}))


def _answered(engine: Geocoder, original: str, refused: str) -> dict[str, Any]:
    if refused:
        note = {"rule": "row", "before": "", "after": "", "reason": refused}
        answer = {"candidates": [], "corrections": [note], "defects": [], "elements": [], "fixed": original}
        return _row("none", "", 0.0, [], ["row"], False, answer)
    return row_of(engine.geocode(original, limit=CANDIDATES))


def row_of(answer: Answer) -> dict[str, Any]:
    """An answer as the columns of a row."""
    kinds, best = sorted({d.code for d in answer.parsed.defects}), answer.best
    fixed = repair(answer.parsed).text
    body = {
        "candidates": [candidate_of(c) for c in answer.candidates],
        "corrections": [_step(s) for s in answer.corrections],
        "defects": [[d.code, d.start, d.end, d.text, d.fix] for d in answer.parsed.defects],
        "elements": [[e.type, e.start, e.end] for e in answer.parsed.elements],
        "fixed": fixed,
    }
    text_only = bool(kinds) and set(kinds) <= AUTOMATIC and fixed != answer.text and answer.status != "auto"
    rules = list(dict.fromkeys(s.rule for s in answer.corrections))
    return _row(answer.status, best.level if best else "", answer.confidence, kinds, rules, text_only, body)


def _row(
    status: str, level: str, sure: float, kinds: list[str], rules: list[str], text_only: bool, answer: dict[str, Any]
) -> dict[str, Any]:  # fmt: skip
    return {
        "status": status, "level": level, "confidence": round(sure, 4), "kinds": kinds, "rules": rules,
        "text_only": text_only, "answer": answer,
    }  # fmt: skip


def candidate_of(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is kept and shown; a place without coordinates has None (NaN is no JSON)."""
    placed = candidate.lon == candidate.lon
    return {
        "level": candidate.level, "standard_address": candidate.standard_address, "code": candidate.code,
        "lon": candidate.lon if placed else None, "lat": candidate.lat if placed else None,
        "confidence": round(candidate.confidence, 4), "note": candidate.note, "made_up": candidate.made_up,
    }  # fmt: skip


def _step(step: Step) -> dict[str, str]:
    return {"rule": step.rule, "before": step.before, "after": step.after, "reason": step.reason}
