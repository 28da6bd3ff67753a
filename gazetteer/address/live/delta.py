"""A small index of the changed part, and which records of the large one it hides."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from gazetteer.address.answering.reverse import Ints
from gazetteer.address.index.build import build_index
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.live.changes import Changes
from gazetteer.address.model import AliasRow, DivisionRow


def small_index(base: Index, changes: Changes) -> Index:
    """An index of the changed rows with the divisions of their counties; its file is gone when it is closed."""
    wanted = _divisions(base, {r.division for r in changes.handles} | {r.division for r in changes.doors})
    with tempfile.TemporaryDirectory(prefix="diming-live-") as folder:
        path = Path(folder) / "changes.index"
        aliases = [*changes.aliases, *_division_aliases(base, wanted)]
        build_index(path, _division_rows(base, wanted), changes.handles, changes.doors, aliases)
        return Index.open(path)  # mapped: it outlives the folder


def hidden_handles(base: Index, touched: frozenset[str]) -> frozenset[int]:
    """Numbers of the index's handles that are hidden."""
    return frozenset(number for code in touched for number in base.find("#", code))


def hidden_doors(base: Index, handles: frozenset[int], touched: frozenset[str]) -> Ints:
    """Numbers of the index's doors that are hidden: all of the hidden handles, and those touched themselves."""
    parts = [np.arange(base.handle_start[h], base.handle_end[h], dtype=np.int64) for h in sorted(handles)]
    parts.append(np.array([door for code in sorted(touched) for door in base.find("@", code)], np.int64))
    return np.concatenate(parts)


def _divisions(base: Index, codes: set[str]) -> list[int]:
    """The divisions of the counties of these, and what is above them."""
    number = {base.pool[c]: n for n, c in enumerate(base.div_code) if base.div_level[n] <= 3}
    counties = {number[c[:6] + "000000"] for c in codes if c[:6] + "000000" in number}
    counties |= {n for c in codes if (n := number.get(c[:4] + "00000000")) is not None}
    above = {up for county in counties for up in base.lineage(county)}
    inside = (n for n, county in enumerate(base.div_county) if county in counties)
    return sorted(above.union(inside))


def _division_rows(base: Index, wanted: list[int]) -> Iterator[DivisionRow]:
    text = base.pool
    for n in wanted:
        lon, lat, parent = base.div_lon[n], base.div_lat[n], base.div_parent[n]
        since, until = base.period("div", n)
        yield DivisionRow(
            text[base.div_code[n]], text[base.div_name[n]], base.div_level[n],
            "" if parent == NONE else text[base.div_code[parent]],
            lon if lon == lon else None, lat if lat == lat else None, since, until,
        )  # fmt: skip


def _division_aliases(base: Index, wanted: list[int]) -> Iterator[AliasRow]:
    known, text = set(wanted), base.pool
    for n in base.aliases_of_divisions():
        if base.alias_target[n] in known:
            code = text[base.div_code[base.alias_target[n]]]
            yield AliasRow(
                text[base.alias_text[n]],
                "division",
                code,
                text[base.alias_kind[n]],
                *base.period("alias", n),
                text[base.alias_scope[n]],
            )
