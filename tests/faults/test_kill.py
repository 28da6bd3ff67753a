"""``kill -9`` of server, worker and database under write load: what was acknowledged is there, once and whole."""

from __future__ import annotations

import itertools
import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api.security import sealing
from geo.store.engine import forget_engines, session
from tests.faults import kept
from tests.faults.crashing import PARTS, Installation, installation
from tests.small_register import WEST

KILLS = int(os.environ.get("DIMING_KILLS", 200 if os.environ.get("DIMING_SOAK") else 6))
RESTARTS = 40 if os.environ.get("DIMING_SOAK") else 2
WRITERS = 4
_JOBS = text("SELECT status::text AS status, attempts FROM jobs.procrastinate_jobs WHERE status <> 'todo'")
# Of the register: each place, its audit entry, the key of its request are one transaction.
_PLACES = text("SELECT p.standard_name AS name, p.code, count(e.id) AS entries FROM register.place p "
               "LEFT JOIN audit.entry e ON e.table_name = 'register.place' AND e.operation = 'insert' "
               "AND e.key @> jsonb_build_object('code', p.code) "
               "WHERE p.standard_name LIKE '写入%' GROUP BY p.code, p.standard_name")  # fmt: skip


@dataclass
class Written:
    """What the office was told: names of places with their codes, ids of batches."""

    places: dict[str, str] = field(default_factory=dict)
    batches: list[str] = field(default_factory=list)
    sent: int = 0
    wrong: list[str] = field(default_factory=list)


def write(made: Installation, written: Written, number: int, stop: threading.Event) -> None:
    """Register one place after another; an answer that did not come is asked for again with the same key."""
    headers = {"x-api-key": made.key}
    with httpx.Client(base_url=made.url, headers=headers, timeout=60) as client:
        for count in itertools.count():
            name = f"写入{number}之{count}山"
            while not stop.is_set():
                status, body = _send(client, name, f"{number}-{count}")
                written.sent += 1
                if status == 201:
                    written.places[name] = body
                    break
                if status not in (0, 503):
                    written.wrong.append(f"{status} {body}")
                time.sleep(0.05)
            if stop.is_set():
                return


def _send(client: httpx.Client, name: str, key: str) -> tuple[int, str]:
    body = {"standard_name": name, "category": "A", "division": WEST}
    try:
        answer = client.post(
            "/v1/places", json=body, headers={"idempotency-key": f"place-{key}-of-the-campaign"}
        )
    except httpx.HTTPError:
        return 0, ""
    return answer.status_code, answer.json()["code"] if answer.status_code == 201 else answer.text


def order_batch(made: Installation, written: Written) -> None:
    """Give the worker something to do; every part runs at this moment."""
    answer = httpx.post(
        f"{made.url}/v1/geocode/batch", content="address\n横街路118号\n劳动北路1号\n".encode(), timeout=240,
        headers={"x-api-key": made.key, "content-type": "text/csv"},
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    written.batches.append(answer.json()["id"])


def campaign(made: Installation, written: Written) -> None:
    """Kill the parts in turn while writers write."""
    stop = threading.Event()
    writers = [threading.Thread(target=write, args=(made, written, n, stop)) for n in range(WRITERS)]
    for thread in writers:
        thread.start()
    try:
        _kill_in_turn(made, written)
    finally:
        stop.set()
        for thread in writers:
            thread.join()


def _kill_in_turn(made: Installation, written: Written) -> None:
    chance = random.Random(7)
    for kill in range(KILLS):
        if kill % 3 == 0:
            order_batch(made, written)
        time.sleep(chance.uniform(0.05, 0.6))
        part = PARTS[kill % len(PARTS)]
        made.kill(part)
        made.start(part)
        made.wait()


@pytest.fixture(scope="module")
def made() -> Iterator[Installation]:
    """A running installation: server, worker, database."""
    with installation() as started:
        started.start("server")
        started.start("worker")
        started.wait()
        yield started


def test_workers_are_restarted_one_after_the_other_and_nobody_outside_notices(made: Installation) -> None:
    made.start("worker-2")
    written, told, stop = Written(), [], threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=made.url, timeout=240) as client:
            while not stop.is_set():
                told.append(client.get("/v1/divisions").status_code)
                time.sleep(0.02)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for restart in range(RESTARTS):
            # A caller may have so many batches waiting and no more: the older ones are done before another is ordered.
            assert _undone(written.batches[:-3]) == []
            order_batch(made, written)
            made.restart(("worker", "worker-2")[restart % 2])
        undone = _undone(written.batches)
    finally:
        stop.set()
        asking.join()
    jobs = _ended_jobs()
    again = sum(job.attempts > 1 for job in jobs)
    made.kill("worker-2")
    kept.keep("restart of workers", {"restarts": RESTARTS, "batches": len(written.batches), "batches_undone": len(undone),
                                     "jobs_begun_twice": again, "requests": len(told), "refused": sum(s != 200 for s in told)})  # fmt: skip
    assert len(written.batches) == RESTARTS and undone == []
    assert {job.status for job in jobs} == {"succeeded"}
    assert set(told) == {200}


def test_what_was_acknowledged_is_there_once_and_whole_after_every_kill(made: Installation) -> None:
    written = Written()
    campaign(made, written)
    forget_engines()
    with session() as db:
        rows = db.execute(_PLACES).all()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row.code)
    lost = [name for name, code in written.places.items() if code not in found.get(name, [])]
    twice = [name for name, codes in found.items() if len(codes) > 1]
    half = [row.code for row in rows if row.entries != 1]
    undone = _undone(written.batches)
    sealing.seal()
    with session() as db:
        chain = sealing.verify(db).findings
    figures = {"kills": KILLS, "sent": written.sent, "acknowledged": len(written.places),
               "lost": len(lost), "twice": len(twice), "half": len(half), "batches": len(written.batches),
               "batches_undone": len(undone)}  # fmt: skip
    kept.keep("kill", figures)
    assert written.wrong == []
    assert (lost, twice, half, undone, chain) == ([], [], [], [], ())
    assert written.places and written.batches


def _ended_jobs() -> list[Any]:
    """The jobs, once none is being done: a batch has its answers a moment before its job counts as ended."""
    while True:
        with session() as db:
            jobs = list(db.execute(_JOBS).all())
        if all(job.status != "doing" for job in jobs):
            return jobs
        time.sleep(0.1)


def _undone(batches: list[str]) -> list[str]:
    """Batches that the worker has not finished: a killed worker's job is taken over after its heartbeat ends."""
    ended = time.monotonic() + 240
    while time.monotonic() < ended:
        with session() as db:
            open_ones = db.scalars(
                text("SELECT id::text FROM jobs.batch WHERE id::text = ANY (:ids) AND finished_at IS NULL"),
                {"ids": batches},
            ).all()
        if not open_ones:
            return []
        time.sleep(0.5)
    return list(open_ones)
