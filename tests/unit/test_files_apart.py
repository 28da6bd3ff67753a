"""Workbooks and map files are read apart: each alone, many at once, and again after the process that forks is gone."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.files import limits, read_table, readers, write_table
from geo.problems import Problem


def written(folder: Path, number: int, rows: int = 3) -> Path:
    path = folder / f"{number}.xlsx"
    write_table(path, {"名称": [f"{number}号{row}" for row in range(rows)]})
    return path


def never_ending(folder: Path) -> Path:
    """A Shapefile with a part that can be opened and never gives a byte."""
    path = folder / "never.shp"
    write_table(path, {"名称": ["点"]}, geometry=np.array([shapely.Point(121, 28)], dtype=object))
    part = path.with_suffix(".cpg")
    part.unlink(missing_ok=True)
    os.mkfifo(part)
    return path


def test_many_files_at_once_each_give_their_own_rows(tmp_path: Path) -> None:
    paths = [written(tmp_path, number) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        tables = list(pool.map(read_table, paths))
    assert [table.column("名称")[0] for table in tables] == [f"{number}号0" for number in range(12)]


def test_after_the_forking_process_was_killed_the_next_file_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, 1)
    read_table(path)
    assert readers._current is not None
    os.kill(readers._current.process.pid, signal.SIGKILL)
    readers._current.process.wait()
    assert len(read_table(path)) == 3


def test_one_file_that_takes_too_long_leaves_the_others_alone(tmp_path: Path) -> None:
    slow, quick = never_ending(tmp_path), written(tmp_path, 2)
    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(read_table, slow, bounds=replace(limits(), timeout_s=1))
        assert len(pool.submit(read_table, quick).result()) == 3
        with pytest.raises(Problem) as refusal:
            waiting.result()
    assert refusal.value.code == "file.too-slow"


def test_the_process_that_reads_sees_no_setting_and_so_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIMING_DATABASE_URL", "postgresql://somebody:secret@nowhere/x")
    readers._stop()
    read_table(written(tmp_path, 1))
    assert readers._current is not None
    environment = Path(f"/proc/{readers._current.process.pid}/environ").read_bytes()
    assert b"secret" not in environment
    assert b"DIMING" not in environment


def test_reading_leaves_no_open_pipe_behind(tmp_path: Path) -> None:
    path = written(tmp_path, 1)
    read_table(path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        read_table(path)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
