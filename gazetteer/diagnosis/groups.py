"""Sorting columns into groups, and the longest rising run of numbers (最长上升子序列)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def groups(*keys: Ints) -> Iterator[Ints]:
    """Row numbers of each group of equal keys, in the order of the keys; within a group in the order given."""
    if not len(keys[0]):
        return
    order = np.lexsort(keys[::-1])
    change = np.zeros(len(order), dtype=bool)
    for key in keys:
        change[1:] |= key[order][1:] != key[order][:-1]
    yield from np.split(order, np.flatnonzero(change))


def longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest run that never falls; O(n log n)."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        place = bisect_right(tails, value)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            at.append(position)
        else:
            tails[place], at[place] = value, position
    run, position = [], at[-1] if at else -1
    while position >= 0:
        run.append(position)
        position = before[position]
    return run[::-1]


def runs(numbers: Sequence[int], step: int) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of sorted numbers that rise by ``step``."""
    if not len(numbers):
        return
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + step:
            yield first, last
            first = number
        last = number
    yield first, last
