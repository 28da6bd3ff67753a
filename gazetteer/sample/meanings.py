"""Made-up meanings (含义) of the sample's roads, and for which names nobody has written any down: no register is whole."""

from __future__ import annotations

from typing import Final
from zlib import crc32

from gazetteer.sample.names import COMMON
from gazetteer.sample.roads import Road

_UNKNOWN_SHARE: Final = 30
"""Percent of the names without a written origin or meaning."""


def unknown(code: str) -> bool:
    """Whether the register has nothing on where this name comes from; the same names every time."""
    return crc32(code.encode()) % 100 < _UNKNOWN_SHARE


def meaning(road: Road) -> str:
    """Why a road has its name, made up and saying so; empty for the unnamed and for those nobody asked about."""
    if not road.name or unknown(road.code):
        return ""
    if road.rank == "巷弄":
        return f"示例：依{road.town.short if road.town else '当地'}旧时巷名。"
    word = next((word for word in COMMON if road.name.startswith(word)), "")
    return f"示例：取“{word}”之意，表示祝愿。" if word else f"示例：取“{road.name[:2]}”二字，寓意美好。"
