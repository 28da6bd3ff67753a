"""Where a table really begins: title rows above the header (XX区老年食堂一览表) are passed over."""

from __future__ import annotations

from collections.abc import Sequence

_LOOK = 8


def header_index(rows: Sequence[Sequence[str]]) -> int:
    """Index of the header among the first rows: the first row with at least two cells, if rows below have them too.

    A title, a date of compilation or a unit of measure stands alone in its row, mostly in merged cells.
    """
    widths = [sum(1 for cell in row if cell.strip()) for row in rows[:_LOOK]]
    usual = max(widths, default=0)
    for index, width in enumerate(widths):
        if width >= min(usual, 2):
            return index
    return 0
