"""Files on their way in (待入库文件): each in a folder of its own with what is known of it, for thirty days."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

from geo.files import format_of
from geo.files.limits import check_size
from geo.settings import settings

KEEP_S: Final = 30 * 24 * 3600
_KEY: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of one kind of file.

    Attributes:
        name: the folder of the program's own that holds them.
        record: what the record beside each file is called.
        most_bytes: a file may be this large.
        unnamed: what a file without a name is called.
        mode: who may enter a folder.
    """

    name: str
    record: str
    most_bytes: int
    unnamed: str
    mode: int = 0o777

    def folder(self, key: str) -> Path:
        """Where the file of that key lies."""
        return settings().home / self.name / key

    def keep(self, file: BinaryIO, name: str) -> tuple[str, str]:
        """Keep an uploaded file under its own name, and clear away what is too old: its key and its name.

        Raises:
            BadInput: a format that cannot be read.
            TooMuch: too large.
        """
        name = PurePath(name.replace("\\", "/")).name[-120:] or self.unnamed
        format_of(name)
        self._clear()
        key = secrets.token_hex(8)
        path = self.folder(key) / name
        path.parent.mkdir(parents=True, mode=self.mode)
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        check_size(name, path.stat().st_size, self.most_bytes)
        return key, name

    def save(self, key: str, known: dict[str, Any]) -> None:
        """Write what is known of a file, whole or not at all: a page reads while a job writes."""
        part = self.folder(key) / f"{self.record}.part"
        part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        part.replace(self._record(key))

    def find(self, key: str) -> dict[str, Any] | None:
        """What is known of the file of that key; None where there is none, or it was cleared away."""
        path = self._record(key)
        return _read(path) if _KEY.fullmatch(key) and path.is_file() else None

    def recent(self, count: int) -> list[dict[str, Any]]:
        """What is known of the newest files."""
        records = self.folder("").glob(f"*/{self.record}.json")
        return [_read(p) for p in sorted(records, key=lambda p: p.stat().st_mtime, reverse=True)[:count]]

    def _record(self, key: str) -> Path:
        return self.folder(key) / f"{self.record}.json"

    def _clear(self) -> None:
        for folder in self.folder("").glob("*"):
            if time.time() - folder.stat().st_mtime > KEEP_S:
                shutil.rmtree(folder, ignore_errors=True)


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))
