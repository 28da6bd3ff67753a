"""Papers, scales, and the frame of a sheet with its lettered squares (索引格)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from geo.problems import BadInput

#: Paper -> short and long side, mm (ISO 216).
PAPERS: Final = {"A4": (210, 297), "A3": (297, 420), "A2": (420, 594), "A1": (594, 841), "A0": (841, 1189)}
#: Denominators a sheet may have: those that a scale rule can measure.
SCALES: Final = (
    500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 7_500, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000,
    40_000, 50_000, 60_000, 75_000, 100_000, 125_000, 150_000, 200_000, 250_000, 300_000, 400_000, 500_000, 1_000_000,
)  # fmt: skip
#: Ground metres a lettered square may have a side.
_SQUARES: Final = (50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000)
_SQUARE_MM: Final = 42.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper laid upright or across, mm; ``step`` is how much larger lines and letters are than on A4."""

    name: str
    width: float
    height: float

    @property
    def step(self) -> float:
        """1 on A4, 2 on A0: a wall map is read from further away."""
        return math.sqrt(min(self.width, self.height) / PAPERS["A4"][0])


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the paper the map stands, mm from the upper left."""

    left: float
    top: float
    width: float
    height: float


def paper_for(name: str, wide: float, high: float) -> Paper:
    """The paper laid so that ground of this shape fills more of it.

    Raises:
        BadInput: no such paper.
    """
    if name not in PAPERS:
        raise BadInput(f"没有“{name}”这种纸。", f"可选：{'、'.join(PAPERS)}。", code="paper.format")
    short, long = PAPERS[name]
    return Paper(name, long, short) if wide > high else Paper(name, short, long)


def fitting_scale(wide_m: float, high_m: float, frame: Frame) -> int:
    """The largest scale at which ground of this size stands in the frame with a little air around it."""
    need = max(wide_m / (frame.width * 0.96), high_m / (frame.height * 0.96)) * 1000
    return next((scale for scale in SCALES if scale >= need), math.ceil(need / 1_000_000) * 1_000_000)


def square_m(scale: int, step: float) -> int:
    """The side of a lettered square in ground metres: round, and some four centimetres on A4."""
    wanted = _SQUARE_MM * step * scale / 1000
    return min(_SQUARES, key=lambda side: abs(math.log(side / wanted)))


def row_letters(number: int) -> str:
    """A, B … Z, AA, AB … for the row of this number, from 0."""
    return (row_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
