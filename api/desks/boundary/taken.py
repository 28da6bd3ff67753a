"""A register form on its way in (登记表导入单): the file and what the check found, in a folder of its own, for thirty days.

It holds precise positions, so the folder is the program's alone.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from geo.files import format_of
from geo.files.limits import check_size
from geo.problems import NotFound
from geo.settings import settings

MOST_BYTES: Final = 16 * 2**20
KEEP_S: Final = 30 * 24 * 3600
_KEY: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(slots=True)
class Taken:
    """One file: who gave it, in which datum, how far it is (``checked``, ``refused``, ``done``, ``undone``).

    ``changes`` are (code, shown, new, fields); ``findings`` (severity, row, where, evidence, remedy); ``before`` and
    ``versions`` are what taking the import back needs.
    """

    key: str
    name: str
    actor: str
    datum: str
    at: float
    state: str = "refused"
    said: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    findings: list[list[str | int | None]] = field(default_factory=list)
    changes: list[dict[str, object]] = field(default_factory=list)
    before: list[dict[str, str]] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The file under its own name."""
        return _home() / self.key / self.name

    @property
    def added(self) -> list[str]:
        """Codes of the markers that were new."""
        return [str(one["code"]) for one in self.changes if one["new"]]


def keep(file: BinaryIO, name: str, actor: str, datum: str) -> Taken:
    """Keep an uploaded file.

    Raises:
        BadInput: a format that cannot be read.
        TooMuch: too large.
    """
    name = PurePath(name.replace("\\", "/")).name[-120:] or "登记表.xlsx"
    format_of(name)
    _clear()
    made = Taken(secrets.token_hex(8), name, actor, datum, time.time())
    made.path.parent.mkdir(parents=True, mode=0o700)
    with made.path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    check_size(name, made.path.stat().st_size, MOST_BYTES)
    save(made)
    return made


def save(made: Taken) -> None:
    """Write what is known of it, whole or not at all."""
    part = made.path.parent / "taken.part"
    part.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
    part.replace(made.path.parent / "taken.json")


def find(key: str) -> Taken:
    """The file of that key.

    Raises:
        NotFound: there is none, or it was cleared away.
    """
    path = _home() / key / "taken.json"
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotFound("没有这次导入，或者已超过三十天", "请重新上传文件")
    return Taken(**json.loads(path.read_text(encoding="utf-8")))


def recent(count: int = 10) -> list[Taken]:
    """The newest files."""
    found = sorted(_home().glob("*/taken.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [Taken(**json.loads(path.read_text(encoding="utf-8"))) for path in found[:count]]


def _home() -> Path:
    return settings().home / "boundary-imports"


def _clear() -> None:
    for folder in _home().glob("*"):
        if time.time() - folder.stat().st_mtime > KEEP_S:
            shutil.rmtree(folder, ignore_errors=True)
