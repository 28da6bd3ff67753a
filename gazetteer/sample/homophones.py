"""Characters that sound alike (同音字) among the common ones, for writing names wrongly on purpose."""

from __future__ import annotations

import unicodedata
from functools import cache
from types import MappingProxyType

from gazetteer.base import characters


def _toneless(said: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFD", said) if not unicodedata.combining(c) or c == "\u0308"
    )


@cache
def homophones() -> MappingProxyType[str, tuple[str, ...]]:
    """For each common character the other common ones of the same toneless reading."""
    groups: dict[str, list[str]] = {}
    for row in characters().values():
        if row.level == 1:
            groups.setdefault(_toneless(row.readings[0]), []).append(row.char)
    return MappingProxyType(
        {c: tuple(o for o in group if o != c) for group in groups.values() for c in group}
    )
