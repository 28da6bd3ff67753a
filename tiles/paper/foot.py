"""Under the map: scale bar with the scale in figures, north, legend, source, date, 审图号."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tiles.paper import drawing
from tiles.paper.formats import Frame, Paper
from tiles.paper.printed import Imprint

_WORDS: Final = {
    "快速路": "快速路",
    "主干道": "主干道",
    "次干道": "次干道",
    "支路": "支路",
    "乡道": "乡道",
    "": "巷弄",
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What the legend explains: kinds of points, classes of roads, what the area's own line and those inside are called."""

    kinds: Sequence[str]
    classes: Collection[str]
    edges: tuple[str, str] = ("", "")


def foot(paper: Paper, frame: Frame, scale: int, signs: Signs, imprint: Imprint) -> str:
    """Two lines: scale and legend above, what must be said below."""
    step = paper.step
    top = frame.top + frame.height + 6.5 * step
    left, right = frame.left, paper.width - frame.left
    bar, at = _bar(left, top + 1.5 * step, scale, step)
    said = f"来源：{imprint.source}　{imprint.date}　CGCS2000，高斯-克吕格投影　格网为索引格"
    line = top + 8 * step
    size = 2.3 * step
    return (
        bar
        + _north(at + 4 * step, top, step)
        + _legend(at + 12.5 * step, top + 1.5 * step, right, signs, step)
        + drawing.text(left, line, said, size, colour=drawing.MUTED)
        + drawing.text(right, line, imprint.review, size, anchor="end", weight=500)
    )


def _bar(x: float, y: float, scale: int, step: float) -> tuple[str, float]:
    """Four black and white pieces over a round length, and where what follows may begin."""
    most = 44 * step * scale / 1000
    length = max(n * 10**p for p in range(1, 7) for n in (1, 2, 4, 5) if n * 10**p <= most)
    whole, high = length * 1000 / scale, 1.1 * step
    out = [
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{whole:.3f}" height="{high:.2f}" fill="{drawing.PAPER}" stroke="{drawing.INK}" stroke-width="{0.2 * step:.2f}"/>'
    ]
    out += [
        f'<rect x="{x + n * whole / 4:.3f}" y="{y:.2f}" width="{whole / 4:.3f}" height="{high:.2f}" fill="{drawing.INK}"/>'
        for n in (0, 2)
    ]
    size = 2.2 * step
    for n, metres in ((0, 0.0), (2, length / 2), (4, float(length))):
        words = f"{metres / 1000:g}" if length >= 1000 else f"{metres:g}"
        words += ("公里" if length >= 1000 else "米") if n == 4 else ""
        out.append(
            drawing.text(x + n * whole / 4, y - 0.7 * step, words, size, anchor="middle" if n else "start")
        )
    figures = f"1:{scale:,}"
    at = x + whole + 4 * step
    out.append(drawing.text(at + 2.5 * step, y + high, figures, 2.8 * step, weight=500))
    return "".join(out), at + 2.5 * step + len(figures) * 1.7 * step


def _north(x: float, y: float, step: float) -> str:
    s = step
    return (
        f'<path d="M{x:.2f} {y - 2 * s:.2f}l{1.1 * s:.2f} {4.2 * s:.2f}l{-1.1 * s:.2f} {-0.9 * s:.2f}l{-1.1 * s:.2f} {0.9 * s:.2f}Z" fill="{drawing.INK}"/>'
        + drawing.text(x + 1.8 * s, y + 2 * s, "北", 2.2 * s)
    )


def _legend(x: float, y: float, right: float, signs: Signs, step: float) -> str:
    out, size = [], 2.3 * step
    for kind in signs.kinds:
        label = drawing.MARKS[kind].label
        if x + (4 + 2.6 * len(label)) * step > right:
            break
        out += [
            drawing.mark(kind, x, y + 0.3 * step, step),
            drawing.text(x + 2 * step, y + 1.1 * step, label, size),
        ]
        x += (4.5 + 2.5 * len(label)) * step
    for label, line in zip(signs.edges, (drawing.own_line, drawing.inner_line), strict=True):
        if not label or x + (6 + 2.5 * len(label)) * step > right:
            continue
        out.append(f'<path d="M{x:.2f} {y + 0.3 * step:.2f}h{6.6 * step:.2f}" fill="none" {line(step)}/>')
        out.append(drawing.text(x + 7.6 * step, y + 1.1 * step, label, size))
        x += (9.6 + 2.5 * len(label)) * step
    for kind in reversed(drawing.ORDER):
        if kind not in signs.classes or x + 14 * step > right:
            continue
        wide, colour = drawing.ROADS[kind]
        for width, tone in ((wide + 0.28, drawing.LINE), (wide, colour)):
            out.append(
                f'<path d="M{x:.2f} {y + 0.3 * step:.2f}h{5 * step:.2f}" stroke="{tone}" stroke-width="{width * step:.2f}"/>'
            )
        out.append(drawing.text(x + 6 * step, y + 1.1 * step, _WORDS[kind], size))
        x += (8 + 2.5 * len(_WORDS[kind])) * step
    return "".join(out)
