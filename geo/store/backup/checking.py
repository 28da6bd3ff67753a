"""Read a backup again, every byte, before anything is believed."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import ValidationError

from geo.problems import BadFile
from geo.store.backup.manifest import DUMP, FORMAT, NAME, Manifest

_CHUNK: Final = 2**20
_MOST_MANIFEST: Final = 256 * 2**20
_OTHER: Final = "请换一份备份；损坏的备份不要删除，留给维护人员查看"


def check(source: Path) -> Manifest:
    """Compare every member with the manifest and give it.

    Raises:
        BadFile: not a backup of ours, of an unknown layout, cut short, changed, or with something missing.
    """
    with opened(source) as (archive, manifest):
        wanted = {member.path: member for member in manifest.members}
        for entry in archive:
            if entry.name == NAME:
                continue
            member = wanted.pop(entry.name, None)
            if member is None or not entry.isreg() or not safe(entry.name):
                raise BadFile(f"备份里有清单之外的内容：{entry.name}", _OTHER)
            if entry.size != member.size or _digest(archive, entry) != member.sha256:
                raise BadFile(f"备份里的 {entry.name} 已损坏", _OTHER)
        if wanted:
            raise BadFile(f"备份里缺少 {min(wanted)}", _OTHER)
        if DUMP not in {member.path for member in manifest.members}:
            raise BadFile("备份里没有数据库", _OTHER)
    return manifest


@contextmanager
def opened(source: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """The file as an archive with its manifest read.

    Raises:
        BadFile: it cannot be read as a backup, at the beginning or while it is being read.
    """
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive, _manifest(archive)
    except FileNotFoundError as error:
        raise BadFile(f"没有文件 {source}", "请核对路径") from error
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BadFile(f"{source} 不是备份文件，或者已损坏", _OTHER) from error


def safe(name: str) -> bool:
    """Whether a member's path stays inside the folder it is unpacked to."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    if first is None or first.name != NAME or first.size > _MOST_MANIFEST:
        raise BadFile("这不是本系统的备份文件", _OTHER)
    file = archive.extractfile(first)
    try:
        manifest = Manifest.model_validate_json(file.read() if file else b"")
    except ValidationError as error:
        raise BadFile("备份清单已损坏", _OTHER) from error
    if manifest.format != FORMAT:
        raise BadFile(f"备份的格式版本是 {manifest.format}，本程序只认 {FORMAT}", "请用制作它的程序版本恢复")
    return manifest


def _digest(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> str:
    file = archive.extractfile(entry)
    whole = hashlib.sha256()
    while file and (chunk := file.read(_CHUNK)):
        whole.update(chunk)
    return whole.hexdigest()
