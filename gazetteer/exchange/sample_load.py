"""The sample's exchange with the national database (示例报库): one batch with planted differences, partly decided."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import text

from gazetteer.exchange import package, queue
from gazetteer.exchange.rehearsal import write_rehearsal
from geo.store.engine import act, session

ACTOR: Final = "示例"
FILE: Final = "national_export.csv"
DIFFERING: Final = 60
_DELIVERED: Final = 24
_DECIDED: Final = 36


def load_sample_exchange(folder: Path, *, area: str = "331003") -> int:
    """Compare a made-up national export with the register, unless a batch is there; gives how many rows differ.

    ``folder`` keeps the export, to be looked at and to be compared by hand.
    """
    with session(timeout_s=0) as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.exchange_batch)")):
            return 0
        act(db, actor=ACTOR, action="exchange.compare")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        write_rehearsal(db, path, area=area, differing=DIFFERING)
        batch = queue.compare(db, path, actor=ACTOR, area=area, file_name="示例：国家地名信息库导出.csv")
        waiting = queue.rows(db, batch, state="待核", most=DIFFERING * 2)
        numbers = [row.number for row in waiting]
        # The first package was handed over; the second waits to be written.
        queue.ours_for_all(db, batch, numbers[:_DELIVERED], actor=ACTOR)
        package.delivered(db, batch, actor=ACTOR)
        queue.ours_for_all(db, batch, numbers[_DELIVERED:_DECIDED], actor=ACTOR)
        for row in waiting[_DECIDED : _DECIDED + 3]:
            queue.mark(db, batch, row.number, "存疑", version=row.version, actor=ACTOR,
                       note="两处来历说法不一，待查方志（示例）。")  # fmt: skip
        return len(waiting)
