"""Base data (基础数据) that ships: divisions and their history, villages, characters and readings.

Read-only, loaded on first use, no database.
"""

from gazetteer.base.rows import Change, Character, Division, DivisionAlias
from gazetteer.base.tables import (
    characters,
    defect_types,
    division_aliases,
    divisions,
    divisions_by_code,
    history,
    lines,
    lookalikes,
    readings,
    traditional,
    variant_kinds,
    villages,
)

__all__ = [
    "Change",
    "Character",
    "Division",
    "DivisionAlias",
    "characters",
    "defect_types",
    "division_aliases",
    "divisions",
    "divisions_by_code",
    "history",
    "lines",
    "lookalikes",
    "readings",
    "traditional",
    "variant_kinds",
    "villages",
]
