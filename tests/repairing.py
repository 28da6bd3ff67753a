"""A stock of bad addresses that is taken in and matched as the worker does it, for the tests of the repair desk."""

from __future__ import annotations

import csv
import io

from sqlalchemy import text

from api.repairs import upload, work
from gazetteer.repair import batches
from gazetteer.repair.decisions import Officer
from geo.store.engine import session

ZHANG, LI = Officer("zhang", "张三"), Officer("li", "李四")


def as_csv(texts: list[str]) -> io.BytesIO:
    out = io.StringIO()
    csv.writer(out).writerows([["编号", "地址"], *([str(n), t] for n, t in enumerate(texts, 1))])
    return io.BytesIO(out.getvalue().encode())


def matched(file: io.BytesIO, name: str = "名单.csv") -> int:
    """A file taken in and matched, as the worker does it."""
    given = upload.read(file, name)
    with session() as db:
        batch = batches.take_in(db, given, actor="zhang", shown="张三")
        batches.start(db, batch, given.address_field, actor="zhang")
        work.queue(db, batch)
    # On a busy machine one turn of the worker is not enough.
    while not finished(batch):
        work.work(batch)
    return batch


def finished(batch: int) -> bool:
    with session() as db:
        return bool(
            db.scalar(
                text("SELECT finished_at IS NOT NULL FROM register.repair_batch WHERE id = :b"), {"b": batch}
            )
        )
