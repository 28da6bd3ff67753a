"""Requests delivered twice, late and out of order through an own proxy: each act is done once, and an old one never undoes a new one."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import text

from api.security.keys import add_key
from geo.store.engine import act, session
from tests.databases import Clone
from tests.faults import kept
from tests.faults.repeater import Repeater
from tests.serving import running
from tests.small_register import CITY, WEST

ACTS = 400 if os.environ.get("DIMING_SOAK") else 24


@pytest.fixture
def twice(clone: Clone) -> Iterator[tuple[Repeater, dict[str, str]]]:
    """The program behind the proxy, and the headers of a key that may write."""
    with clone():
        with session() as db:
            act(db, actor="system", action="set-up")
            for code, name, level, parent in ((CITY, "台州市", 2, None), (WEST, "黄岩区", 3, CITY)):
                db.execute(text("INSERT INTO register.division (code, name, level, parent) VALUES (:c, :n, :l, :p)"),
                           {"c": code, "n": name, "l": level, "p": parent})  # fmt: skip
            key = add_key(db, "写入", ["write", "batch"])
        with running() as url:
            at = urlsplit(url)
            repeater = Repeater((str(at.hostname), int(at.port or 0)), copies=3)
            yield repeater, {"x-api-key": key}
            repeater.close()


def register(url: str, headers: dict[str, str], name: str, key: int) -> tuple[int, dict[str, object]]:
    body = {"standard_name": name, "category": "A", "division": WEST}
    answer = httpx.post(
        f"{url}/v1/places",
        json=body,
        headers={**headers, "idempotency-key": f"key-number-{key}-delivered"},
        timeout=240,
    )
    return answer.status_code, answer.json()


def test_an_act_that_is_delivered_three_times_is_done_once(twice: tuple[Repeater, dict[str, str]]) -> None:
    repeater, headers = twice
    names = [f"送达{number}山" for number in range(ACTS)]
    with ThreadPoolExecutor(8) as writers:
        answers = list(writers.map(register, [repeater.url] * ACTS, [headers] * ACTS, names, range(ACTS)))
    repeater.settle()
    assert {status for status, _ in answers} == {201}
    with session() as db:
        rows = db.execute(text("SELECT p.standard_name AS name, p.code, count(e.id) AS entries FROM register.place p "
                               "LEFT JOIN audit.entry e ON e.table_name = 'register.place' AND e.operation = 'insert' "
                               "AND e.key @> jsonb_build_object('code', p.code) GROUP BY 1, 2")).all()  # fmt: skip
    assert sorted(row.name for row in rows) == sorted(names)
    assert {row.name: row.code for row in rows} == {
        str(body["standard_name"]): body["code"] for _, body in answers
    }
    assert {row.entries for row in rows} == {1}
    assert repeater.delivered == 3 * ACTS
    kept.keep(
        "duplicated delivery", {"acts": ACTS, "delivered": repeater.delivered, "done": len(rows), "twice": 0}
    )


def test_an_old_change_that_arrives_late_undoes_no_newer_one(twice: tuple[Repeater, dict[str, str]]) -> None:
    repeater, headers = twice
    _, made = register(repeater.url, headers, "次序山", 9999)
    url, lock = f"{repeater.url}/v1/places/{made['code']}", threading.Lock()
    applied: list[int] = []

    def change(number: int) -> None:
        """Read, then change what was read: what came in between makes it void."""
        with session() as db:
            seen = str(
                db.scalar(text("SELECT version FROM register.place WHERE code = :c"), {"c": made["code"]})
            )
        answer = httpx.patch(
            url, json={"meaning": f"第{number}次"}, headers={**headers, "if-match": seen}, timeout=240
        )
        # The copy that came first may have been the one that did it; the others then find a newer version.
        assert answer.status_code in (200, 409, 412), answer.text
        with lock:
            applied.append(answer.status_code)

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(change, range(ACTS)))
    repeater.settle()
    with session() as db:
        version = int(
            db.scalar(text("SELECT version FROM register.place WHERE code = :c"), {"c": made["code"]}) or 0
        )
        meanings = db.scalars(text("SELECT new_values ->> 'meaning' FROM audit.entry WHERE table_name = 'register.place' "
                                   "AND operation = 'update' AND new_values ? 'meaning' ORDER BY id")).all()  # fmt: skip
    assert len(meanings) == len(set(meanings)), "no change was done twice"
    assert version == 1 + len(meanings), "each change that was done stands on the one before"
    assert applied.count(200) <= len(meanings)
    kept.keep(
        "reordered delivery",
        {"changes": ACTS, "done": len(meanings), "done_twice": len(meanings) - len(set(meanings))},
    )
