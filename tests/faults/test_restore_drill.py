"""恢复演练: backups with one byte changed somewhere, cut anywhere, mixed up; each is refused or comes back as it was, and never half."""

from __future__ import annotations

import os
import random
from pathlib import Path

from sqlalchemy import text

from geo.problems import BadFile
from geo.store.acts import act
from geo.store.backup import back_up, check, put_back
from geo.store.engine import session
from tests.faults import kept

DAMAGES = 600 if os.environ.get("DIMING_SOAK") else 60
RESTORED = 12 if os.environ.get("DIMING_SOAK") else 1


def write(count: int) -> None:
    with session() as db:
        act(db, actor="wang", action="test")
        for number in range(count):
            db.execute(text("INSERT INTO register.day_off (day, working, name, source) VALUES (current_date + (SELECT count(*)::int "
                            "FROM register.day_off), false, :n, '')"), {"n": f"第{number}天"})  # fmt: skip


def rows() -> int:
    with session() as db:
        return int(db.scalar(text("SELECT count(*) FROM register.day_off")) or 0)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The file with a byte changed, a piece cut out, an end cut off, or a piece written over."""
    at, kind = chance.randrange(len(content)), chance.randrange(4)
    if kind == 0:
        return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
    if kind == 1:
        return content[:at]
    if kind == 2:
        return content[:at] + content[at + chance.randrange(1, 2000) :]
    return content[:at] + chance.randbytes(min(512, len(content) - at)) + content[at + 512 :]


def test_no_damage_gets_through_and_what_does_is_the_backup_as_it_was(
    database_url: str, tmp_path: Path
) -> None:
    write(5)
    whole = tmp_path / "whole.dmb"
    back_up(whole)
    content, chance, file = whole.read_bytes(), random.Random(11), tmp_path / "damaged.dmb"
    write(2)
    refused = harmless = tried = 0
    for number in range(DAMAGES):
        file.write_bytes(damaged(content, chance))
        try:
            check(file)
        except BadFile:
            refused += 1
            if number % (DAMAGES // RESTORED) == 0:
                assert not comes_back(file), "a damaged file was restored"
            continue
        # Bytes that say nothing, between the packed files: what comes back is whole all the same.
        harmless += 1
        if tried < RESTORED:
            tried += 1
            if comes_back(file):
                write(2)
    assert rows() == 7
    assert comes_back(whole)
    kept.keep(
        "restore drill",
        {"damaged": DAMAGES, "refused": refused, "only_padding": harmless, "half_restored": 0},
    )
    assert refused > DAMAGES * 0.7


def comes_back(file: Path) -> bool:
    """Restore it: all five rows of the backup are there, or it is refused and all seven of today still are."""
    try:
        put_back(file)
    except BadFile:
        assert rows() == 7
        return False
    assert rows() == 5
    return True
