"""Bytes of attachments, by their SHA-256 in the data folder: the same photo twice is one file.

A file is whole and on the disk before the row that names it is committed, so a crash leaves at most a file that no row
names, never a row without its file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from geo.problems import NotFound, Unavailable
from geo.settings import settings


def folder() -> Path:
    """Where the bytes lie; a backup takes it along."""
    return settings().home / "files"


def place(sha256: str) -> Path:
    """The path of the bytes with this digest."""
    return folder() / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """Keep bytes and give their SHA-256.

    Raises:
        Unavailable: the disk is full or cannot be written.
    """
    digest = hashlib.sha256(content).hexdigest()
    target = place(digest)
    if target.exists():
        return digest
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, content)
    except OSError as error:
        raise Unavailable("附件没有存下来：数据盘不能写入", "请管理员检查磁盘空间后重试") from error
    return digest


def fetch(sha256: str) -> bytes:
    """The bytes with this digest.

    Raises:
        NotFound: the file is missing or no longer what it was.
    """
    try:
        content = place(sha256).read_bytes()
    except OSError as error:
        raise NotFound("附件的文件不在了", "请管理员从备份恢复数据目录里的 files") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotFound("附件的文件已损坏", "请管理员从备份恢复数据目录里的 files")
    return content


def _write(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
