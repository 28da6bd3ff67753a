"""One way for every list of the workbench: filter, sort, page by cursor, select many, export; all in the address bar.

asked = asked_of(request, FILTERS, COLUMNS, sort="-made_on")
rows = …  # the room's own SQL with asked.value("state"), asked.sort, asked.descending, asked.cursor
return page(request, "naming/list.html", listing=Listing(asked, COLUMNS, rows, next_cursor=…, total=…))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import Request

PAGE = 50
"""Rows of one page, unless a room says otherwise."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the filters bar: a text, or a choice when ``options`` (value, word) are given; ``date`` for a day;
    ``when-set`` for what only a link sets, as the year of a figure: shown while it narrows the list."""

    name: str
    label: str
    options: Sequence[tuple[str, str]] = ()
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key in a row's cells, its word, whether it can be sorted by, its kind:
    ``text``, ``code`` and ``date`` that do not break, ``number`` at the right."""

    name: str
    label: str
    sortable: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than text: a link, a badge (``kind``: sure, likely, check, none, sample), a note below."""

    text: object
    href: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key (what a bulk act gets), where it leads, its cells by column name."""

    key: str
    href: str
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bulk:
    """One act over the ticked rows: the button's word and where the form goes with ``keys`` (repeated) and ``token``."""

    label: str
    action: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address bar asks of a list. ``sort`` is a column that may be sorted by, never free text."""

    path: str
    values: Mapping[str, str]
    sort: str = ""
    descending: bool = False
    cursor: str = ""
    filters: Sequence[Filter] = ()

    def value(self, name: str) -> str:
        """What one filter is set to, ``""`` for not set."""
        return self.values.get(name, "")

    def link(self, **changes: object) -> str:
        """The address of the list with some parts changed; the cursor is left out unless it is given."""
        order = ("-" if self.descending else "") + self.sort if self.sort else ""
        parts = {**self.values, "sort": order, **changes}
        query = urlencode({name: value for name, value in parts.items() if value not in ("", None)})
        return f"{self.path}?{query}" if query else self.path

    def sort_link(self, name: str) -> str:
        """Sort by a column; once more turns the order round."""
        return self.link(sort=f"-{name}" if self.sort == name and not self.descending else name)

    @property
    def query(self) -> str:
        """The filters and the order as a query, for an export or a view that is kept."""
        return self.link().partition("?")[2]

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any(self.values.values())

    @property
    def set_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.values.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as the template draws it.

    Attributes:
        asked: what the address bar asked.
        columns: in the order they are shown.
        rows: those of this page.
        total: how many there are in all, None when counting them would be slow.
        next_cursor: the cursor of the next page, ``""`` on the last.
        bulk: acts over ticked rows; without any there are no boxes to tick.
        export: the address of the CSV export, ``""`` for none.
        empty: what an empty list says, and what to do: (title, hint, href, word of the link).
    """

    asked: Asked
    columns: Sequence[Column]
    rows: Sequence[Row]
    total: int | None = None
    next_cursor: str = ""
    bulk: Sequence[Bulk] = ()
    export: str = ""
    empty: tuple[str, str, str, str] = field(default=("还没有条目", "", "", ""))


def one_page(rows: Sequence[Row], asked: Asked) -> tuple[Sequence[Row], str]:
    """The rows of the page that was asked for and the cursor of the next, out of a list that is short enough to be made whole."""
    start = next((at for at, row in enumerate(rows, 1) if row.key == asked.cursor), 0)
    shown = rows[start : start + PAGE]
    return shown, shown[-1].key if start + PAGE < len(rows) else ""


def asked_of(
    request: Request, filters: Sequence[Filter] = (), columns: Sequence[Column] = (), *, sort: str = ""
) -> Asked:
    """Read the address bar; what a filter's options do not hold, and columns that are not sortable, are left aside."""
    query = request.query_params
    values = {f.name: _allowed(f, query.get(f.name, "").strip()[:200]) for f in filters}
    order = query.get("sort", sort)
    name, sortable = order.removeprefix("-"), {c.name for c in columns if c.sortable}
    if name not in sortable:
        order = sort if sort.removeprefix("-") in sortable else ""
        name = order.removeprefix("-")
    return Asked(
        request.url.path, values, name, order.startswith("-"), query.get("cursor", "")[:200], tuple(filters)
    )


def _allowed(asked: Filter, value: str) -> str:
    known = {key for key, _ in asked.options}
    return value if not known or value in known else ""
