"""The change feed: one order without gaps, also while many write at once."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from gazetteer.register.feed import changes
from gazetteer.register.models import Division, Place, Road
from geo.store.engine import act, session

COUNTY = "331003000000"


def county() -> None:
    with session() as db:
        act(db, actor="test", action="set-up")
        db.add(Division(code=COUNTY, level=3, name="黄岩区"))


def test_insert_update_and_retire_stand_in_order_with_the_record_as_published(database_url: str) -> None:
    county()
    with session() as db:
        act(db, actor="test", action="road.add")
        road = Road(name="永宁路", division=COUNTY)
        db.add(road)
        db.flush()
        code = road.code
    with session() as db:
        db.execute(text("UPDATE register.road SET meaning = '取永远安宁之意', version = version + 1"))
    with session() as db:
        db.execute(
            text("UPDATE register.road SET state = '销名', valid_to = current_date, version = version + 1")
        )
    with session() as db:
        seen = changes(db)
        assert [(c.seq, c.op, c.kind) for c in seen] == [
            (1, "insert", "division"), (2, "insert", "road"), (3, "update", "road"), (4, "retire", "road"),
        ]  # fmt: skip
        assert {c.code for c in seen[1:]} == {code}
        assert seen[-1].record is None
        assert changes(db, 4) == []
        assert [c.seq for c in changes(db, 2)] == [3, 4]


def test_a_change_that_is_committed_late_gets_a_later_number_than_what_was_read(database_url: str) -> None:
    county()
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with session() as db:
            db.add(Place(category="A", standard_name="慢山", division=COUNTY))
            db.flush()
            begun.set()
            finish.wait()

    writer = threading.Thread(target=slow)
    writer.start()
    try:
        begun.wait()
        with session() as db:
            db.add(Place(category="A", standard_name="快山", division=COUNTY))
        with session() as db:
            first = changes(db)
    finally:
        finish.set()
        writer.join()
    assert [c.kind for c in first] == ["division"]  # 快山 waits for the older transaction that is still open
    with session() as db:
        later = changes(db, first[-1].seq)
        names = [c.record["standard_name"] for c in later if c.record]
    assert names == ["慢山", "快山"]
    assert [c.seq for c in later] == [2, 3]


def test_a_reader_that_follows_along_misses_nothing_while_many_write(database_url: str) -> None:
    county()
    done = threading.Event()

    def write(number: int) -> None:
        for step in range(8):
            with session() as db:
                db.add(Place(category="A", standard_name=f"山{number}-{step}", division=COUNTY))
                db.flush()
                time.sleep(random.random() / 100)

    seen: list[tuple[int, str]] = []

    def read() -> None:
        while True:
            last = done.is_set()
            with session() as db:
                seen.extend((c.seq, c.code) for c in changes(db, seen[-1][0] if seen else 0, most=7))
            if last and len(seen) >= 1 + 4 * 8:
                return

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    done.set()
    reader.join()
    assert [seq for seq, _ in seen] == list(range(1, 1 + 1 + 4 * 8))
    assert len({code for _, code in seen}) == 1 + 4 * 8
