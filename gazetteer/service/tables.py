"""Rows of a read file one by one, with the number that a person counts."""

from __future__ import annotations

from collections.abc import Iterator

from geo.files import Table


def records(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number, heading -> text) of every row; empty cells are empty texts."""
    names = list(table.columns)
    columns = [table.columns[name] for name in names]
    for at, number in enumerate(table.rows):
        yield (
            int(number),
            {n: "" if c[at] is None else str(c[at]) for n, c in zip(names, columns, strict=True)},
        )
