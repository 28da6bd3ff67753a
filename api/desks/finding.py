"""Search over everything (查找): each room says what of its own it can find.

SEARCH = (Provider("命名申请", frozenset({"officer"}), find),)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: what it is called, where it is, and a word more (its state, its division)."""

    title: str
    href: str
    note: str = ""


Find = Callable[[Session, str, int], Sequence[Found]]
"""What was typed and how many at most in, what was found out, the best first."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One kind of thing that can be found; ``roles`` empty for everybody at a desk."""

    label: str
    roles: Collection[str]
    find: Find
