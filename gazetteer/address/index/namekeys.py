"""All keys of handles, divisions and aliases in one sorted array of hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

import numpy as np

from gazetteer.address.index.divisions import NONE, DivisionTable, day
from gazetteer.address.index.handles import HandleTable
from gazetteer.address.index.strings import PoolBuilder
from gazetteer.address.matching.keys import blur, core, deletions, fold, key64, sounds, stem
from gazetteer.address.matching.registered import inner_names
from gazetteer.address.model import AliasRow
from gazetteer.address.words.numerals import NUMERAL, to_digits

Arrays = dict[str, np.ndarray[Any, Any]]
INNER, ALIAS = 1 << 30, 2 << 30
"""What a number under a key points to, in its two highest bits: the thing itself, by a part of its name, an alias."""
NUMBER = (1 << 30) - 1
Keyed = tuple[int, int]


def name_keys(name: str) -> Iterator[int]:
    """Every key under which a handle of this (folded) name is found.

    ``p`` by sound, ``q`` by blurred sound, ``d`` with one character left out, ``c`` without its generic term.
    """
    said = sounds(name)
    for sound in set(said):
        yield key64("p", sound)
    for sound in {blur(s) for s in said}:
        yield key64("q", sound)
    for part in deletions(name):
        yield key64("d", part)
    yield key64("c", core(name))


def code_keys(handles: HandleTable, loose: Iterable[tuple[int, str]]) -> Iterator[Keyed]:
    """Keys of register codes: ``#`` of handles, ``@`` of doors that belong to none."""
    for number, row in enumerate(handles.rows):
        if row.code:
            yield key64("#", row.code.partition("~")[0]), number
    for number, code in loose:
        yield key64("@", code), number


def handle_keys(handles: HandleTable, home: Set[int]) -> Iterator[Keyed]:
    """Keys of all handles. Under ``n`` stand names as written, and ``INNER`` roads in a long name (南桥百兴路)."""
    known = _known_in_county(handles)
    near = [handles.divisions.rows[n].name for n in home]
    stems = {stem(name) for name in near} | set(near)
    cache: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(handles.rows):
        name = fold(row.name)
        if name not in cache:
            cache[name] = key64("n", name), *name_keys(name)
        for key in cache[name]:
            yield key, number
        for part in (*inner_names(name, known[handles.county(row)], stems), *_in_digits(name)):
            yield key64("n", part), number | INNER


def _known_in_county(handles: HandleTable) -> dict[int, set[str]]:
    """The names of each county: a road of another county does not show where a long name is to be cut."""
    known: dict[int, set[str]] = {}
    for row in handles.rows:
        known.setdefault(handles.county(row), set()).add(fold(row.name))
    return known


def _in_digits(name: str) -> list[str]:
    """秀园四弄 is also written 秀园4弄."""
    found = _NUMBERED_LANE.search(name)
    return [name[: found.start()] + (to_digits(found[1]) or found[1]) + found[2]] if found else []


_NUMBERED_LANE = re.compile(f"([{NUMERAL}]+)(弄|巷|支路|支弄|组|队|区|村)$")


def division_keys(divisions: DivisionTable, home: Set[int]) -> Iterator[Keyed]:
    """Keys of divisions under ``v``: in full, and ``INNER`` without the kind (黄岩).

    Of divisions far from home only counties and above are kept, in full: enough to see that another is meant.
    """
    for number, row in enumerate(divisions.rows):
        if number not in home and row.level > 3:
            continue
        name = fold(row.name)
        yield key64("v", name), number
        if stem(name) != name and number in home:
            yield key64("v", stem(name)), number | INNER


def alias_sections(
    aliases: Iterable[AliasRow],
    handles: HandleTable,
    door_of: dict[str, int],
    pool: PoolBuilder,
    home: Set[int],
) -> tuple[Arrays, list[Keyed]]:
    """Columns of the aliases and their keys: ``ALIAS`` under ``n`` of handles and doors, under ``v`` of divisions."""
    rows = [(a, *_target(a, handles, door_of)) for a in aliases]
    rows = [r for r in rows if r[2] != NONE and (r[1] or r[2] in home)]
    keys = [(key64("n" if t else "v", fold(a.alias)), n | ALIAS) for n, (a, t, _) in enumerate(rows)]
    sections = {
        "alias.text": np.array([pool.add(a.alias) for a, _, _ in rows], "<u4"),
        "alias.kind": np.array([pool.add(a.kind) for a, _, _ in rows], "<u4"),
        "alias.scope": np.array([pool.add(a.scope) for a, _, _ in rows], "<u4"),
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
