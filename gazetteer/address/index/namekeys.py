"""All keys of handles, divisions and aliases in one sorted array of hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from gazetteer.address.index.divisions import NONE, DivisionTable, day
from gazetteer.address.index.handles import HandleTable
from gazetteer.address.index.strings import PoolBuilder
from gazetteer.address.keys import blur, core, deletions, fold, key64, sounds, stem
from gazetteer.address.model import AliasRow
from gazetteer.address.registered import inner_names

Arrays = dict[str, np.ndarray[Any, Any]]
TARGETS = ("division", "handle", "door")
Keyed = tuple[int, int]


def name_keys(name: str) -> Iterator[int]:
    """Every key under which a handle of this (folded) name is found.

    ``n`` as written, ``p`` by sound, ``q`` by blurred sound, ``d`` with one character left out, ``c`` without its
    generic term.
    """
    yield key64("n", name)
    said = sounds(name)
    for sound in set(said):
        yield key64("p", sound)
    for sound in {blur(s) for s in said}:
        yield key64("q", sound)
    for part in deletions(name):
        yield key64("d", part)
    yield key64("c", core(name))


def handle_keys(handles: HandleTable, own: Iterable[int]) -> Iterator[Keyed]:
    """Keys of all handles; ``s`` are the roads inside a long name (南桥百兴路 -> 百兴路)."""
    known = {fold(r.name) for r in handles.rows}
    stems = {stem(r.name) for r in handles.divisions.rows} | {r.name for r in handles.divisions.rows}
    cache: dict[str, tuple[int, ...]] = {}
    for number in own:
        name = fold(handles.rows[number].name)
        if name not in cache:
            inner = [key64("s", part) for part in inner_names(name, known, stems)]
            cache[name] = (*name_keys(name), *inner)
        for key in cache[name]:
            yield key, number


def division_keys(divisions: DivisionTable) -> Iterator[Keyed]:
    """Keys of divisions: ``v`` in full, ``w`` without the kind (黄岩)."""
    for number, row in enumerate(divisions.rows):
        name = fold(row.name)
        yield key64("v", name), number
        if stem(name) != name:
            yield key64("w", stem(name)), number


def alias_sections(
    aliases: Iterable[AliasRow], handles: HandleTable, door_of: dict[str, int], pool: PoolBuilder
) -> tuple[Arrays, list[Keyed]]:
    """Columns of the aliases and their keys: ``a`` of handles and doors, ``b`` of divisions."""
    rows = [(a, *_target(a, handles, door_of)) for a in aliases]
    rows = [r for r in rows if r[2] != NONE]
    keys = [(key64("b" if t == 0 else "a", fold(a.alias)), n) for n, (a, t, _) in enumerate(rows)]
    keys += [(key64("e", s), n) for n, (a, t, _) in enumerate(rows) if t for s in sounds(fold(a.alias))[:1]]
    sections = {
        "alias.text": np.array([pool.add(a.alias) for a, _, _ in rows], "<u4"),
        "alias.kind": np.array([pool.add(a.kind) for a, _, _ in rows], "<u4"),
        "alias.of": np.array([t for _, t, _ in rows], "u1"),
        "alias.target": np.array([n for _, _, n in rows], "<u4"),
        "alias.from": np.array([day(a.valid_from) for a, _, _ in rows], "<i4"),
        "alias.to": np.array([day(a.valid_to) for a, _, _ in rows], "<i4"),
    }
    return sections, keys


def _target(alias: AliasRow, handles: HandleTable, door_of: dict[str, int]) -> tuple[int, int]:
    if alias.target_kind == "division":
        return 0, handles.divisions.number.get(alias.target, NONE)
    if alias.target in handles.number:
        return 1, handles.number[alias.target]
    return 2, door_of.get(alias.target, NONE)


def key_sections(keyed: Iterable[Keyed]) -> Arrays:
    """The sorted array of hashes and what each points to."""
    pairs = np.array(list(keyed) or np.zeros((0, 2)), dtype="<u8").reshape(-1, 2)
    order = np.argsort(pairs[:, 0], kind="stable")
    return {"key.hash": pairs[order, 0].copy(), "key.target": pairs[order, 1].astype("<u4")}
