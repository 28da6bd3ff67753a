"""The sample's road audit (示例道路排查): run once, a few of its results settled, the others waiting."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from gazetteer.road_audit import findings, storing
from geo.store.engine import act, session

ACTOR: Final = "示例"
_OPEN: Final = text("""
    SELECT code, version FROM register.road_finding WHERE kind = :kind AND state = '待处理' ORDER BY md5(key) LIMIT :n
""")


def load_sample_audit() -> int:
    """Audit the network unless that was done; gives how many results there are."""
    with session(timeout_s=0) as db:
        if findings.last_run(db) is not None:
            return 0
        act(db, actor=ACTOR, action="roads.audit")
        run = storing.run(db, actor=ACTOR)
        for row in db.execute(_OPEN, {"kind": "alike", "n": 2}).all():
            findings.dismiss(
                db, row.code, "两路相距较远、读音可辨，居民无混淆（示例）。", version=row.version
            )
        return sum(run.counts.values())


def repeat_sample_audit() -> int:
    """Audit once more after the names of the year were given, unless that was done; gives how many results are settled."""
    with session(timeout_s=0) as db:
        if db.scalar(text("SELECT count(*) FROM register.road_audit")) != 1:
            return 0
        act(db, actor=ACTOR, action="roads.audit")
        storing.run(db, actor=ACTOR)
        return int(db.scalar(text("SELECT count(*) FROM register.road_finding WHERE state = '已解决'")) or 0)
