"""Text in the index: UTF-8 pools with offsets, so that a million names are two flat arrays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from gazetteer.address.index.container import Container


class PoolBuilder:
    """Collects distinct strings; the empty string is always number 0."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        """The number of a string, the same for the same string."""
        return self._ids.setdefault(text, len(self._ids))

    def texts(self) -> list[str]:
        """All strings, each at its number."""
        return list(self._ids)

    def sections(self, name: str) -> dict[str, np.ndarray[Any, Any]]:
        """The two sections ``name.text`` and ``name.at``."""
        return pool_sections(name, self._ids)


def pool_sections(name: str, texts: Iterable[str]) -> dict[str, np.ndarray[Any, Any]]:
    """Flat UTF-8 and offsets of strings in the order given."""
    return bytes_sections(name, [text.encode("utf-8", "replace") for text in texts])


def bytes_sections(name: str, parts: list[bytes]) -> dict[str, np.ndarray[Any, Any]]:
    """Flat bytes and offsets of byte strings in the order given."""
    at = np.zeros(len(parts) + 1, dtype="<u4")
    np.cumsum(np.fromiter(map(len, parts), dtype="<u4", count=len(parts)), out=at[1:])
    return {f"{name}.text": np.frombuffer(b"".join(parts), dtype="u1"), f"{name}.at": at}


class Pool:
    """Reads one string by its number."""

    def __init__(self, container: Container, name: str) -> None:
        self._text = container.view(f"{name}.text")
        self._at = container.view(f"{name}.at")

    def __len__(self) -> int:
        return len(self._at) - 1

    def raw(self, number: int) -> bytes:
        """The UTF-8 of string ``number``."""
        return bytes(self._text[self._at[number] : self._at[number + 1]])

    def __getitem__(self, number: int) -> str:
        return str(self._text[self._at[number] : self._at[number + 1]], "utf-8")
