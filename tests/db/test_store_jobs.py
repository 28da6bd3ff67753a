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


def die_at_work(job: int) -> None:
    """Leave a job as a killed worker leaves it."""
    with session() as db:
        db.execute(
            text("UPDATE jobs.procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE id = :job"),
            {"job": job},
        )


def test_dead_jobs_of_a_word_that_waits_come_back_one_after_the_other_and_hold_up_no_other(
    database_url: str,
) -> None:
    for word in ("一", "二"):
        with session() as db:
            job = jobs.defer(db, "test.note", once="index", word=word)
        die_at_work(job)
    with session() as db:
        jobs.defer(db, "test.note", once="index", word="三")
        other = jobs.defer(db, "test.note", word="四")
    die_at_work(other)
    assert jobs.revive() == 1
    assert states() == ["doing", "doing", "todo", "todo"]
    for _ in range(3):
        jobs.run_worker(wait=False)
        jobs.revive()
    assert states() == ["succeeded"] * 4
    assert sorted(done) == sorted(["一", "二", "三", "四"])
