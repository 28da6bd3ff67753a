"""The sample's diagnosis (示例门牌诊断): plates that the register lacks are planted, the ten checks run, a few judged."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.diagnosis import store
from geo.store.engine import act, session

ACTOR: Final = "示例"
_JUDGED: Final = (("D2", "confirmed", "已电话核实，两户同号（示例）。"), ("D3", "dismissed", "门在转角，朝另一侧开（示例）。"),
                  ("D4", "confirmed", "随道路改造重编（示例）。"), ("D5", "confirmed", "号段待修订（示例）。"),
                  ("D7", "repaired", "已补挂门牌（示例）。"))  # fmt: skip
_EACH: Final = 4
# Home-made plates as somebody saw them: numbers far behind the last of their road.
_SEEN: Final = text("""
    INSERT INTO register.plate_seen (face, handle, number, reporter)
    SELECT name || (highest + 200) || '号（示例）', code, CAST(highest + 200 AS text), :actor FROM (
      SELECT r.code, r.name, max(a.number_order) AS highest FROM register.road r
      JOIN register.address a ON a.road = r.code AND a.valid_to IS NULL
      WHERE r.made_up AND r.valid_to IS NULL AND r.state = '现行' GROUP BY 1, 2
    ) q ORDER BY md5(code || 'seen') LIMIT :n
""")
# Numbers that a road never had: their last doors lie outside what was approved for it (号段).
_APPROVED: Final = text("""
    UPDATE register.road r SET number_from = 1, number_to = q.highest - 6, version = version + 1 FROM (
      SELECT a.road, max(a.number_order) AS highest FROM register.address a
      JOIN register.road x ON x.code = a.road AND x.made_up AND x.state = '现行' AND x.valid_to IS NULL
      WHERE a.valid_to IS NULL GROUP BY 1 HAVING max(a.number_order) BETWEEN 30 AND 900
      ORDER BY md5(a.road || 'approved') LIMIT :n
    ) q WHERE r.code = q.road
""")


def load_sample_diagnosis() -> int:
    """Diagnose the district unless that was done; gives how many findings there are."""
    with session(timeout_s=0) as db:
        if store.runs(db, limit=1):
            return 0
        act(db, actor=ACTOR, action="diagnosis.sample")
        db.execute(_APPROVED, {"n": _EACH})
        db.execute(_SEEN, {"actor": ACTOR, "n": _EACH})
        found = store.run(db, actor=ACTOR)
        for kind, state, note in _JUDGED:
            _judge(db, store.findings(db, kind=kind, state="open", limit=_EACH), state, note)
        return found.found


def _judge(db: Session, rows: list[dict[str, Any]], state: str, note: str) -> None:
    for row in rows:
        store.judge(db, row["key"], state, by=ACTOR, note=note)
