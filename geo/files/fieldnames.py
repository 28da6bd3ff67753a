"""Field names that a Shapefile can hold: ten bytes, no two alike."""

from __future__ import annotations

_MOST = 10


def short_names(names: list[str], encoding: str) -> list[str]:
    """The names cut to ten bytes of the encoding, never through a character; doubles get a number at the end."""
    found: list[str] = []
    for name in names:
        short = _cut(name, _MOST, encoding)
        number = 1
        while not short or short.lower() in {known.lower() for known in found}:
            number += 1
            short = _cut(name, _MOST - len(str(number)), encoding) + str(number)
        found.append(short)
    return found


def _cut(name: str, most: int, encoding: str) -> str:
    return name.encode(encoding, "replace")[:most].decode(encoding, "ignore")
