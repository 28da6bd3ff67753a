"""Two lists of sites matched row by row: by name, then by likeness, then by place. Pure and deterministic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from geo.network import Plane

LIKE = 82.0
"""Two names in one township that are so alike (rapidfuzz ratio) may be one site."""
NEAR_M = 150.0
_GENERIC = re.compile(r"(公益性|生态|骨灰)?(公墓|墓地|陵园|墓园|墓区|纪念堂|安息堂|集中埋葬点|安放点|堂|点)$")
_MARKS = re.compile(r"[\s·,，.。()（）\-—“”\"']")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of a ledger; ``number`` counts as a person does."""

    number: int
    name: str
    town: str = ""
    village: str = ""
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    land: str = ""
    price: str = ""
    upkeep: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a row or a pair of rows: every row of both ledgers stands in exactly one match."""

    one: LedgerRow | None
    other: LedgerRow | None
    state: str
    reason: str


def match(one: Sequence[LedgerRow], other: Sequence[LedgerRow]) -> list[Match]:
    """Pair the rows of two ledgers.

    Same name in the same township is one site: 一致, or 类别不同 when the ledgers put it into different categories. A like name
    in the same township, or another name at the same place, is 疑似同处 and needs a person. What is left stands in one ledger only.
    """
    left, right = list(one), list(other)
    pairs = _by_key(left, right)
    pairs += [(a, b, *_suspected(a, b)) for a, b in _by_likeness(left, right)]
    pairs += [(a, b, "疑似同处", f"名称不同、相距不到 {NEAR_M:.0f} 米") for a, b in _by_place(left, right)]
    found = [Match(a, b, state, reason) for a, b, state, reason in pairs]
    found += [Match(a, None, "仅台账一", "台账二没有同名、相近或同位置的点") for a in left]
    found += [Match(None, b, "仅台账二", "台账一没有同名、相近或同位置的点") for b in right]
    return sorted(found, key=lambda m: (m.one.number if m.one else 10**9, m.other.number if m.other else 0))


def core(name: str) -> str:
    """A name without marks and generic term: 后岙村公墓 and 后岙公益性墓地 are both 后岙."""
    plain = _MARKS.sub("", name)
    short = _GENERIC.sub("", plain)
    return short.removesuffix("村") or plain


def _by_key(left: list[LedgerRow], right: list[LedgerRow]) -> list[tuple[LedgerRow, LedgerRow, str, str]]:
    held: dict[tuple[str, str], list[LedgerRow]] = {}
    for row in right:
        held.setdefault((_MARKS.sub("", row.name), row.town), []).append(row)
    pairs = []
    for row in list(left):
        same = held.get((_MARKS.sub("", row.name), row.town))
        if not same:
            continue
        best = min(same, key=lambda b: (b.village != row.village, b.category != row.category, b.number))
        same.remove(best)
        left.remove(row)
        right.remove(best)
        alike = row.category == best.category
        reason = "名称、镇街相同" if alike else f"名称、镇街相同，类别由“{row.category}”变为“{best.category}”"
        pairs.append((row, best, "一致" if alike else "类别不同", reason))
    return pairs


def _by_likeness(left: list[LedgerRow], right: list[LedgerRow]) -> list[tuple[LedgerRow, LedgerRow]]:
    scored = [
        (-fuzz.ratio(core(a.name), core(b.name)), a.number, b.number, a, b)
        for a in left for b in right if a.town == b.town
    ]  # fmt: skip
    return _taken(
        [(a, b) for score, _, _, a, b in sorted(scored, key=lambda s: s[:3]) if -score >= LIKE], left, right
    )


def _suspected(a: LedgerRow, b: LedgerRow) -> tuple[str, str]:
    return "疑似同处", f"同在{a.town}，名称相近：“{a.name}”与“{b.name}”"


def _by_place(left: list[LedgerRow], right: list[LedgerRow]) -> list[tuple[LedgerRow, LedgerRow]]:
    ours, theirs = [r for r in left if r.lon is not None], [r for r in right if r.lon is not None]
    if not ours or not theirs:
        return []
    at = np.array([[r.lon, r.lat] for r in ours], dtype=np.float64)
    plane = Plane.about(at)
    here, there = (
        plane.to_metres(at),
        plane.to_metres(np.array([[r.lon, r.lat] for r in theirs], dtype=np.float64)),
    )
    apart = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    order = sorted((float(apart[i, j]), i, j) for i, j in zip(*np.nonzero(apart <= NEAR_M), strict=True))
    return _taken([(ours[i], theirs[j]) for _, i, j in order], left, right)


def _taken(
    wanted: list[tuple[LedgerRow, LedgerRow]], left: list[LedgerRow], right: list[LedgerRow]
) -> list[tuple[LedgerRow, LedgerRow]]:
    """The pairs in order, each row once; taken rows leave their lists."""
    pairs = []
    for a, b in wanted:
        if a in left and b in right:
            left.remove(a)
            right.remove(b)
            pairs.append((a, b))
    return pairs
