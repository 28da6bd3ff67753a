"""What places, roads and facilities share on their way in: the division that holds a row, the usual columns."""

from __future__ import annotations

from typing import Any

from gazetteer.register.importing.load import Load


def divisions_of(load: Load, *, needed: bool) -> list[str | None]:
    """Code of the smallest division named by each row (区划代码, or 区县 镇街 村社区); None where none is named.

    Args:
        load: the import; a row that names an unknown division is refused.
        needed: refuse rows that name none.
    """
    sheet = load.sheet
    names = list(zip(*(sheet.cells(n) for n in ("division", "county", "town", "comm")), strict=True))
    return [_division(load, i, *names[i], needed=needed) for i in range(len(sheet))]


def _division(
    load: Load, index: int, code: str, county: str, town: str, comm: str, *, needed: bool
) -> str | None:
    if index in load.sheet.refused:
        return None
    if code:
        located = load.located_at(index, code)
        return located.smallest if located else None
    if not (county or town or comm) and not needed:
        return None
    located = load.locate(index, "", "", county, town, comm)
    return located.smallest if located else None


def text_columns(load: Load, names: dict[str, str]) -> dict[str, list[Any]]:
    """Columns of the table by the fields of the file that fill them."""
    return {column: load.sheet.values(field) for field, column in names.items()}
