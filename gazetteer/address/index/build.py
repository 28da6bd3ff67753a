"""Building the index from plain rows, in one pass and one rename."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.address.index.container import IndexInfo, write_container
from gazetteer.address.index.divisions import division_sections, read_divisions
from gazetteer.address.index.doors import door_sections, read_doors, slices
from gazetteer.address.index.grid import grid_sections
from gazetteer.address.index.handles import HandleTable, handle_sections, read_handles
from gazetteer.address.index.namekeys import alias_sections, division_keys, handle_keys, key_sections
from gazetteer.address.index.names import name_sections
from gazetteer.address.index.prefixes import prefix_sections
from gazetteer.address.index.strings import PoolBuilder
from gazetteer.address.model import AliasRow, DivisionRow, DoorRow, HandleRow

Arrays = dict[str, np.ndarray[Any, Any]]
OF_DIVISION, OF_HANDLE, OF_DOOR = 0 << 30, 1 << 30, 2 << 30
"""What a number in a mixed list points to: the two highest bits."""


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
    pool = PoolBuilder()
    tree = read_divisions(divisions)
    table = read_handles(handles, tree)
    columns = read_doors(doors, table, pool)
    sections: Arrays = division_sections(tree, pool) | door_sections(columns) | handle_sections(table, pool)
    sections |= slices(sections, len(table.rows))
    columns.codes.clear()
    other_names = list(aliases)
    doors_meant = _door_numbers(sections, {a.target for a in other_names if a.target_kind == "address"})
    home = tree.home([*np.unique(sections["door.div"]).tolist(), *np.unique(sections["handle.div"]).tolist()])
    alias, alias_keys = alias_sections(other_names, table, doors_meant, pool, home)
    sections |= alias
    sections |= key_sections([*division_keys(tree, home), *handle_keys(table, home), *alias_keys])
    sections |= grid_sections(sections["door.lon"], sections["door.lat"])
    sections |= _searchable(table, sections, alias, pool)
    sections |= pool.sections("pool")
    counts = {"divisions": len(tree.rows), "handles": len(table.rows), "doors": len(columns.handle)}
    return write_container(path, sections, counts | {"aliases": len(alias["alias.of"])}, meta or {})


def _door_numbers(sections: Arrays, wanted: set[str]) -> dict[str, int]:
    """Numbers of the doors that an alias points to."""
    if not wanted:
        return {}
    at, text = sections["door.code.at"].tolist(), sections["door.code.text"].tobytes()
    codes = (text[at[i] : at[i + 1]].decode() for i in range(len(at) - 1))
    return {code: i for i, code in enumerate(codes) if code in wanted}


def _searchable(table: HandleTable, sections: Arrays, alias: Arrays, pool: PoolBuilder) -> Arrays:
    """Names for searching and for completion: of handles, of what stands at doors, of divisions, of aliases."""
    texts = pool.texts()
    named = [(r.name, OF_HANDLE | n) for n, r in enumerate(table.rows) if r.kind != "road"]
    for column in ("door.name", "door.estate"):
        ids = sections[column]
        named.extend((texts[ids[n]], OF_DOOR | n) for n in np.flatnonzero(ids).tolist())
    other = [
        (texts[t], (OF_DIVISION, OF_HANDLE, OF_DOOR)[of] | n)
        for t, of, n in zip(
            alias["alias.text"], alias["alias.of"].tolist(), alias["alias.target"].tolist(), strict=True
        )
    ]
    named += [(t, n) for t, n in other if n >= OF_HANDLE]
    weights = (sections["handle.end"] - sections["handle.start"]).tolist()
    typed = [(r.name, OF_HANDLE | n, weights[n] + 2) for n, r in enumerate(table.rows)]
    typed += [(r.name, OF_DIVISION | n, 10 ** (6 - r.level)) for n, r in enumerate(table.divisions.rows)]
    typed += [(name, n, 1) for name, n in named if n >= OF_DOOR] + [
        (t, n, 1) for t, n in other if n < OF_DOOR
    ]
    return name_sections(*_columns(named, 2)) | prefix_sections(*_columns(typed, 3))


def _columns(rows: list[Any], width: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width
