"""Where everything stands on a plate (牌面版式), in millimetres from the board's upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import segno

from gazetteer.plates.codes import spaced
from gazetteer.plates.face.words import Words
from gazetteer.plates.kinds import Band
from gazetteer.plates.payload import payload

QUIET: Final = 4
"""Modules of white around a symbol (ISO/IEC 18004)."""
CODE_STRIP: Final = 0.085
"""Height of the strip under the quiet zone in which the code stands, as a share of the symbol's side."""
MARGIN: Final = 0.035
"""Share of the face's width that stays empty at its sides."""
_WIDTHS: Final = ((("\u2e80", "\uffff"), 1.0), (("0", "9"), 0.6), (("a", "z"), 0.57), (("A", "Z"), 0.67))
_BASELINE: Final = {True: 0.38, False: 0.366}
"""How far under its middle a line of Han characters, or of digits, has its baseline, in its own size."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: anchor point on its baseline, size in millimetres, ``start`` or ``middle``."""

    x: float
    y: float
    size: float
    said: str
    anchor: str = "middle"
    on_white: bool = False


@dataclass(frozen=True, slots=True)
class Square:
    """The QR symbol on its white panel: upper left corner of the symbol, its side, its modules row by row."""

    x: float
    y: float
    side: float
    rows: tuple[tuple[bool, ...], ...]

    @property
    def module(self) -> float:
        """Side of one module in millimetres."""
        return self.side / len(self.rows)


@dataclass(frozen=True, slots=True)
class Face:
    """One plate laid out."""

    words: Words
    texts: tuple[Text, ...]
    square: Square


def face_of(words: Words) -> Face:
    """Lay out a plate: the bands of its kind from above, the square at the right of the number."""
    kind = words.kind
    (board_w, board_h), (w, h) = kind.size, kind.face
    x, y = (board_w - w) / 2, (board_h - h) / 2
    tops, heights = _bands(words, y, h)
    square = _square(words, x + w - w * MARGIN, tops["number"], heights["number"])
    room_x = x + w * MARGIN
    room_w = square.x - QUIET * square.module - room_x - w * MARGIN
    texts = [
        *_street(words, board_w / 2, tops["street"], heights["street"], w * (1 - 2 * MARGIN)),
        *_number(words, room_x + room_w / 2, tops["number"], heights["number"], room_w),
        *_low(words, x, w, tops, heights, square),
    ]
    return Face(words, tuple(texts), square)


def width_of(said: str) -> float:
    """How wide a line is in its own size, near enough to fit it: Han characters 1, digits 0.6."""
    return sum(_width(char) for char in said)


def _width(char: str) -> float:
    return next((width for (low, high), width in _WIDTHS if low <= char <= high), 0.36)


def _bands(words: Words, y: float, h: float) -> tuple[dict[Band, float], dict[Band, float]]:
    shares = dict(words.kind.bands)
    whole = sum(shares.values())
    tops: dict[Band, float] = {}
    heights: dict[Band, float] = {}
    for band, share in shares.items():
        tops[band], heights[band] = y, h * share / whole
        y += h * share / whole
    return tops, heights


def _square(words: Words, right: float, top: float, height: float) -> Square:
    symbol = segno.make(payload(words.code), error="m", micro=False)
    rows = tuple(tuple(bool(cell) for cell in row) for row in symbol.matrix)
    side = words.kind.qr
    quiet = QUIET * side / len(rows)
    under = side * CODE_STRIP
    return Square(right - quiet - side, top + (height - side - under) / 2, side, rows)


def _street(words: Words, middle: float, top: float, height: float, width: float) -> list[Text]:
    # In brackets behind the name: before it, the mark would read as part of the name.
    said = f"{words.street}（{words.mark}）" if words.mark else words.street
    if not said:
        return []
    size = min(height * 0.56, width / width_of(said))
    if not words.pinyin:
        return [_centred(middle, top + height / 2, size, said)]
    small = min(height * 0.19, width / width_of(words.pinyin))
    return [
        _centred(middle, top + height * 0.42, size, said),
        _centred(middle, top + height * 0.42 + size / 2 + small * 0.85, small, words.pinyin),
    ]


def _number(words: Words, middle: float, top: float, height: float, width: float) -> list[Text]:
    """The number as large as it fits, its word smaller behind it on the same baseline."""
    unit_share = 0.42
    wide = width_of(words.number) + unit_share * width_of(words.unit)
    size = min(height * 0.95, width / wide)
    left, baseline = middle - wide * size / 2, top + height / 2 + size * 0.366
    texts = [Text(left, baseline, size, words.number, "start")]
    if words.unit:
        texts.append(
            Text(left + width_of(words.number) * size, baseline, size * unit_share, words.unit, "start")
        )
    return texts


def _low(
    words: Words, x: float, w: float, tops: dict[Band, float], heights: dict[Band, float], square: Square
) -> list[Text]:
    """The postcode's band, and the code under the square for those whose camera is broken."""
    small = square.side * 0.09
    under = square.y + square.side + QUIET * square.module + small * 0.55
    texts = [Text(square.x + square.side / 2, under, small, spaced(words.code), on_white=True)]
    if "postcode" in tops and words.postcode:
        size = heights["postcode"] * 0.46
        texts.append(
            _centred(
                x + w / 2, tops["postcode"] + heights["postcode"] / 2, size, f"邮政编码 {words.postcode}"
            )
        )
    return texts


def _centred(x: float, middle: float, size: float, said: str) -> Text:
    han = any("\u2e80" <= char <= "\uffff" for char in said)
    return Text(x, middle + size * _BASELINE[han], size, said)
