"""Names that the labelled addresses themselves show (学得的名称): 翡翠城 is an estate, 顾家桥 a community.

A name helps only where it is met again, so while fitting, an address does not see the names that it alone has.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable

_NAMED = frozenset(
    ("town", "community", "comm", "road", "subroad", "natvil", "poi", "subpoi", "estate", "devzone", "assist")
)
_LONGEST = 14
Span = tuple[str, int, int]


class LearntNames:
    """How often each name carries each label; the longest name at a place is what a token is told."""

    def __init__(self, counts: dict[str, dict[str, int]] | None = None) -> None:
        self._counts: dict[str, Counter[str]] = {k: Counter(v) for k, v in (counts or {}).items()}
        self._lengths: dict[str, int] = {}
        for name in self._counts:
            self._note(name)

    def __len__(self) -> int:
        return len(self._counts)

    @classmethod
    def of(cls, examples: Iterable[tuple[str, tuple[Span, ...]]]) -> LearntNames:
        """The names of labelled addresses: texts with spans of label, start, end."""
        names = cls()
        for text, spans in examples:
            for label, name in _names(text, spans):
                names._counts.setdefault(name, Counter())[label] += 1
                names._note(name)
        return names

    def marks(self, text: str, own: tuple[Span, ...] = ()) -> list[str]:
        """For each character the label of the name over it and its place in the name; ``-`` where none is.

        ``own``: the spans of this very address while fitting, which do not count.
        """
        mine = Counter(_names(text, own))
        found, at = ["-"] * len(text), 0
        while at < len(text) - 1:
            hit = self._at(text, at, mine)
            if hit is None:
                at += 1
                continue
            end, label = hit
            found[at:end] = [f"{label}B", *[f"{label}I"] * (end - at - 2), f"{label}E"]
            at = end
        return found

    def _at(self, text: str, at: int, mine: Counter[tuple[str, str]]) -> tuple[int, str] | None:
        """End and commonest label of the longest name that begins at a character."""
        mask = self._lengths.get(text[at : at + 2], 0)
        for length in range(min(mask.bit_length() - 1, len(text) - at), 1, -1):
            counts = self._counts.get(text[at : at + length]) if mask >> length & 1 else None
            if counts is None:
                continue
            name = text[at : at + length]
            left = {k: n - mine[k, name] for k, n in counts.items()} if mine else counts
            label, count = max(left.items(), key=lambda item: (item[1], item[0]))
            if count > 0:
                return at + length, label
        return None

    def _note(self, name: str) -> None:
        self._lengths[name[:2]] = self._lengths.get(name[:2], 0) | 1 << len(name)

    def packed(self) -> bytes:
        """The names as bytes; the same names give the same bytes."""
        ordered = {k: dict(sorted(self._counts[k].items())) for k in sorted(self._counts)}
        return zlib.compress(json.dumps(ordered, ensure_ascii=False).encode())

    @classmethod
    def unpacked(cls, data: bytes) -> LearntNames:
        """The names that :meth:`packed` wrote."""
        return cls(json.loads(zlib.decompress(data)))


def _names(text: str, spans: tuple[Span, ...]) -> list[tuple[str, str]]:
    """Label and words of the spans that are names."""
    return [
        (label, text[start:end])
        for label, start, end in spans
        if label in _NAMED and 2 <= end - start <= _LONGEST and not text[start:end].isdigit()
    ]
