"""The inverted index of names: two-character pieces of estates, buildings, shops, offices, villages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gazetteer.address.matching.keys import fold

Arrays = dict[str, np.ndarray[Any, Any]]


def pieces(name: str) -> np.ndarray[Any, Any]:
    """The distinct two-character pieces of a folded name as numbers."""
    points = np.frombuffer(name.encode("utf-32-le", "replace"), "<u4") & 0xFFFF
    return np.unique((points[:-1] << 16) | points[1:])


def name_sections(names: Sequence[str], targets: Sequence[int]) -> Arrays:
    """Postings of names. ``targets[i]`` is what ``names[i]`` belongs to; equal folded names share one document."""
    documents: dict[str, list[int]] = {}
    for name, target in zip(names, targets, strict=True):
        key = fold(name)
        if len(key) >= 2:
            documents.setdefault(key, []).append(target)
    return document_sections(documents)


def document_sections(documents: dict[str, list[int]]) -> Arrays:
    """Postings of folded names with all that bears each."""
    at = np.zeros(len(documents) + 1, "<u4")
    np.cumsum([len(t) for t in documents.values()], out=at[1:])
    flat = np.fromiter((t for ts in documents.values() for t in ts), "<u4", count=int(at[-1]))
    return {"name.target": flat, "name.targets": at, **_texts(list(documents)), **_postings(list(documents))}


def _texts(documents: list[str]) -> Arrays:
    from gazetteer.address.index.strings import pool_sections

    return pool_sections("name", documents)


def _postings(documents: list[str]) -> Arrays:
    points = np.frombuffer("".join(documents).encode("utf-32-le", "replace"), "<u4") & 0xFFFF
    lengths = np.fromiter(map(len, documents), "<i8", count=len(documents))
    owner = np.repeat(np.arange(len(documents), dtype="<u4"), lengths)
    inside = owner[:-1] == owner[1:] if len(owner) else np.zeros(0, bool)
    gram = ((points[:-1] << np.uint32(16)) | points[1:])[inside] if len(points) else np.zeros(0, "<u4")
    pairs = np.unique(
        (gram.astype("<u8") << np.uint64(32)) | owner[:-1][inside] if len(owner) else gram.astype("<u8")
    )
    grams, first = np.unique((pairs >> np.uint64(32)).astype("<u4"), return_index=True)
    ends = np.append(first, len(pairs)).astype("<u4")
    return {
        "name.gram": grams, "name.gram_at": ends, "name.posting": (pairs & np.uint64(0xFFFFFFFF)).astype("<u4")
    }  # fmt: skip
