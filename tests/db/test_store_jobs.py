"""A job is queued exactly when the act that needs it is committed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from geo.store import jobs
from geo.store.engine import session

done: list[str] = []


@pytest.fixture(autouse=True)
def _tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_tasks", {})
    done.clear()

    @jobs.task("test.note")
    def note(word: str) -> None:
        done.append(word)

    @jobs.task("test.break", attempts=1)
    def broken() -> None:
        raise ValueError("as meant")


def states() -> list[str]:
    with session() as db:
        return list(db.scalars(text("SELECT status::text FROM jobs.procrastinate_jobs ORDER BY id")))


def test_a_committed_act_has_its_job_done(database_url: str) -> None:
    with session() as db:
        jobs.defer(db, "test.note", word="黄岩")
        assert states() == []
    jobs.run_worker(wait=False)
    assert done == ["黄岩"]
    assert states() == ["succeeded"]


def test_a_rolled_back_act_leaves_no_job(database_url: str) -> None:
    with pytest.raises(RuntimeError), session() as db:
        jobs.defer(db, "test.note", word="黄岩")
        raise RuntimeError
    jobs.run_worker(wait=False)
    assert (done, states()) == ([], [])


def test_a_word_that_waits_is_not_queued_twice(database_url: str) -> None:
    with session() as db:
        first = jobs.defer(db, "test.note", once="index", word="一")
        assert jobs.defer(db, "test.note", once="index", word="二") == first
    jobs.run_worker(wait=False)
    with session() as db:
        assert jobs.defer(db, "test.note", once="index", word="三") != first
    jobs.run_worker(wait=False)
    assert done == ["一", "三"]


def test_a_job_that_fails_stays_to_be_seen(database_url: str) -> None:
    with session() as db:
        jobs.defer(db, "test.break")
    jobs.run_worker(wait=False)
    assert states() == ["failed"]
