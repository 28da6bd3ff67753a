"""The names of all counties that help to cut a text, looked up in the mapped head instead of held in memory."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from gazetteer.address.index.handles import KINDS
from gazetteer.address.index.reader import Index
from gazetteer.address.index.strings import Pool
from gazetteer.address.matching.keys import key64
from gazetteer.address.words.lexicon import NameKind


class Words:
    """Kinds of names by their spelling, from an index of many counties."""

    def __init__(self, index: Index) -> None:
        self._hash, self._kind = index.container.view("word.hash"), index.container.view("word.kind")
        self._own: dict[str, NameKind] = {}
        self.get = lru_cache(maxsize=100_000)(self._get)

    def __len__(self) -> int:
        return len(self._hash) + len(self._own)

    def _get(self, spelling: str) -> NameKind | None:
        wanted = key64("w", spelling)
        at = bisect_left(self._hash, wanted)
        if at < len(self._hash) and self._hash[at] == wanted:
            kind = KINDS[self._kind[at]]
            return "estate" if kind == "place" else kind  # type: ignore[return-value]
        return self._own.get(spelling)

    def setdefault(self, spelling: str, kind: NameKind) -> NameKind:
        """Take a name in, unless it is known."""
        known = self._get(spelling)
        if known is None:
            self._own[spelling] = known = kind
            self.get.cache_clear()
        return known


def words_of(index: Index) -> tuple[Words, dict[str, int]]:
    """The names, and the lengths of those that begin with two characters, one bit each."""
    heads, lengths = Pool(index.container, "word"), index.container.view("word.lengths")
    return Words(index), {heads[n]: lengths[n] for n in range(len(heads))}
