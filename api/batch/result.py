"""A finished batch as the file it was: every row and column again in the same order, the results after them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from api.batch import store
from api.batch.store import Batch
from api.commands.address_files import added_columns
from api.csv_text import MARK, csv_text
from gazetteer.address.answering.batch import Outcome
from geo.files import Table
from geo.store.engine import session

MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


def pieces(batch: Batch) -> Iterator[str]:
    """The result piece by piece; a piece holds no connection while it is sent."""
    if batch.form == "csv":
        yield MARK
    for number in store.numbers(batch):
        with session() as db:
            read = store.chunk(db, batch.id, number)
        if read is None:
            # Removed while it was being fetched: a short answer is at least no wrong one.
            return
        given, found = read
        outcomes = [Outcome(*row) for row in found]
        yield (
            _csv(batch, given, outcomes, head=number == 0)
            if batch.form == "csv"
            else _lines(batch, given, outcomes)
        )


def _csv(batch: Batch, given: list[str], found: list[Outcome], *, head: bool) -> str:
    cells = zip(*(orjson.loads(row) for row in given), strict=True)
    columns = {name: list(column) for name, column in zip(batch.headers, cells, strict=True)}
    table = Table(columns, np.arange(len(given)), "csv")
    return csv_text(added_columns(table, found, batch.datum), head=head)


def _lines(batch: Batch, given: list[str], found: list[Outcome]) -> str:
    results = added_columns(Table({}, np.arange(len(given)), "jsonl"), found, batch.datum)
    lines = []
    for at, line in enumerate(given):
        lines.append(_spliced(line, {name: cells[at] for name, cells in results.items()}))
    return "".join(lines)


def _spliced(line: str, results: dict[str, Any]) -> str:
    """The line as it came, to the letter, with the results before its closing brace."""
    own = orjson.loads(line)
    named = {(f"result_{name}" if name in own else name): value for name, value in results.items()}
    added = orjson.dumps(named).decode()
    return f"{line.rstrip()[:-1].rstrip()}{',' if own else ''}{added[1:]}\n"
