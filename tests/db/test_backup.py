"""A backup comes back as it was; a damaged one is refused and the database stays as it is."""

from __future__ import annotations

import tarfile
import uuid
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from api.cli import main
from geo.cases import attachments
from geo.problems import BadFile, BadInput, Problem
from geo.settings import settings
from geo.store import blobs
from geo.store.acts import act
from geo.store.backup import back_up, check, put_back
from geo.store.engine import session


def write(name: str) -> None:
    with session() as db:
        act(db, actor="wang", action="test")
        db.execute(text("INSERT INTO register.day_off (day, working, name, source) VALUES (now()::date + "
                        "(SELECT count(*)::int FROM register.day_off), false, :n, '')"), {"n": name})  # fmt: skip


def names() -> list[str]:
    with session() as db:
        return list(db.scalars(text("SELECT name FROM register.day_off ORDER BY day")))


@pytest.fixture
def backup(database_url: str, tmp_path: Path) -> Path:
    """One day off and one attachment, backed up; a second day off was entered afterwards."""
    write("停电")
    with session() as db:
        act(db, actor="wang", action="test")
        attachments.put(db, "place", "P1", "scan", "证.txt", "界桩登记表".encode(), actor="wang")
    made = tmp_path / "whole.dmb"
    back_up(made)
    write("后来")
    return made


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> str:
    """In the names of the databases that this test's restore makes; others restore on the same server."""
    own = uuid.uuid4().hex
    monkeypatch.setattr("geo.store.backup.restoring.secrets", SimpleNamespace(token_hex=lambda _: own))
    return own


def left_over(mark: str) -> list[str]:
    """What a restore has left behind on the server."""
    with session() as db:
        return list(
            db.scalars(text("SELECT datname FROM pg_database WHERE datname LIKE '%' || :m"), {"m": mark})
        )


def test_what_was_backed_up_comes_back_with_its_attachments_and_its_audit(backup: Path, mark: str):
    with session() as db:
        [scan] = attachments.of(db, "place", "P1")
    blobs.place(scan.sha256).unlink()
    put_back(backup)
    assert names() == ["停电"]
    with session() as db:
        assert attachments.read(db, scan.id)[1].decode() == "界桩登记表"
        assert db.scalar(text("SELECT count(*) FROM audit.entry WHERE actor = 'wang'")) == 2
    assert left_over(mark) == []
    write("恢复以后还能写")
    assert names() == ["停电", "恢复以后还能写"]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    # More than what may lie between two packed files and says nothing.
    for at in range(len(content) // 2, len(content) // 2 + 512):
        content[at] ^= 0xFF
    file.write_bytes(content)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def other(file: Path) -> None:
    file.write_text("这不是备份", encoding="utf-8")


def add(file: Path) -> None:
    with tarfile.open(file, "a") as archive:
        archive.add(__file__, "../outside.py")


def drop_dump(file: Path) -> None:
    """Leave the manifest alone, take the database out."""
    with tarfile.open(file) as archive:
        kept = [(e, archive.extractfile(e).read()) for e in archive if not e.name.endswith(".dump")]  # type: ignore[union-attr]
    with tarfile.open(file, "w") as archive:
        import io

        for entry, content in kept:
            archive.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize("damage", [cut, flip, empty, other, add, drop_dump])
def test_a_damaged_backup_is_refused_and_nothing_changes(backup: Path, damage: Callable[[Path], None]):
    damage(backup)
    with pytest.raises(BadFile):
        check(backup)
    with pytest.raises(BadFile):
        put_back(backup)
    assert names() == ["停电", "后来"]
    assert not (settings().home.parent / "outside.py").exists()


def test_a_restore_that_fails_half_way_leaves_the_database_as_it_was(
    backup: Path, mark: str, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.store.backup.restoring._place_files", full)
    with pytest.raises((OSError, Problem)):
        put_back(backup)
    assert names() == ["停电", "后来"]
    assert left_over(mark) == []


def test_a_backup_is_never_overwritten_and_is_closed_to_others(backup: Path):
    with pytest.raises(BadInput, match="已经存在"):
        back_up(backup)
    assert backup.stat().st_mode & 0o077 == 0
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith(".")] == []


def test_the_commands_back_up_by_schedule_verify_and_restore(
    backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    pattern = str(tmp_path / "daily-{time}.dmb")
    for day in ("20260101-010101", "20260102-010101"):
        (tmp_path / f"daily-{day}.dmb").write_bytes(b"old")
    assert main(["backup", pattern, "--keep", "2"]) == 0
    assert sorted(p.name for p in tmp_path.glob("daily-*"))[0] == "daily-20260102-010101.dmb"
    assert main(["verify", str(backup)]) == 0
    assert "备份完好" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "daily-20260102-010101.dmb")]) == 1
    assert main(["restore", str(backup), "--yes"]) == 0
    assert names() == ["停电"]
