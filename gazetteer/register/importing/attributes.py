"""What a file says of a record beyond the fields of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson
from sqlalchemy import text

from gazetteer.register.importing.load import Load

# Where our own exports put their notice (说明 in a Shapefile, whose field names hold no more), and how it begins.
_NOTICES: Final = ("数据说明", "说明")
_SAYS: Final = "示例数据"


def attributes_of(load: Load) -> list[str]:
    """What the file knows beyond the fields, by its own headings, as JSON; nothing of it is lost.

    What stands in the field ``attributes`` (其他属性) as a JSON object is taken apart into it, so that an export comes
    in again as it was; anything else there refuses its row.
    """
    rest = _beyond(load)
    whole = load.sheet.cells("attributes")
    found = []
    for i, text_ in enumerate(whole):
        known = {name: cells[i] for name, cells in rest.items() if cells[i]}
        found.append(orjson.dumps(_parsed(load, i, text_) | known, option=orjson.OPT_SORT_KEYS).decode())
    return found


def keep_others(load: Load, table: str) -> None:
    """Keep what the register knows of a record beyond its fields and the file does not speak of; an empty cell ends it.

    Without this, a file with a few columns only would wipe out the rest. A file with the field ``attributes`` speaks of all.

    Args:
        load: what is being written, staged as ``ready``.
        table: the register's table, with ``code`` and ``attributes``.
    """
    if load.sheet.has("attributes"):
        return
    load.session.execute(
        text(f"UPDATE ready r SET attributes = (t.attributes - CAST(:said AS text[])) || r.attributes "
             f"FROM register.{table} t WHERE t.code = r.code"), {"said": list(_beyond(load))},
    )  # fmt: skip


def _beyond(load: Load) -> dict[str, Sequence[str | None]]:
    """The columns of a file that are no field."""
    used = set(load.sheet.mapping.values())
    return {
        name: cells
        for name, cells in load.sheet.table.columns.items()
        if name not in used and not _notice(name, cells)
    }


def _notice(name: str, cells: Sequence[str | None]) -> bool:
    return name in _NOTICES and all(cell.startswith(_SAYS) for cell in cells if cell)


def _parsed(load: Load, index: int, cell: str) -> dict[str, Any]:
    if not cell:
        return {}
    try:
        value = orjson.loads(cell)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        load.sheet.refuse(index, "import.cell", "其他属性", "不是 JSON 对象", "改正或留空")
        return {}
    return value
