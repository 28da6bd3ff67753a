"""Look into a zip before anything unpacks it: bombs, lies about sizes, names that climb out of the folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from geo.files.limits import Limits
from geo.problems import BadFile, TooMuch

_MOST_MEMBERS = 5_000
_MOST_RATIO = 200  # real workbooks reach 10 to 60; deflate's own ceiling is 1032
_RATIO_FROM = 20_000_000
_CHUNK = 1 << 20


def check_zip(
    path: Path, bounds: Limits, watch: Callable[[str, bytes], None] | None = None
) -> list[zipfile.ZipInfo]:
    """The members of a zip that is safe to unpack.

    Sizes are counted by unpacking, because the directory of a crafted file lies. ``watch`` is shown every
    unpacked piece with the name of its member.

    Raises:
        BadInput: no zip, damaged, encrypted, or a member's name leads out of the folder.
        TooMuch: too many members, too much to unpack, or packed beyond what real files are (压缩炸弹).
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        raise _damaged(path.name) from None
    _check_members(path, members, bounds)
    with path.open("rb") as file:
        total = 0
        for member in members:
            seen = partial(watch, member.filename) if watch else None
            total += _true_size(file, member, bounds.unpacked_bytes - total, path.name, seen)
    return members


def unpacked(path: Path, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a checked member, piece by piece."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        raise _damaged(path.name) from None


def _check_members(path: Path, members: list[zipfile.ZipInfo], bounds: Limits) -> None:
    if len(members) > _MOST_MEMBERS:
        raise TooMuch(
            f"“{path.name}”里有 {len(members)} 个成员。",
            "请重新保存为普通的工作簿或压缩包。",
            code="file.zip-members",
        )
    size = path.stat().st_size
    if sum(member.compress_size for member in members) > size:
        raise _bomb(path.name)
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or "\x00" in member.filename or ":" in name.parts[0:1]:
            raise BadFile(
                f"“{path.name}”里有越出文件夹的成员名。", "请重新压缩后再上传。", code="file.zip-path"
            )
        if member.flag_bits & 1:
            raise BadFile(f"“{path.name}”设有密码。", "请取消密码后重新保存，再导入。", code="file.password")
        large = member.file_size > _RATIO_FROM
        if member.file_size > bounds.unpacked_bytes or (
            large and member.file_size > _MOST_RATIO * max(member.compress_size, 1)
        ):
            raise _bomb(path.name)


def _true_size(
    file: BinaryIO, member: zipfile.ZipInfo, most: int, name: str, watch: Callable[[bytes], None] | None
) -> int:
    """Bytes a member really unpacks to, counted without keeping them."""
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise BadFile(
            f"“{name}”用了不常见的压缩方法。", "请用表格软件重新保存后再导入。", code="file.zip-method"
        )
    _seek_content(file, member, name)
    left, total = member.compress_size, 0
    engine = zlib.decompressobj(-15)
    try:
        while left > 0 and not engine.eof:
            piece = file.read(min(_CHUNK, left))
            if not piece:
                raise _damaged(name)
            left -= len(piece)
            total += _drain(engine, piece, watch)
            if total > most or total > max(_RATIO_FROM, _MOST_RATIO * member.compress_size):
                raise _bomb(name)
    except zlib.error:
        raise _damaged(name) from None
    return total


def _drain(engine: zlib._Decompress, piece: bytes, watch: Callable[[bytes], None] | None) -> int:
    """Unpack one piece in bounded steps; gives the number of bytes."""
    total = 0
    while piece:
        plain = engine.decompress(piece, _CHUNK)
        total += len(plain)
        if watch:
            watch(plain)
        piece = engine.unconsumed_tail
    return total


def _seek_content(file: BinaryIO, member: zipfile.ZipInfo, name: str) -> None:
    file.seek(member.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise _damaged(name)
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(member.header_offset + 30 + skip)


def _damaged(name: str) -> BadFile:
    return BadFile(
        f"“{name}”不是完整的压缩格式文件，可能已损坏或未传完。", "请重新保存或重新上传。", code="file.damaged"
    )


def _bomb(name: str) -> TooMuch:
    return TooMuch(
        f"“{name}”解压后异常庞大，已拒绝读取。",
        "请用表格软件删去空白行列、另存后再导入。",
        code="file.zip-bomb",
    )
