"""A file between its check and its writing (暂存): kept an hour for who brought it, so that it is not chosen twice."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from pathlib import Path, PurePath
from typing import Final

from geo.problems import BadInput
from geo.settings import settings

HOUR: Final = 3600
_KEY = re.compile(r"[0-9a-f]{32}$", re.ASCII)


def keep(name: str, content: bytes, *, who: str) -> str:
    """Keep a file and give its key; what was left lying for more than an hour goes."""
    folder = _folder()
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - HOUR:
            old.unlink(missing_ok=True)
    key = secrets.token_hex(16)
    place = folder / f"{key}-{_digest(who)}{PurePath(name).suffix.lower()}"
    place.touch(mode=0o600)
    place.write_bytes(content)
    return key


def kept(key: str, *, who: str) -> Path:
    """The file behind a key.

    Raises:
        BadInput: it is gone, or somebody else brought it.
    """
    found = list(_folder().glob(f"{key}-{_digest(who)}.*")) if _KEY.match(key) else []
    if not found:
        raise BadInput("检查过的文件已经不在了。", "请重新选择文件。", code="file.gone")
    return found[0]


def _folder() -> Path:
    folder = settings().home / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _digest(who: str) -> str:
    return hashlib.sha256(who.encode()).hexdigest()[:16]
