"""Run the audit over the register and keep the results: findings keep their state from run to run by their key."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.road_audit.audit import Progress, audit, counts
from gazetteer.road_audit.model import RoadFinding, Rule
from gazetteer.road_audit.reading import old_plates, segments, unregistered
from geo.store.sight import whole

_RUN = text("""
    INSERT INTO register.road_audit (rule_version, rule, segments, seconds, counts, actor)
    VALUES (:version, CAST(:rule AS jsonb), :segments, :seconds, CAST(:counts AS jsonb), :actor) RETURNING id
""")
# Found again after it had been settled, a thing is open again; 不是问题 stays what a person said it is.
_KEEP = text("""
    INSERT INTO register.road_finding AS f (key, kind, township, title, evidence, remedy, roads, segments, detail, geom,
                                            length_m, first_run, last_run, made_up)
    VALUES (:key, :kind, nullif(:township, ''), :title, :evidence, :remedy, :roads, :segments, CAST(:detail AS jsonb),
            ST_SetSRID(ST_GeomFromWKB(:geom), 4490), :length_m, :run, :run, :made_up)
    ON CONFLICT (key) DO UPDATE SET
      township = excluded.township, title = excluded.title, evidence = excluded.evidence, remedy = excluded.remedy,
      roads = excluded.roads, segments = excluded.segments, geom = excluded.geom, length_m = excluded.length_m,
      detail = f.detail || excluded.detail, last_run = excluded.last_run, updated_at = now(),
      state = CASE WHEN f.state = '已解决' THEN '待处理' ELSE f.state END,
      settled_on = CASE WHEN f.state = '已解决' THEN NULL ELSE f.settled_on END
""")
# Somebody may have applied for the name before the audit came by.
_IN_HAND = text("""
    UPDATE register.road_finding f SET state = '已发起', proposal = p.code, version = f.version + 1, updated_at = now()
    FROM register.proposal p JOIN register."case" c ON c.machine = 'proposal' AND c.subject = p.code
    WHERE f.kind LIKE 'unnamed%' AND f.state = '待处理' AND p.segments && f.segments
      AND c.state NOT IN ('draft', 'refused', 'withdrawn', 'ended')
""")
_GONE = text("""
    UPDATE register.road_finding SET state = '已解决', settled_on = current_date, version = version + 1, updated_at = now(),
      reason = CASE WHEN reason = '' THEN '再次排查时已不存在' ELSE reason END
    WHERE last_run <> :run AND state IN ('待处理', '已发起')
""")


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its number, how many lines it read, how long it took, what it found by kind."""

    id: int
    segments: int
    seconds: float
    counts: dict[str, int]


def run(
    db: Session, *, actor: str, rule: Rule | None = None, progress: Progress = lambda step, done, total: None
) -> Run:
    """Audit the whole network of the register and keep what was found; the caller has named the act.

    What an earlier run found and this one does not counts as settled (已解决) on today's date.
    """
    started, rule = time.monotonic(), rule or Rule()
    # Runs take turns, or two would both settle what the other has just found.
    db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('road-audit', 0))"))
    with whole(db):
        lines = segments(db)
        found = [*audit(lines, rule, progress), *unregistered(db), *old_plates(db)]
    number, seconds = counts(found), round(time.monotonic() - started, 2)
    made = db.execute(_RUN, {
        "version": rule.version, "rule": json.dumps(rule.stated(), ensure_ascii=False), "segments": len(lines),
        "seconds": seconds, "counts": json.dumps(number), "actor": actor,
    }).scalar_one()  # fmt: skip
    # Whoever runs it, the run is of the whole network; what of it is listed is held by the caller's range.
    with whole(db):
        if found:
            db.execute(_KEEP, [_row(finding, made) for finding in _once(found)])
        db.execute(_IN_HAND)
        db.execute(_GONE, {"run": made})
    return Run(made, len(lines), seconds, number)


def _once(found: list[RoadFinding]) -> list[RoadFinding]:
    return list({finding.key: finding for finding in found}.values())


def _row(finding: RoadFinding, run_id: int) -> dict[str, Any]:
    detail = {**finding.detail, "names": list(finding.names)}
    return {
        "key": finding.key, "kind": finding.kind, "township": finding.township, "title": finding.title,
        "evidence": finding.evidence, "remedy": finding.remedy, "roads": list(finding.roads),
        "segments": list(finding.segments), "detail": json.dumps(detail, ensure_ascii=False),
        "geom": None if finding.geometry is None else shapely.to_wkb(finding.geometry), "length_m": finding.length_m,
        "run": run_id, "made_up": finding.made_up,
    }  # fmt: skip
