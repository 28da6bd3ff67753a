"""What a paper is made of. Text is Chinese as it will be printed; pictures are bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the paper (小标题); level 1 as 一、, level 2 as （一）. The number is part of the text."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text (正文), indented by two characters unless ``indent`` is off (the addressee, 抬头)."""

    text: str
    indent: bool = True
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A form's fields (登记表): label and value, in ``columns`` pairs a line; an empty value prints as 无.

    The last of an odd number of fields takes the whole line.
    """

    rows: Sequence[tuple[str, str]]
    columns: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header that repeats on every page; ``widths`` are shares of the width, ``numbers`` the
    columns set flush right (counts, metres)."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] | None = None
    numbers: frozenset[int] = frozenset()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo, map or sign as PNG or JPEG bytes; ``svg`` is used instead where the drawer can (sharp in print)."""

    image: bytes
    width_mm: float
    caption: str = ""
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer's place (签字栏): who, the drawn signature as PNG if there is one, and the day."""

    party: str
    name: str = ""
    image: bytes = b""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places for signatures and seals side by side."""

    places: Sequence[Signature]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: what the paper proves and does not prove, the source of a rule."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Facts | Table | Picture | Signatures | Note | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """One paper.

    Attributes:
        title: centred at the top.
        blocks: the body in order.
        number: 文号, as 示民地〔2026〕12号, under the title.
        issuer: who issues it (落款), lower right above the date.
        date: the day under the issuer; the space for the seal is above both.
        made_up: whether it is made from sample data: printed at the top of every page.
        seal: whether space for a seal is left.
        landscape: wide tables lie on their side.
    """

    title: str
    blocks: Sequence[Block]
    number: str = ""
    issuer: str = ""
    date: date | None = None
    made_up: bool = False
    seal: bool = True
    landscape: bool = False


SAMPLE_MARK = "示例数据，不具效力"
BY_HAND = "\u3000"
"""The value of a field that is filled in later by hand: it stays empty, where an empty value would print as 无."""


def day_words(day: date) -> str:
    """2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"
