"""The disk of the data folder is full: whoever writes is told so, nothing is half there, and reading goes on."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from api.security import sealing
from geo.cases import attachments
from geo.problems import Problem, Unavailable
from geo.settings import settings
from geo.store import blobs
from geo.store.backup import back_up, check
from geo.store.engine import act, session
from tests.faults import kept

MB = 1_000_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this machine does not let the test mount a small disk (mount -t tmpfs)")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def home(database_url: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder on that disk."""
    monkeypatch.setenv("DIMING_HOME", str(small))
    settings.cache_clear()
    return small


def put(content: bytes) -> attachments.Attachment:
    with session() as db:
        act(db, actor="wang", action="test")
        return attachments.put(db, "place", "P1", "scan", "证.txt", content, actor="wang")


def listed() -> list[str]:
    with session() as db:
        return [one.sha256 for one in attachments.of(db, "place", "P1")]


def test_a_paper_that_does_not_fit_is_refused_whole_and_those_before_are_read_and_more_come_when_there_is_room(
    home: Path,
) -> None:
    first = put(b"a" * 300_000)
    with pytest.raises(Unavailable, match="不能写入"):
        put(b"b" * 2 * MB)
    assert listed() == [first.sha256]
    assert [p.name for p in (home / "files").rglob("*") if p.is_file()] == [first.sha256], (
        "no half file is left"
    )
    assert blobs.fetch(first.sha256) == b"a" * 300_000
    second = put(b"c" * 200_000)
    assert listed() == [first.sha256, second.sha256]
    kept.keep("full disk", {"refused_papers": 1, "half_files": 0, "rows_without_file": 0})


def test_a_backup_that_does_not_fit_leaves_nothing_that_looks_like_one(home: Path, tmp_path: Path) -> None:
    put(b"a" * 700_000)
    with pytest.raises(Problem, match=r"pg_dump|不能写入"):
        back_up(home / "whole.dmb")
    assert [p.name for p in home.iterdir() if "dmb" in p.name or p.name.startswith(".")] == []
    back_up(tmp_path / "elsewhere.dmb")
    check(tmp_path / "elsewhere.dmb")


def test_a_seal_that_cannot_be_written_out_is_written_later_and_the_chain_holds(home: Path) -> None:
    sealing.seal()
    filler = home / "filler"
    with pytest.raises(OSError), filler.open("wb") as file:
        file.write(b"x" * 2 * MB)
    with session() as db:
        act(db, actor="wang", action="test")
        db.execute(
            text(
                "INSERT INTO register.day_off (day, working, name, source) VALUES (now()::date, false, '停电', '')"
            )
        )
    with contextlib.suppress(OSError, Problem):  # the worker logs it and tries again a minute later
        sealing.seal()
    filler.unlink()
    sealing.seal()
    with session() as db:
        assert sealing.verify(db).findings == ()
