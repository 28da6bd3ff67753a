"""A list of the workbench as CSV (导出): the same filters and order, every row, for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from api.csv_text import MARK, csv_text
from api.desks.lists import Cell, Column

_AT_ONCE = 500


def csv_of(columns: Sequence[Column], rows: Iterable[Mapping[str, object]], name: str) -> StreamingResponse:
    """The rows as a download; formulas are neutralised, cells give their text.

    Args:
        columns: as on the list; their words are the headers.
        rows: cells by column name, as many as there are; read while they are sent.
        name: the file's name without ending, for example ``命名申请-2026-11-21``.
    """
    return StreamingResponse(
        _parts(columns, iter(rows)), media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}.csv",
                 "cache-control": "no-store"},
    )  # fmt: skip


def _parts(columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> Iterable[str]:
    source = iter(rows)
    yield MARK + csv_text({c.label: () for c in columns})
    while some := list(islice(source, _AT_ONCE)):
        yield csv_text({c.label: [_plain(row.get(c.name)) for row in some] for c in columns}, head=False)


def _plain(value: object) -> object:
    if isinstance(value, Cell):
        return value.text
    words = getattr(value, "words", None)
    return words if isinstance(words, str) else value
