"""Building the index from plain rows, in one pass and one rename."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gazetteer.address.index.container import IndexInfo, write_container
from gazetteer.address.index.divisions import NONE, DivisionTable, division_sections, read_divisions
from gazetteer.address.index.doors import door_sections, read_doors, slices
from gazetteer.address.index.grid import grid_sections
from gazetteer.address.index.handles import HandleTable, handle_sections, read_handles
from gazetteer.address.index.namekeys import (
    alias_sections,
    code_keys,
    division_keys,
    handle_keys,
    key_sections,
)
from gazetteer.address.index.names import name_sections
from gazetteer.address.index.prefixes import prefix_sections
from gazetteer.address.index.scoped import in_their_areas
from gazetteer.address.index.strings import PoolBuilder
from gazetteer.address.model import AliasRow, DivisionRow, DoorRow, HandleRow

Arrays = dict[str, np.ndarray[Any, Any]]
OF_ADDRESS = 2
"""What an alias of an address says in its column ``of``."""
OF_DIVISION, OF_HANDLE, OF_DOOR = 0 << 30, 1 << 30, 2 << 30
"""What a number in a mixed list points to: the two highest bits."""


class Rows(NamedTuple):
    """What one file is made of."""

    handles: Iterable[HandleRow] = ()
    doors: Iterable[DoorRow] = ()
    aliases: Iterable[AliasRow] = ()


class Named(NamedTuple):
    """Names for searching and for completion, each with what it points to; the latter with weights."""

    searched: list[tuple[str, int]]
    typed: list[tuple[str, int, int]]


def build_index(
    path: Path,
    divisions: Iterable[DivisionRow],
    handles: Iterable[HandleRow],
    doors: Iterable[DoorRow],
    aliases: Iterable[AliasRow] = (),
    *,
    meta: Mapping[str, str] | None = None,
) -> IndexInfo:
    """Write the address index of a register to ``path``; the old file is replaced in one step.

    Args:
        path: file to write; its folder must exist.
        divisions: parents need not come first; level 3 is the county.
        handles: roads, natural villages, estates, named places.
        doors: any order; a door whose ``handle`` is unknown makes a road of its ``handle_name`` in its county.
        aliases: dated other names of any of these.
        meta: free words kept in the file, for example ``built_at`` and ``data_version``.
    """
    tree = read_divisions(divisions)
    sections, counts = assembled(tree, tree, Rows(handles, doors, aliases))
    return write_container(path, sections, counts, meta or {})


def assembled(
    tree: DivisionTable, own: DivisionTable, rows: Rows, home: Set[int] | None = None, most: int | None = None
) -> tuple[Arrays, dict[str, int]]:
    """The sections of one file, and how much is in it.

    Args:
        tree: the divisions that numbers point to.
        own: those of them that stand in this file: the same, or none.
        rows: what it is made of.
        home: the divisions that are meant by a short name; None finds them by what the rows use.
        most: doors of one name that can be completed; None for all.
    """
    pool = PoolBuilder()
    table = read_handles(rows.handles, tree)
    columns = read_doors(rows.doors, table, pool)
    sections: Arrays = division_sections(own, pool) | door_sections(columns) | handle_sections(table, pool)
    sections |= slices(sections, len(table.rows))
    columns.codes.clear()
    other_names = [a for a in rows.aliases if own.rows or a.target_kind != "division"]
    doors_meant = _door_numbers(sections, {a.target for a in other_names if a.target_kind == "address"})
    if home is None:
        home = tree.home(
            [*np.unique(sections["door.div"]).tolist(), *np.unique(sections["handle.div"]).tolist()]
        )
    alias, alias_keys = alias_sections(other_names, table, doors_meant, pool, home)
    sections |= alias
    known = [*handle_keys(table, home), *code_keys(table, _loose(sections)), *alias_keys]
    sections |= key_sections([*(division_keys(own, home) if own.rows else ()), *known])
    sections |= grid_sections(sections["door.lon"], sections["door.lat"])
    named = _named(table, own, sections, pool, most)
    sections |= name_sections(*_columns(named.searched, 2)) | prefix_sections(*_columns(named.typed, 3))
    sections |= pool.sections("pool")
    counts = {"divisions": len(own.rows), "handles": len(table.rows), "doors": len(columns.handle)}
    return sections, counts | {"aliases": len(alias["alias.of"])}


def _door_numbers(sections: Arrays, wanted: set[str]) -> dict[str, int]:
    """Numbers of the doors that an alias points to."""
    if not wanted:
        return {}
    return {code: i for i, code in _codes(sections, range(len(sections["door.div"]))) if code in wanted}


def _loose(sections: Arrays) -> Iterable[tuple[int, str]]:
    """Number and code of the doors that belong to no road, village or estate."""
    return _codes(sections, np.flatnonzero(sections["door.handle"] == NONE).tolist())


def _codes(sections: Arrays, numbers: Iterable[int]) -> Iterable[tuple[int, str]]:
    at, text = sections["door.code.at"].tolist(), sections["door.code.text"].tobytes()
    return ((i, text[at[i] : at[i + 1]].decode()) for i in numbers)


def _named(
    table: HandleTable, own: DivisionTable, sections: Arrays, pool: PoolBuilder, most: int | None
) -> Named:
    """Names for searching and for completion: of handles, of what stands at doors, of divisions, of aliases."""
    texts = pool.texts()
    named = [(r.name, OF_HANDLE | n) for n, r in enumerate(table.rows) if r.kind != "road"]
    at_doors = [*_at_doors(sections, texts, None)]
    other = [
        (texts[t], (OF_DIVISION, OF_HANDLE, OF_DOOR)[of] | n)
        for t, of, n in zip(
            sections["alias.text"],
            sections["alias.of"].tolist(),
            sections["alias.target"].tolist(),
            strict=True,
        )
    ]
    # Another name that is kept with an area is found by its whole name only, where the area can be asked.
    free = [
        not texts[n] or of == OF_ADDRESS
        for n, of in zip(sections["alias.scope"], sections["alias.of"], strict=True)
    ]
    named += at_doors + [
        one for one, anywhere in zip(other, free, strict=True) if anywhere and one[1] >= OF_HANDLE
    ]
    weights = (sections["handle.end"] - sections["handle.start"]).tolist()
    typed = [(r.name, OF_HANDLE | n, weights[n] + 2) for n, r in enumerate(table.rows)]
    typed += [(r.name, OF_DIVISION | n, 10 ** (6 - r.level)) for n, r in enumerate(own.rows)]
    shown = at_doors if most is None else [*_at_doors(sections, texts, most)]
    offered = [one for one, inside in zip(other, in_their_areas(sections, own, texts), strict=True) if inside]
    typed += [(name, n, 1) for name, n in shown] + [(t, n, 1) for t, n in offered if n >= OF_DOOR]
    return Named(named, typed + [(t, n, 1) for t, n in offered if n < OF_DOOR])


def _at_doors(sections: Arrays, texts: list[str], most: int | None) -> Iterable[tuple[str, int]]:
    """What stands at doors, and the estates of doors; at most so many doors of one name."""
    for column in ("door.name", "door.estate"):
        ids = sections[column]
        if most is None:
            yield from ((texts[ids[n]], OF_DOOR | n) for n in np.flatnonzero(ids).tolist())
            continue
        order = np.argsort(ids, kind="stable")
        first = np.searchsorted(ids[order], ids[order], "left")
        kept = order[(np.arange(len(order)) - first < most) & (ids[order] > 0)]
        yield from ((texts[ids[n]], OF_DOOR | n) for n in np.sort(kept).tolist())


def _columns(rows: list[Any], width: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width
