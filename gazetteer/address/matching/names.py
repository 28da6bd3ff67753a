"""Names of estates, buildings, shops and offices found by their two-character pieces, rarest first."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from gazetteer.address.index.names import pieces
from gazetteer.address.index.reader import Index
from gazetteer.address.index.strings import Pool

_RARE_ENOUGH = 4000
_PIECES_USED = 8
_VERIFIED = 24


class Named(NamedTuple):
    """A registered name like the one asked: its targets, how alike (0-1), the name."""

    targets: tuple[int, ...]
    likeness: float
    name: str


class NameFinder:
    """Searches the names of one index."""

    def __init__(self, index: Index) -> None:
        array = index.container.array
        self._gram, self._gram_at, self._posting = (
            array("name.gram"),
            array("name.gram_at"),
            array("name.posting"),
        )
        self._names = Pool(index.container, "name")
        self._targets, self._target_at = (
            index.container.view("name.target"),
            index.container.view("name.targets"),
        )
        self.find = lru_cache(maxsize=4000)(self._find)

    def _find(self, asked: str, limit: int = 5) -> tuple[Named, ...]:
        """Registered names most like a folded text, best first; empty when nothing shares enough with it."""
        if len(asked) < 2 or not len(self._gram):
            return ()
        documents = self._shortlist(asked)
        found = [Named(self._of(d), self._likeness(asked, self._names[d]), self._names[d]) for d in documents]
        found.sort(key=lambda n: -n.likeness)
        return tuple(n for n in found[:limit] if n.likeness > 0.3)

    def _of(self, document: int) -> tuple[int, ...]:
        return tuple(self._targets[self._target_at[document] : self._target_at[document + 1]])

    def _shortlist(self, asked: str) -> list[int]:
        """Documents that share the rarest pieces, weighted by rarity."""
        grams = pieces(asked)
        at = np.searchsorted(self._gram, grams)
        at = at[(at < len(self._gram))]
        at = at[np.isin(self._gram[at], grams)]
        start, end = self._gram_at[at].astype(np.int64), self._gram_at[at + 1].astype(np.int64)
        size = end - start
        order = np.argsort(size)[:_PIECES_USED]
        lists: list[np.ndarray[Any, Any]] = []
        weights: list[np.ndarray[Any, Any]] = []
        for i in order:
            if lists and size[i] > _RARE_ENOUGH:
                break
            lists.append(self._posting[start[i] : end[i]])
            weights.append(np.full(size[i], 1.0 / math.log2(2 + size[i])))
        if not lists:
            return []
        documents, inverse = np.unique(np.concatenate(lists), return_inverse=True)
        total = np.bincount(inverse, np.concatenate(weights))
        keep = min(_VERIFIED, len(total))
        return [int(d) for d in documents[np.argsort(-total, kind="stable")[:keep]]]

    def _likeness(self, asked: str, name: str) -> float:
        """1 for the same text; near 1 when one holds the other whole; else by common characters in order."""
        if asked == name:
            return 1.0
        short, long = sorted((asked, name), key=len)
        if long.startswith(short) or long.endswith(short):
            return 0.9 + 0.09 * len(short) / len(long)
        if short in long:
            return 0.85 + 0.1 * len(short) / len(long)
        return 0.95 * float(Indel.normalized_similarity(asked, name))
