"""A batch answers the same wherever it runs, goes on after it was killed, and neither loses nor doubles a row."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from api.cli import main
from gazetteer.address.answering import batch
from tests import small_register
from tests.waiting import until

RUN = """
import os, pathlib, sys, time
from gazetteer.address.answering import batch
from gazetteer.address.answering.journal import Journal
batch.CHUNK, stands_after = int(sys.argv[1]), int(sys.argv[2])
add, kept = Journal.add, []

def added(self, number, rows):
    add(self, number, rows)
    kept.append(number)
    if len(kept) == stands_after:
        pathlib.Path("stands").touch()
        while not pathlib.Path("goes-on").exists():
            time.sleep(0.01)

Journal.add = added
from api.cli import main
sys.exit(main(sys.argv[3:]))
"""
"""Stands still once it has kept so many portions, so that what happens then happens in the middle; 0 for never."""
MANY = 4000


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """An index and a file in which every text stands twice, in no order."""
    small_register.build(tmp_path / "small.index")
    texts = [f"黄岩区横街路{number}号{number % 7 or ''}" for number in range(1, MANY // 2 + 1)] * 2
    random.Random(5).shuffle(texts)
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([["编号", "地址"], *enumerate(texts)])
    return tmp_path / "small.index", tmp_path / "in.csv"


def command(index: Path, source: Path, out: Path, *more: str) -> list[str]:
    return ["geocode", str(source), "-o", str(out), "--index", str(index), *more]


def started(
    folder: Path, chunk: int, *arguments: str, stands_after: int = 0, **environment: str
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, str(chunk), str(stands_after), *arguments]
    here = {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(command, env={**os.environ, **here, **environment}, cwd=folder)


def until_it_stands(folder: Path, running: subprocess.Popen[bytes]) -> None:
    """Wait until a running batch stands still in its middle."""
    while not (folder / "stands").exists():
        assert running.poll() is None
        time.sleep(0.005)


def killed(pid: int) -> None:
    """Kill a process and wait until it is gone, whoever its parent is."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: gone(pid))


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


@pytest.fixture
def expected(files: tuple[Path, Path], tmp_path: Path) -> bytes:
    index, source = files
    assert main(command(index, source, tmp_path / "once.csv")) == 0
    return (tmp_path / "once.csv").read_bytes()


def test_a_batch_killed_half_way_goes_on_where_it_stood(files, expected, tmp_path, capsys, monkeypatch):
    index, source = files
    out = tmp_path / "out.csv"
    journal = tmp_path / ".out.csv.journal"
    running = started(tmp_path, 50, *command(index, source, out), stands_after=5)
    until_it_stands(tmp_path, running)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not out.exists()
    with journal.open("ab") as torn:
        torn.write(b'{"n": 39, "rows": [[')
    done = {orjson.loads(line)["n"] for line in journal.read_bytes().splitlines()[1:-1]}
    monkeypatch.setattr(batch, "CHUNK", 50)
    again: list[int] = []
    real = batch.answered
    monkeypatch.setattr(
        "gazetteer.address.answering.workers.answered", lambda *a: again.append(1) or real(*a)
    )
    assert main(command(index, source, out)) == 0
    assert out.read_bytes() == expected
    assert len(again) == MANY // 2 // 50 - len(done)
    assert "接着上次中断处" in capsys.readouterr().err
    assert not journal.exists()


def test_what_was_done_for_another_question_is_not_taken_over(files, tmp_path):
    index, source = files
    out = tmp_path / "out.csv"
    journal = tmp_path / ".out.csv.journal"
    journal.write_bytes(b'{"asked":"0"}\n{"n":0,"rows":[]}\n')
    assert main(command(index, source, out, "--json")) == 0
    assert out.read_bytes().count(b"\n") == MANY + 1


def test_two_processes_do_not_write_one_output(files, tmp_path, capsys):
    index, source = files
    from gazetteer.address.answering.journal import Journal

    with Journal(tmp_path / "out.csv") as first:
        first.begin(index, ["横街路118号"], None, 10)
        assert main(command(index, source, tmp_path / "out.csv")) == 1
    assert "另一个进程" in capsys.readouterr().err


def test_a_killed_worker_process_loses_nothing(files, expected, tmp_path):
    index, source = files
    out = tmp_path / "out.csv"
    running = started(tmp_path, 20, *command(index, source, out, "--workers", "2"), stands_after=3)
    until_it_stands(tmp_path, running)
    killed(worker_of(running.pid))
    (tmp_path / "goes-on").touch()
    assert running.wait() == 0
    assert out.read_bytes() == expected


def worker_of(pid: int) -> int:
    """A process that was spawned to work, none that keeps count of resources."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return next(int(c) for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes())


def test_dask_gives_the_same_file_as_one_process(files, expected, tmp_path):
    pytest.importorskip("distributed")
    index, source = files
    out = tmp_path / "out.csv"
    running = started(tmp_path, 200, *command(index, source, out, "--engine", "dask", "--workers", "2"))
    assert running.wait() == 0
    assert out.read_bytes() == expected


CLUSTER = """
import logging, sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL,
                      local_directory=sys.argv[1]) as cluster:
        pids = [w.pid for w in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers that stand by themselves."""
    pytest.importorskip("distributed")
    (tmp_path / "cluster.py").write_text(CLUSTER)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    running = subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py"), str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    address, *pids = running.stdout.readline().split()
    yield address, [int(p) for p in pids]
    running.communicate("")


def test_a_worker_killed_on_a_named_cluster_loses_and_doubles_nothing(files, expected, tmp_path, cluster):
    index, source = files
    address, pids = cluster
    out = tmp_path / "out.csv"
    running = started(
        tmp_path, 20, *command(index, source, out, "--engine", "dask"), stands_after=3, DIMING_DASK_SCHEDULER=address
    )  # fmt: skip
    until_it_stands(tmp_path, running)
    killed(pids[0])
    (tmp_path / "goes-on").touch()
    assert running.wait() == 0
    assert out.read_bytes() == expected


def test_an_index_that_workers_do_not_see_is_sent_to_them_once(tmp_path, files):
    from api.batch import cluster as sent
    from gazetteer.address.index import Index

    index, _ = files
    name = Index.open(index).info.checksum
    away = str(tmp_path / "elsewhere" / "addresses.index")
    assert not sent._has(away, name)
    data = index.read_bytes()
    for at in range(0, len(data), 5000):
        sent._take(data[at : at + 5000], "addresses.index", name, at)
    sent._keep(name)
    try:
        assert sent._has(away, name)
        row = sent._portion(away, name, ["黄岩区横街路118号"], None)[0]
        assert row[0] == "auto" and row[4] == "R1-118"
    finally:
        sent.shutil.rmtree(sent._cache(name))
