"""The file itself: a header, a table of contents and aligned numpy sections, mapped and never copied."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from geo.problems import BadInput, NotFound

MAGIC = b"DIMINGIX"
VERSION = 4
_HEADER = struct.Struct("<8sIQ")
_ALIGN = 64


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index file holds and how fresh it is; read without touching the data."""

    path: str
    version: int
    size_bytes: int
    checksum: str
    counts: Mapping[str, int] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


def write_container(
    path: Path,
    sections: Mapping[str, np.ndarray[Any, Any]],
    counts: Mapping[str, int],
    meta: Mapping[str, str],
) -> IndexInfo:
    """Write the sections beside ``path`` and rename: a reader sees the old file or the new one, never half."""
    table, digest = _layout(sections)
    head = {"sections": table, "counts": dict(counts), "meta": dict(meta), "checksum": digest}
    body = json.dumps(head, ensure_ascii=False).encode()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as out:
        out.write(_HEADER.pack(MAGIC, VERSION, len(body)) + body)
        start = _aligned(_HEADER.size + len(body))
        for name, (offset, _, _) in table.items():
            out.seek(start + offset)
            out.write(np.ascontiguousarray(sections[name]).tobytes())
        out.truncate(max(out.tell(), start))
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    return IndexInfo(str(path), VERSION, path.stat().st_size, digest, dict(counts), dict(meta))


def _layout(sections: Mapping[str, np.ndarray[Any, Any]]) -> tuple[dict[str, tuple[int, int, str]], str]:
    table: dict[str, tuple[int, int, str]] = {}
    digest, offset = hashlib.blake2b(digest_size=16), 0
    for name, array in sections.items():
        table[name] = (offset, array.nbytes, array.dtype.str)
        if array.nbytes:
            digest.update(np.ascontiguousarray(array).tobytes())
        offset = _aligned(offset + array.nbytes)
    return table, digest.hexdigest()


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN


class Container:
    """A mapped index file. Sections are numpy views (vectors) or memory views (single values, five times faster)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        head, start = _read_head(path)
        self._table: dict[str, list[Any]] = head["sections"]
        self._start = start
        self.info = IndexInfo(
            str(path), VERSION, path.stat().st_size, head["checksum"], head["counts"], head["meta"]
        )
        with path.open("rb") as f:
            self._map = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
        self._bytes = memoryview(self._map)
        self._complete()

    def _complete(self) -> None:
        end = max((self._start + o + n for o, n, _ in self._table.values() if n), default=self._start)
        if len(self._bytes) < end:
            raise BadInput(f"索引文件不完整:{self.path}", "请用 diming index build 重新生成")

    def array(self, name: str) -> np.ndarray[Any, Any]:
        """A section as a read-only vector over the mapped file."""
        offset, size, dtype = self._table[name]
        kind = np.dtype(dtype)
        return np.frombuffer(self._map, kind, size // kind.itemsize, self._start + offset)

    def view(self, name: str) -> memoryview:
        """A section for reading single values as Python numbers."""
        offset, size, dtype = self._table[name]
        part = self._bytes[self._start + offset : self._start + offset + size]
        return part.cast(np.dtype(dtype).char)

    def verify(self) -> bool:
        """Read everything and compare with the checksum (seconds for millions of doors)."""
        digest = hashlib.blake2b(digest_size=16)
        for part in self._parts():
            digest.update(part)
        return digest.hexdigest() == self.info.checksum

    def _parts(self) -> Iterator[memoryview]:
        for offset, size, _ in self._table.values():
            if size:
                yield self._bytes[self._start + offset : self._start + offset + size]


def _read_head(path: Path) -> tuple[dict[str, Any], int]:
    if not path.is_file():
        raise NotFound(f"没有地址索引:{path}", "请先用 diming index build 生成索引")
    with path.open("rb") as f:
        raw = f.read(_HEADER.size)
        magic, version, length = _HEADER.unpack(raw) if len(raw) == _HEADER.size else (b"", 0, 0)
        if magic != MAGIC or version != VERSION:
            raise BadInput(f"不是本版本的地址索引:{path}", "请用 diming index build 重新生成")
        body = f.read(length)
    try:
        head: dict[str, Any] = json.loads(body)
    except ValueError as error:
        raise BadInput(f"索引文件已损坏:{path}", "请用 diming index build 重新生成") from error
    return head, _aligned(_HEADER.size + length)
