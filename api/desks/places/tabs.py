"""The lists of the register side by side (登记册的各张清单)."""

from __future__ import annotations

from typing import Final

from api.desks.places.common import HOME

TITLES: Final = {
    "place": "地名登记",
    "road": "道路登记",
    "address": "地址登记",
    "planned": "地名方案",
    "protected": "保护名录",
}
PATHS: Final = {"place": HOME, "road": f"{HOME}/roads", "address": f"{HOME}/addresses", "planned": f"{HOME}/planned",
                "protected": f"{HOME}/protected"}  # fmt: skip


def tabs(current: str) -> list[tuple[str, str, bool, int | None]]:
    """Word, address, whether it is the one shown, no count: as the desk's tabs take them."""
    return [(word, PATHS[key], key == current, None) for key, word in TITLES.items()]
