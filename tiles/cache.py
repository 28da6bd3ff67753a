"""Finished tiles kept in memory, gzipped, bounded by their bytes: what was drawn once for a data version is not drawn again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from tiles.mvt import Key

#: Bytes of gzipped tiles one process keeps: some thousands of full tiles of a city, tens of thousands of usual ones.
BYTES: Final = 32 * 1024 * 1024
#: What a kept tile costs beside its bytes: its key and its place in the order.
_EACH: Final = 300


class TileCache:
    """Gzipped tiles of the newest data version that was asked for; the least recently used one goes first.

    A tile of another data version is never given: when the version rises, all that was kept is dropped.
    """

    def __init__(self, limit_bytes: int = BYTES) -> None:
        self._limit = limit_bytes
        self._lock = threading.Lock()
        self._version = -1
        self._bytes = 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()

    @property
    def size_bytes(self) -> int:
        """Bytes held now; never over the limit."""
        return self._bytes

    def get(self, version: int, key: Key) -> bytes | None:
        """The gzipped tile of this data version (``b""`` for one where nothing is drawn), or None when unknown."""
        with self._lock:
            if version != self._version or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, version: int, key: Key, tile: bytes) -> None:
        """Keep a tile that was drawn from this data version; one of an older version is not kept."""
        with self._lock:
            if version < self._version or len(tile) + _EACH > self._limit:
                return
            if version > self._version:
                self._kept.clear()
                self._version, self._bytes = version, 0
            self._bytes -= self._cost(self._kept.pop(key, None))
            self._kept[key] = tile
            self._bytes += self._cost(tile)
            while self._bytes > self._limit:
                self._bytes -= self._cost(self._kept.popitem(last=False)[1])

    @staticmethod
    def _cost(tile: bytes | None) -> int:
        return 0 if tile is None else len(tile) + _EACH
