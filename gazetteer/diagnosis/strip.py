"""The strip picture of a road (门牌条带图): both sides along the chainage, numbers, reserve and faults, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from gazetteer.numbering.ground import Ground
from gazetteer.numbering.model import LEFT, SIDES, Standing
from gazetteer.numbering.roadline import COMPASS

_ROAD_Y, _GAP, _HEIGHT, _LEFT = 80, 22, 168, 64
_LEAST_PX = 26.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault to be shown on the strip: kinds by address code, and places without a door."""

    by_address: Mapping[str, Sequence[str]]
    places: Sequence[tuple[str, float, int]] = ()


def strip(ground: Ground, mark: Mark, chosen: str = "") -> str:
    """The picture: left side above the road, right side below, the beginning at the left edge.

    Faulty doors are red squares with the kind beside them, doors in order blue dots, reserved numbers hollow.
    """
    doors = sorted((s for s in ground.standing if s.along_m is not None), key=lambda s: s.along_m or 0.0)
    length = ground.line.length_m
    scale = max(min(12.0, _crowd(doors)), 700 / max(length, 1.0))
    scale = min(scale, 16_000 / max(length, 1.0))
    width = _LEFT + length * scale + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{_HEIGHT}" viewBox="0 0 {width:.0f} {_HEIGHT}" '
        f'role="img" aria-label="{escape(ground.name)}门牌条带图" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif">',
        f'<rect x="{_LEFT}" y="{_ROAD_Y - 8}" width="{length * scale:.1f}" height="16" fill="#D9DFE6"/>',
        f'<text x="4" y="{_ROAD_Y + 4}" font-size="12" fill="#5B6673">{COMPASS[ground.line.start]}端起</text>',
        f'<text x="4" y="{_ROAD_Y - _GAP - 8}" font-size="12" fill="#5B6673">{SIDES[LEFT]}</text>',
        f'<text x="4" y="{_ROAD_Y + _GAP + 16}" font-size="12" fill="#5B6673">{SIDES[-LEFT]}</text>',
    ]
    parts += _ticks(length, scale)
    parts += [
        _door(s, scale, mark.by_address.get(s.code, ()), s.code == chosen and bool(chosen)) for s in doors
    ]
    parts += [_place(kind, along, side, scale) for kind, along, side in mark.places]
    return "".join([*parts, "</svg>"])


def _crowd(doors: Sequence[Standing]) -> float:
    """Pixels a metre at which neighbouring numbers of a side mostly do not cover each other."""
    gaps = []
    for side in (1, -1):
        along = [s.along_m or 0.0 for s in doors if s.side == side]
        gaps += [b - a for a, b in pairwise(along) if b - a > 0.5]
    gaps.sort()
    return _LEAST_PX / gaps[len(gaps) // 4] if gaps else 1.0


def _ticks(length: float, scale: float) -> list[str]:
    step = next(s for s in (10, 20, 50, 100, 200, 500, 1000, 10**9) if s * scale >= 60)
    return [
        f'<text x="{_LEFT + at * scale:.1f}" y="{_ROAD_Y + 4}" font-size="10" fill="#5B6673" text-anchor="middle">{at}米</text>'
        for at in range(step, int(length) + 1, step)
    ]


def _door(s: Standing, scale: float, kinds: Sequence[str], chosen: bool) -> str:
    x = _LEFT + (s.along_m or 0.0) * scale
    up = s.side == LEFT
    y = _ROAD_Y - _GAP if up else _ROAD_Y + _GAP
    label = f"{s.number}-{s.sub}" if s.sub else str(s.number)
    colour = "#B3261E" if kinds else "#0B4F9E"
    shape = (
        f'<rect x="{x - 5:.1f}" y="{y - 5}" width="10" height="10" fill="{colour}"/>' if kinds
        else f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="{"#fff" if s.reserved else colour}" stroke="{colour}"/>'
    )  # fmt: skip
    ring = (
        f'<circle cx="{x:.1f}" cy="{y}" r="10" fill="none" stroke="#B3261E" stroke-width="2"/>'
        if chosen
        else ""
    )
    text_y = y - 10 if up else y + 20
    more = (
        f'<text x="{x:.1f}" y="{text_y - 12 if up else text_y + 12}" font-size="10" fill="{colour}" text-anchor="middle">{"、".join(kinds)}</text>'
        if kinds
        else ""
    )
    return f'{shape}{ring}<text x="{x:.1f}" y="{text_y}" font-size="12" fill="#1B2430" text-anchor="middle">{label}</text>{more}'


def _place(kind: str, along: float, side: int, scale: float) -> str:
    x, y = _LEFT + along * scale, _ROAD_Y - _GAP if side == LEFT else _ROAD_Y + _GAP
    return f'<text x="{x:.1f}" y="{y + 4}" font-size="11" fill="#B3261E" text-anchor="middle">{kind}</text>'
