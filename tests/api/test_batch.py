"""Batches over HTTP: rows out are rows in, the answers are those of single calls, a killed worker loses nothing."""

from __future__ import annotations

import csv
import http.client
import io
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api.batch import intake, slices, store, work
from geo.problems import BadInput
from geo.settings import ROOT
from geo.store.engine import owner_engine, session
from geo.store.jobs import revive, run_worker
from tests.waiting import until


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker process like the server's own."""
    process = subprocess.Popen([sys.executable, "-m", "api.worker", str(os.getpid())], cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def addresses(client: httpx.Client) -> list[str]:
    rows = client.get("/v1/addresses", params={"limit": 200}).json()["features"]
    standard = [row["properties"]["standard_address"] for row in rows]
    return [*standard, *(a.removeprefix("浙江省台州市") for a in standard), "永宁大道98765号", "", "无此地址"]


def post(client: httpx.Client, body: str | bytes, kind: str, **more: Any) -> httpx.Response:
    headers = {"content-type": kind, **more.pop("headers", {})}
    return client.post("/v1/geocode/batch", content=body, headers=headers, params=more)


def as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def worked_off(client: httpx.Client, path: str) -> dict[str, Any]:
    """The batch, after the worker's work was done in this process: jobs until none is due, again until it has ended."""
    while (told := client.get(path).json())["state"] not in ("done", "failed"):
        run_worker(wait=False)
    return dict(told)


def states_of_jobs(path: str) -> set[str]:
    """How the background jobs of a batch stand."""
    with session() as db:
        of = text("SELECT status::text FROM jobs.procrastinate_jobs WHERE args ->> 'batch' = :id")
        return set(db.scalars(of, {"id": path.rsplit("/", 1)[1]}))


def test_a_csv_comes_back_with_every_row_and_column_and_the_answers_of_single_calls(
    client: httpx.Client, addresses: list[str]
):
    rows = [["编号", "地址", "备注"], *([str(i), a, "=1+1 “原样”"] for i, a in enumerate(addresses))]
    answer = post(client, as_csv(rows), "text/csv")
    assert answer.status_code == 202
    path = answer.headers["location"]
    assert client.get(f"{path}/result").status_code == 409
    told = worked_off(client, path)
    assert (told["state"], told["rows"], told["rows_done"]) == ("done", len(addresses), len(addresses))
    assert told["rate"] > 0
    result = client.get(f"{path}/result")
    assert result.headers["content-type"].startswith("text/csv")
    back = list(csv.DictReader(io.StringIO(result.content.decode("utf-8-sig"))))
    assert [row["编号"] for row in back] == [row[0] for row in rows[1:]]
    assert [row["地址"] for row in back] == addresses
    added = "status level confidence standard_address code lon lat datum corrections alternatives"
    assert list(back[0]) == ["编号", "地址", "备注", *added.split()]
    for row in back[::7] + back[-3:]:
        if row["地址"]:
            check_same(client, row)


def check_same(client: httpx.Client, row: dict[str, str]) -> None:
    body = client.get("/v1/geocode", params={"q": row["地址"]}).json()
    assert row["status"] == body["geocoding"]["status"]
    if not body["features"]:
        assert row["code"] == ""
        return
    best = body["features"][0]
    told = best["properties"]["geocoding"]
    assert (row["code"], row["level"], row["standard_address"]) == (
        told["code"],
        told["level"],
        told["label"],
    )
    assert [float(row["lon"]), float(row["lat"])] == pytest.approx(best["geometry"]["coordinates"], abs=2e-7)


def test_json_lines_come_back_to_the_letter_with_the_results_behind(
    client: httpx.Client, addresses: list[str]
):
    lines = [f'{{"code": 1.10, "地址": {json.dumps(a, ensure_ascii=False)} }}' for a in addresses[:5]]
    path = post(client, "\n".join(lines), "application/x-ndjson", datum="gcj02").headers["location"]
    worked_off(client, path)
    back = client.get(f"{path}/result").text.splitlines()
    assert len(back) == len(lines)
    for line, given in zip(back, lines, strict=True):
        assert line.startswith(given[:-1].rstrip())
        found = json.loads(line)
        # The file's own ``code`` stays; ours stands beside it.
        assert found["code"] == 1.1 and found["result_code"].startswith("331003")
        assert (found["status"], found["datum"]) == ("auto", "gcj02")


@contextmanager
def held(chunk: int) -> Iterator[Callable[[], bool]]:
    """Whoever writes the answers of a chunk stands still in the middle of it; gives whether somebody does."""
    with owner_engine().connect() as db:
        db.exec_driver_sql(f"""
            CREATE FUNCTION jobs.stand() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NEW; END $$;
            CREATE TRIGGER stand BEFORE UPDATE ON jobs.batch_chunk FOR EACH ROW WHEN (NEW.number = {chunk})
              EXECUTE FUNCTION jobs.stand();
            SELECT pg_advisory_lock(7)""")
        db.commit()
        standing = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted "
                        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")  # fmt: skip
        yield lambda: bool(db.scalar(standing))
        # The killed one's own end in the server finds out now that nobody is there; then the chunk is free again.
        db.execute(text("SELECT pg_advisory_unlock(7)"))
        db.execute(text("SELECT FROM jobs.batch_chunk WHERE number = :chunk FOR UPDATE"), {"chunk": chunk})
        db.exec_driver_sql("DROP FUNCTION jobs.stand CASCADE")
        db.commit()


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    client: httpx.Client, addresses: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "CHUNK", 20)
    texts = (addresses * 2)[:600]
    path = post(client, as_csv([["地址"], *([a or "空"] for a in texts)]), "text/csv").headers["location"]
    with held(3) as somebody_stands, worker() as killed:
        until(somebody_stands)
        killed.kill()
        killed.wait()
    before = client.get(path).json()
    assert (before["state"], before["rows_done"]) == ("running", 60)
    revive(silent_s=0)
    assert states_of_jobs(path) <= {"succeeded", "todo"} and "todo" in states_of_jobs(path)
    told = worked_off(client, path)
    assert told["rows_done"] == len(texts)
    back = list(csv.DictReader(io.StringIO(client.get(f"{path}/result").content.decode("utf-8-sig"))))
    assert [row["地址"] for row in back] == [a or "空" for a in texts]
    answered = {row["地址"]: row["code"] for row in back}
    assert all(row["code"] == answered[row["地址"]] for row in back)


def test_rows_that_another_worker_held_when_it_died_are_looked_for_again(
    client: httpx.Client, addresses: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "CHUNK", 20)
    monkeypatch.setattr(slices, "_LOOK_AGAIN", timedelta(0))
    path = post(client, as_csv([["地址"], *([a] for a in addresses[:60])]), "text/csv").headers["location"]
    known = uuid.UUID(path.rsplit("/", 1)[1])
    with session() as another:
        assert store.take(another, known)
        while work.do_chunk(known):
            pass
        told = client.get(path).json()
        assert (told["state"], told["rows_done"]) == ("running", 40)
        another.rollback()
    told = worked_off(client, path)
    assert (told["state"], told["rows_done"]) == ("done", 60)
    assert states_of_jobs(path) == {"succeeded"}


def test_the_same_key_gives_the_same_job_and_another_body_is_refused(client: httpx.Client):
    key = {"idempotency-key": "batch-0001"}
    first = post(client, "地址\n永宁大道1号\n", "text/csv", headers=key)
    again = post(client, "地址\n永宁大道1号\n", "text/csv", headers=key)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["location"] == again.headers["location"]
    assert first.json() == again.json()
    other = post(client, "地址\n永宁大道2号\n", "text/csv", headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    with session() as db:
        job = first.json()["id"]
        assert db.scalar(text("SELECT count(*) FROM jobs.batch WHERE id = :id"), {"id": job}) == 1


def test_a_refused_file_leaves_no_job_and_no_key(client: httpx.Client):
    key = {"idempotency-key": "batch-0002"}
    refused = post(client, "甲,乙\n1,2\n", "text/csv", headers=key)
    assert (refused.status_code, refused.json()["code"]) == (422, "file.no-column")
    assert "column" in refused.json()["remedy"]
    assert post(client, "甲,乙\n1,2\n", "text/csv", headers=key, column="甲").status_code == 202


def test_a_deleted_job_is_gone_with_its_rows(client: httpx.Client):
    path = post(client, "地址\n永宁大道1号\n", "text/csv").headers["location"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    with session() as db:
        known = {"id": path.rsplit("/", 1)[1]}
        assert db.scalar(text("SELECT count(*) FROM jobs.batch_chunk WHERE batch = :id"), known) == 0


def test_a_form_with_a_file_is_taken_too(client: httpx.Client):
    answer = client.post("/v1/geocode/batch", files={"file": ("a.csv", "地址\n永宁大道1号\n", "text/csv")})
    assert (answer.status_code, answer.json()["rows"]) == (202, 1)


def test_too_large_a_file_is_refused_before_it_is_read(client: httpx.Client):
    asked = http.client.HTTPConnection(client.base_url.host, client.base_url.port or 80)
    asked.putrequest("POST", "/v1/geocode/batch")
    asked.putheader("content-length", str(2**40))
    asked.endheaders()
    answer = asked.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == (413, "too-much")
    asked.close()


def test_a_file_larger_than_other_requests_may_be_is_taken(client: httpx.Client):
    body = as_csv([["地址", "备注"], *(["永宁大道1号", "注" * 1000] for _ in range(1000))])
    assert len(body.encode()) > 2_900_000
    answer = post(client, body, "text/csv")
    assert (answer.status_code, answer.json()["rows"]) == (202, 1000)
    client.delete(answer.headers["location"])


def test_what_a_known_caller_sends_is_hidden_from_others(client: httpx.Client):
    given = intake.read("地址\n永宁大道1号\n".encode(), "text/csv", None)
    with session() as db:
        made = store.make(db, "wang", given, "wgs84", None)
    assert client.get(f"/v1/jobs/{made}").status_code == 404
    assert client.delete(f"/v1/jobs/{made}").status_code == 404


def test_nobody_may_fill_the_queue(client: httpx.Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "MOST_OPEN", 0)
    refused = post(client, "地址\n永宁大道1号\n", "text/csv")
    assert (refused.status_code, refused.json()["code"]) == (429, "too-often")


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"", "text/csv", "空"),
        (b"", "application/x-ndjson", "空"),
        (b'{"address":"a"}\n{"address":', "application/x-ndjson", "第 2 行"),
        (b"[1]\n", "application/x-ndjson", "第 1 行"),
        (b'{"a":1,"b":2}', "", "看不出"),
        (b"\xff\xfe{", "application/jsonl", "UTF-8"),
    ],
)
def test_an_unreadable_file_is_refused_with_its_row(body: bytes, kind: str, said: str):
    with pytest.raises(BadInput) as refused:
        intake.read(body, kind, None)
    assert said in refused.value.sentence
