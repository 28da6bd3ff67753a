"""Who did something, as people are called: the name that an account shows (显示名), not the one it logs in with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import text

from geo.store.engine import session

_SHOWN: Final = text("SELECT name, display_name FROM access.account WHERE name = ANY(:names)")
_PROGRAM: Final = {"system": "系统", "public": "公众"}


def persons(actors: Iterable[str | None]) -> dict[str | None, str]:
    """Who is meant by the actors of acts; one that is no account's name stays as it is.

    Args:
        actors: names as the audit holds them, each any number of times.
    """
    names = set(actors)
    shown = {name: _PROGRAM.get(name or "", name or "") for name in names}
    if asked := sorted(name for name in names if name and name not in _PROGRAM):
        with session() as db:
            shown |= {row.name: row.display_name or row.name for row in db.execute(_SHOWN, {"names": asked})}
    return shown
