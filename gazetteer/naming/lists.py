"""Word lists of the checks (词表): data files beside this module, read once.

The files are facts in prose of our own; a bureau keeps its own copies in a folder and passes it as ``extra``:
lists are joined, tables merged.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

_WORDS: Final = files("gazetteer.naming") / "words"
NAMES: Final = (
    "brands", "foreign", "generic_terms", "grand", "leaders", "odd", "persons", "readings", "stock",
)  # fmt: skip


@cache
def words(name: str, extra: Path | None = None) -> dict[str, Any]:
    """The tables of one list file, with the bureau's own rows joined on.

    Raises:
        FileNotFoundError: the name is not one of :data:`NAMES`.
    """
    shipped = tomllib.loads((_WORDS / f"{name}.toml").read_text(encoding="utf-8"))
    own = extra / f"{name}.toml" if extra else None
    if own and own.is_file():
        return joined(shipped, tomllib.loads(own.read_text(encoding="utf-8")))
    return shipped


def joined(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Two nested tables as one: lists are appended, tables merged, single values of ``above`` win."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = joined(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            result[key] = old + [row for row in value if row not in old]
        else:
            result[key] = value
    return result
