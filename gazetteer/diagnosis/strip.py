"""The strip picture of a road (门牌条带图): both sides along the chainage, numbers, reserve and faults, as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from gazetteer.numbering.ground import Ground
from gazetteer.numbering.model import LEFT, SIDES, Standing
from gazetteer.numbering.roadline import COMPASS

_ROAD_Y, _GAP, _HEIGHT, _LEFT = 96, 24, 192, 64
_ROW, _ROWS = 14, 3
_LEAST_PX = 26.0
_INK, _MUTED, _BLUE, _RED, _AMBER = "#1B2430", "#5B6673", "#0B4F9E", "#B3261E", "#9A6700"
WORDS: Final[Mapping[str, str]] = {
    "D1": "缺号", "D2": "重号", "D3": "错边", "D4": "乱号", "D5": "号段外", "D6": "多牌", "D7": "未挂牌", "D8": "偏离",
    "D9": "旧路名", "D10": "自制",
}  # fmt: skip
"""Short enough to stand at a door."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Faults to be shown on the strip: kinds by address code; missing numbers as (first number, words)."""

    by_address: Mapping[str, Sequence[str]]
    missing: Sequence[tuple[int, str]] = ()


class _Labels:
    """Where labels of one side go: a row further out where the one before would be covered."""

    def __init__(self, y: int, outward: int) -> None:
        self._y, self._outward = y, outward
        self._rows: list[tuple[float, str]] = [(float("-inf"), "")] * _ROWS

    def at(self, x: float, said: str, size: int) -> float | None:
        """The baseline for a label in the middle of ``x``; None where it would cover others or say again what they say."""
        half = sum(size * (1.0 if c > "\u2e80" else 0.6) for c in said) / 2
        near = [words for end, words in self._rows if end + 2 > x - half]
        if said in near or len(near) == _ROWS:
            return None
        row = next(n for n, (end, _) in enumerate(self._rows) if end + 2 <= x - half)
        self._rows[row] = (x + half, said)
        first = self._y - 10 if self._outward < 0 else self._y + 20
        return first + self._outward * row * _ROW


def strip(ground: Ground, mark: Mark, chosen: str = "") -> str:
    """The picture: left side above the road, right side below, the beginning at the left edge.

    Doors in order are blue dots, reserved numbers hollow, doors without a plate amber diamonds, other faults red squares with
    their word, missing numbers red rings.
    """
    doors = sorted(
        (s for s in ground.standing if s.along_m is not None),
        key=lambda s: (s.along_m or 0.0, s.number, s.sub),
    )
    length = ground.line.length_m
    scale = max(min(12.0, _crowd(doors)), 700 / max(length, 1.0))
    scale = min(scale, 16_000 / max(length, 1.0))
    width = _LEFT + length * scale + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{_HEIGHT}" viewBox="0 0 {width:.0f} {_HEIGHT}" '
        f'role="img" aria-label="{escape(ground.name)}门牌条带图" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif">',
        f'<rect x="{_LEFT}" y="{_ROAD_Y - 8}" width="{length * scale:.1f}" height="16" fill="#D9DFE6"/>',
        *(_words(4, y, 12, said, _MUTED, "start") for y, said in (
            (_ROAD_Y + 4, f"{COMPASS[ground.line.start]}端起"), (_ROAD_Y - _GAP + 4, SIDES[LEFT]),
            (_ROAD_Y + _GAP + 4, SIDES[-LEFT]))),
        *(_words(_LEFT + at * scale, _ROAD_Y + 4, 10, f"{at}米", _MUTED) for at in _ticks(length, scale)),
    ]  # fmt: skip
    labels = {LEFT: _Labels(_ROAD_Y - _GAP, -1), -LEFT: _Labels(_ROAD_Y + _GAP, 1)}
    for at, draw in sorted(
        [*_of_doors(doors, mark, chosen), *_of_missing(doors, mark)], key=lambda one: one[0]
    ):
        parts += draw.svg(_LEFT + at * scale, labels)
    return "".join([*parts, "</svg>"])


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing at the road: its side, shape, number and the words of what is wrong."""

    side: int
    shape: str
    number: str
    wrong: str = ""
    ringed: bool = False

    def svg(self, x: float, labels: Mapping[int, _Labels]) -> Iterator[str]:
        """The shape, a ring where it is chosen, the label where there is room."""
        y = _ROAD_Y - _GAP if self.side == LEFT else _ROAD_Y + _GAP
        yield _SHAPES[self.shape].format(x=x, y=y, left=x - 5, top=y - 5)
        if self.ringed:
            yield f'<circle cx="{x:.1f}" cy="{y}" r="10" fill="none" stroke="{_RED}" stroke-width="2"/>'
        said = f"{self.number} {self.wrong}".strip()
        colour = _RED if self.wrong else _INK
        if (baseline := labels[self.side].at(x, said, 12)) is not None:
            yield _words(x, baseline, 12, said, colour)


_SHAPES: Final[Mapping[str, str]] = {
    "good": f'<circle cx="{{x:.1f}}" cy="{{y}}" r="4" fill="{_BLUE}"/>',
    "kept": f'<circle cx="{{x:.1f}}" cy="{{y}}" r="4" fill="#fff" stroke="{_BLUE}"/>',
    "bare": f'<rect x="{{left:.1f}}" y="{{top}}" width="8" height="8" fill="{_AMBER}" transform="rotate(45 {{x:.1f}} {{y}})"/>',
    "wrong": f'<rect x="{{left:.1f}}" y="{{top}}" width="10" height="10" fill="{_RED}"/>',
    "missing": f'<circle cx="{{x:.1f}}" cy="{{y}}" r="5" fill="#fff" stroke="{_RED}" stroke-dasharray="2 2"/>',
}


def _of_doors(doors: Sequence[Standing], mark: Mark, chosen: str) -> Iterator[tuple[float, _Sign]]:
    for s in doors:
        kinds = mark.by_address.get(s.code, ()) if s.code else ()
        # Doors that wait for their plate are many and nobody's mistake: they get a shape of their own and no words.
        faults = [kind for kind in dict.fromkeys(kinds) if kind != "D7"]
        shape = "wrong" if faults else "bare" if kinds else "kept" if s.reserved else "good"
        number = f"{s.number}-{s.sub}" if s.sub else str(s.number)
        wrong = "、".join(WORDS[kind] for kind in faults)
        yield s.along_m or 0.0, _Sign(s.side or LEFT, shape, number, wrong, bool(chosen) and s.code == chosen)


def _of_missing(doors: Sequence[Standing], mark: Mark) -> Iterator[tuple[float, _Sign]]:
    """Missing numbers half way between their neighbours of the same parity, those before the first between it and the beginning."""
    for number, said in mark.missing:
        same = [s for s in doors if s.number % 2 == number % 2]
        sides = Counter(s.side or LEFT for s in same)
        before = max((s for s in same if s.number < number), key=lambda s: s.number, default=None)
        after = min((s for s in same if s.number > number), key=lambda s: s.number, default=None)
        if after is None:
            continue
        if before is None:
            after = min(same, key=lambda s: s.along_m or 0.0)
        along = ((before.along_m or 0.0 if before else 0.0) + (after.along_m or 0.0)) / 2
        yield along, _Sign(sides.most_common(1)[0][0], "missing", "", f"缺{said}")


def _crowd(doors: Sequence[Standing]) -> float:
    """Pixels a metre at which neighbouring numbers of a side mostly do not cover each other."""
    gaps = []
    for side in (1, -1):
        along = [s.along_m or 0.0 for s in doors if s.side == side]
        gaps += [b - a for a, b in pairwise(along) if b - a > 0.5]
    gaps.sort()
    return _LEAST_PX / gaps[len(gaps) // 4] if gaps else 1.0


def _ticks(length: float, scale: float) -> range:
    step = next(s for s in (10, 20, 50, 100, 200, 500, 1000, 10**9) if s * scale >= 60)
    return range(step, int(length) + 1, step)


def _words(x: float, y: float, size: int, said: str, colour: str, anchor: str = "middle") -> str:
    return (f'<text x="{x:.1f}" y="{y:.0f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}">'
            f"{escape(said)}</text>")  # fmt: skip
