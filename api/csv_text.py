"""CSV for an answer of the interface, by the same rules as the files that the command line writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from geo.files.outgoing import as_cell, guarded

MARK = "\ufeff"
"""The byte order mark, without which Excel takes UTF-8 for the machine's own encoding."""


def csv_text(columns: Mapping[str, Sequence[object]], *, head: bool = True) -> str:
    """Columns of equal count as lines of text; formulas neutralised.

    Args:
        columns: header -> cells.
        head: whether the line of headers comes first.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if head:
        writer.writerow([guarded(name) for name in columns])
    writer.writerows(
        zip(*([guarded(as_cell(cell)) for cell in cells] for cells in columns.values()), strict=True)
    )
    return text.getvalue()
