"""A register form on its way in (登记表导入单): the file and what the check found, in a folder of its own, for thirty days.

It holds precise positions, so the folder is the program's alone.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from api.desks.shelf import Shelf
from geo.problems import NotFound

SHELF: Final = Shelf("boundary-imports", "taken", 16 * 2**20, "登记表.xlsx", mode=0o700)


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
        return SHELF.folder(self.key) / self.name

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
    key, name = SHELF.keep(file, name)
    made = Taken(key, name, actor, datum, time.time())
    save(made)
    return made


def save(made: Taken) -> None:
    """Write what is known of it, whole or not at all."""
    SHELF.save(made.key, asdict(made))


def find(key: str) -> Taken:
    """The file of that key.

    Raises:
        NotFound: there is none, or it was cleared away.
    """
    known = SHELF.find(key)
    if known is None:
        raise NotFound("没有这次导入，或者已超过三十天", "请重新上传文件")
    return Taken(**known)


def recent(count: int = 10) -> list[Taken]:
    """The newest files."""
    return [Taken(**known) for known in SHELF.recent(count)]
