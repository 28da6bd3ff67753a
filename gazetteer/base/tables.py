"""Loaders of the base data. Each reads its table once, on first use, and keeps it.

The tables are made by ``gazetteer/base/build.py`` and committed; sources and licences stand in
``docs/data-sources.md``. Nothing here touches a database, so that the address library can use it alone.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from gazetteer.base.rows import Change, Character, Division, DivisionAlias

_DATA: Final = files("gazetteer.base") / "data"


def _lines(name: str) -> Iterator[list[str]]:
    """Rows of a table without its heading."""
    return csv.reader(lines(name))


def lines(name: str) -> list[str]:
    """The lines of a table without its heading, for readers that take few of them apart.

    No field of ``divisions``, ``division_aliases`` and the first columns of ``history`` holds a comma.
    """
    text = gzip.decompress((_DATA / f"{name}.csv.gz").read_bytes()).decode("utf-8")
    return text.splitlines()[1:]


@cache
def divisions() -> tuple[Division, ...]:
    """Every province, city, county and township in force (September 2026), in order of code."""
    return tuple(
        Division(code, name, int(level), parent, short, pinyin)
        for code, name, level, parent, short, pinyin in _lines("divisions")
    )


@cache
def divisions_by_code() -> MappingProxyType[str, Division]:
    """The same divisions by their 12-digit code."""
    return MappingProxyType({row.code: row for row in divisions()})


@cache
def _all_villages() -> dict[str, tuple[Division, ...]]:
    grouped: dict[str, list[Division]] = {}
    for code, name, parent, short, pinyin in _lines("villages"):
        grouped.setdefault(code[:6], []).append(Division(code, name, 5, parent, short, pinyin))
    return {county: tuple(rows) for county, rows in grouped.items()}


def villages(county: str = "331003") -> tuple[Division, ...]:
    """Villages and residents' committees (村、社区、居委会) of a county, by its 6- or 12-digit code.

    State of June 2023. Ships for 331003 黄岩区 (348) and its neighbours 331082 临海市 and 331024 仙居县;
    empty for any other county, never an error.
    """
    return _all_villages().get(county[:6], ())


@cache
def history() -> tuple[Change, ...]:
    """Changes of county and higher divisions 1981-2026 and of townships 2014-2023, many-to-many."""
    return tuple(
        Change(code, name, int(level), path, int(start), int(year), successor, successor_name, document, note)
        for code, name, level, path, start, year, successor, successor_name, document, note in _lines(
            "history"
        )
    )


@cache
def division_aliases() -> tuple[DivisionAlias, ...]:
    """Old and short names of divisions in force: 黄岩市 → 黄岩区 (rank 0) and 路桥区 (rank 1)."""
    return tuple(
        DivisionAlias(alias, code, kind, int(until), int(rank))
        for alias, code, kind, until, rank in _lines("division_aliases")
    )


@cache
def characters() -> MappingProxyType[str, Character]:
    """The 8,105 standard characters with level and readings, by character."""
    return MappingProxyType(
        {char: Character(char, int(level), tuple(said.split())) for char, level, said in _lines("characters")}
    )


@cache
def traditional() -> MappingProxyType[str, str]:
    """Traditional and variant form (繁体、异体) → standard character: 號 → 号, 畬 → 畲."""
    return MappingProxyType({old: new for old, new, _ in _lines("variants")})


@cache
def variant_kinds() -> MappingProxyType[str, str]:
    """For each character of :func:`traditional`: 繁体 or 异体."""
    return MappingProxyType({old: kind for old, _, kind in _lines("variants")})


@cache
def lookalikes() -> MappingProxyType[str, tuple[tuple[str, float], ...]]:
    """Characters easily taken for one another (形近字) with a similarity of 0-1, both ways, best first."""
    found: dict[str, list[tuple[str, float]]] = {}
    for one, other, score in _lines("lookalikes"):
        found.setdefault(one, []).append((other, float(score)))
        found.setdefault(other, []).append((one, float(score)))
    return MappingProxyType({k: tuple(sorted(v, key=lambda x: (-x[1], x[0]))) for k, v in found.items()})


@cache
def readings() -> MappingProxyType[str, tuple[str, ...]]:
    """Readings with tone marks of words whose characters are read otherwise alone: 台州 → tāi zhōu.

    Place names and generic terms only.
    """
    return MappingProxyType({word: tuple(said.split()) for word, said in _lines("readings")})


@cache
def defect_types() -> tuple[tuple[str, str, str, str, str, str], ...]:
    """The 38 defect types: code, Chinese name, English name, bad, good, and 自动 or 复核 (see docs/defects.md)."""
    text = (files("gazetteer.base") / "defects.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return tuple((c, zh, en, bad, good, how) for c, zh, en, bad, good, how in rows)
