"""The reliability diagram as a small SVG: what was said against what came true, on scales that open up near certainty."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.calibration import Class

_SIDE, _LEFT, _TOP = 300, 52, 16
_TICKS = (0.05, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.999)
_COLOURS = ("#1f5fa8", "#c0561a")


def _at(share: float) -> float:
    """Where a probability stands on the scale, 0 to 1: by its log-odds, so that 0.99 and 0.999 stand apart."""
    low, high = _odds(0.02), _odds(0.9995)
    return (_odds(min(0.9995, max(0.02, share))) - low) / (high - low)


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def draw(path: Path, series: Mapping[str, Sequence[Class]]) -> None:
    """Write the diagram: one line of points a set, the diagonal for perfect calibration, larger points for more answers."""
    parts = [*_frame()]
    for (name, classes), colour in zip(series.items(), _COLOURS, strict=False):
        points = [(_LEFT + _at(c.said) * _SIDE, _TOP + (1 - _at(c.right)) * _SIDE, c.count) for c in classes]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + math.log10(n):.1f}" fill="{colour}"><title>{name}: {n}</title></circle>'
            for x, y, n in points
        ]
        parts.append(_text(_LEFT + 10, _TOP + 16 + 16 * list(series).index(name), name, colour, "start"))
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _SIDE + 16} {_TOP + _SIDE + 44}" '
        f'font-family="sans-serif" font-size="11">{"".join(parts)}</svg>\n',
        encoding="utf-8",
    )


def _frame() -> list[str]:
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    parts = [
        f'<rect width="100%" height="100%" fill="#fff"/><rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" '
        'fill="none" stroke="#999"/>',
        f'<line x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{_TOP}" stroke="#bbb" stroke-dasharray="4 3"/>',
        _text((_LEFT + right) / 2, bottom + 34, "confidence said", "#333", "middle"),
        f'<g transform="rotate(-90 12 {(_TOP + bottom) / 2})">'
        f"{_text(12, (_TOP + bottom) / 2, 'share that was right', '#333', 'middle')}</g>",
    ]
    for tick in _TICKS:
        x, y = _LEFT + _at(tick) * _SIDE, _TOP + (1 - _at(tick)) * _SIDE
        parts += [
            _text(x, bottom + 15, f"{tick:g}", "#555", "middle"),
            _text(_LEFT - 5, y + 4, f"{tick:g}", "#555", "end"),
        ]
        parts.append(f'<path d="M{x:.1f} {bottom}v-4M{_LEFT} {y:.1f}h4" stroke="#999"/>')
    return parts


def _text(x: float, y: float, words: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{words}</text>'
