"""The public navigation (主导航): the same seven doors on every public page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.rights import RIGHTS


@dataclass(frozen=True, slots=True)
class Door:
    """One entry: the word, where it leads, and the beginnings of the addresses that belong to it."""

    word: str
    href: str
    under: tuple[str, ...]


DOORS: Final = (
    Door("查询", "/", ("/a/", "/n/", "/results")),
    Door("地图", "/map", ("/map",)),
    Door("助餐", "/meals", ("/meals",)),
    Door("公墓", "/cemeteries", ("/cemeteries",)),
    Door("公示", "/notices", ("/notices",)),
    Door("办事", "/services", ("/services", "/apply")),
    Door("报错", "/report", ("/report", "/p/")),
)


def shown(path: str) -> tuple[tuple[str, str, bool], ...]:
    """(word, href, current) of every door whose page this installation has."""
    return tuple(
        (door.word, door.href, path == door.href or path.startswith(door.under))
        for door in DOORS
        if ("GET", door.href) in RIGHTS
    )
