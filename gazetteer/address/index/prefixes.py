"""Sorted keys for completion while typing: characters, pinyin, initials, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from gazetteer.address.index.strings import bytes_sections
from gazetteer.address.matching.keys import first_reading, fold

Arrays = dict[str, np.ndarray[Any, Any]]


def prefix_sections(names: Sequence[str], targets: Sequence[int], weights: Sequence[int]) -> Arrays:
    """Every name under its characters, full pinyin and initials, sorted as bytes."""
    keyed: list[tuple[bytes, int]] = []
    for number, name in enumerate(names):
        keyed.extend((key, number) for key in prefix_keys(name))
    keyed.sort()
    own = np.fromiter((n for _, n in keyed), "<i8", count=len(keyed))
    return {
        **bytes_sections("prefix", [k for k, _ in keyed]),
        "prefix.target": np.asarray(targets, "<u4")[own] if len(own) else np.zeros(0, "<u4"),
        "prefix.weight": np.asarray(weights, "<u4")[own] if len(own) else np.zeros(0, "<u4"),
    }


def merged_prefixes(parts: Sequence[tuple[Arrays, np.ndarray[Any, Any]]]) -> Arrays:
    """Several sorted lists as one; of equal keys those of the earlier part first.

    Args:
        parts: the sections of each part, and its targets as they are called in the whole.
    """
    keys: list[bytes] = []
    for sections, _ in parts:
        at, text = sections["prefix.at"].tolist(), sections["prefix.text"].tobytes()
        keys.extend(text[a:b] for a, b in pairwise(at))
    # Python's sort finds the sorted runs and merges them.
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), "<i8")
    return {
        **bytes_sections("prefix", [keys[n] for n in order]),
        "prefix.target": np.concatenate([targets for _, targets in parts])[order],
        "prefix.weight": np.concatenate([sections["prefix.weight"] for sections, _ in parts])[order],
    }


def prefix_keys(name: str) -> set[bytes]:
    """横街路 -> 横街路, hengjielu, hjl."""
    key = fold(name)
    if not key:
        return set()
    syllables = [first_reading(c) for c in key]
    return {
        key.encode("utf-8", "replace"),
        "".join(syllables).encode(),
        "".join(s[0] for s in syllables).encode(),
    }
