"""Building an index of many counties: a file each, written side by side on all cores, then the head over them."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from gazetteer.address.index.container import Container, IndexInfo
from gazetteer.address.index.countyfile import CountyFile, Give, folder_of, write_county
from gazetteer.address.index.divisions import DivisionTable, read_divisions
from gazetteer.address.index.head import listed, write_head
from gazetteer.address.model import AliasRow, DivisionRow
from geo.problems import Conflict

KEPT_S = 600
"""Seconds that a replaced county's file stays: a worker may hold the old head that names it."""
Told = Callable[[CountyFile], None]


def county_of(division: str) -> str:
    """The county whose file holds what lies in a division: six digits."""
    return division[:6].ljust(6, "0")


def build_counties(
    head: Path,
    divisions: Iterable[DivisionRow],
    counties: Iterable[str],
    give: Give,
    aliases: Iterable[AliasRow] = (),
    *,
    meta: Mapping[str, str] | None = None,
    workers: int = 0,
    told: Told | None = None,
) -> IndexInfo:
    """Write an index of a file a county and the head over them; readers see the old index until the head is whole.

    Args:
        head: the head's file; the counties' files lie in a folder beside it.
        divisions: of all counties and what is above them.
        counties: six digits each; of a city or province for what belongs to no county.
        give: a function of a module, called with a county in the process that writes it.
        aliases: other names of divisions; those of roads and doors come with their county.
        meta: free words kept in the head.
        workers: processes; 0 for one a core.
        told: called with each county that is written.
    """
    tree = read_divisions(divisions)
    wanted = sorted(set(counties))
    home = tree.home([tree.at(f"{county}000000") for county in wanted])
    written: list[CountyFile] = []
    for one in _written(head, tree, home, wanted, give, workers):
        written.append(one)
        if told:
            told(one)
    before = index_files(head) if head.exists() else []
    info = write_head(head, tree, aliases, written, home, meta or {})
    clear_away(head, before)
    return info


def replace_county(
    head: Path,
    divisions: Iterable[DivisionRow],
    counties: Iterable[str],
    give: Give,
    aliases: Iterable[AliasRow] = (),
    *,
    meta: Mapping[str, str] | None = None,
    workers: int = 0,
) -> IndexInfo:
    """Write some counties anew and a head that names them; the files of all others stay as they are.

    Raises:
        Conflict: the divisions are not those of the index: it must be built as a whole.
    """
    tree = read_divisions(divisions)
    old = Container(head)
    known = {one.county: one for one in listed(old.info.meta)}
    home = frozenset(old.array("home").tolist())
    wanted = sorted(set(counties))
    if old.info.meta.get("divisions") != tree.mark() or any(_away(tree, one, home) for one in wanted):
        raise Conflict("区划已经变化，不能只更新一个区县的索引。", "请用 diming index build 重建整个索引。")
    known |= {one.county: one for one in _written(head, tree, home, wanted, give, workers)}
    kept = {**old.info.meta, **(meta or {})}
    before = index_files(head)
    info = write_head(head, tree, aliases, [known[one] for one in sorted(known)], home, kept)
    clear_away(head, before)
    return info


def _away(tree: DivisionTable, county: str, home: Set[int]) -> bool:
    return tree.at(f"{county}000000") not in home


def _written(
    head: Path, tree: DivisionTable, home: Set[int], counties: Sequence[str], give: Give, workers: int
) -> Iterable[CountyFile]:
    count = min(workers or os.cpu_count() or 1, len(counties))
    if count < 2:
        yield from (write_county(head, one, tree, home, give(one)) for one in counties)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, context, initializer=_begin, initargs=(head, tree, home, give)) as pool:
        yield from pool.map(_write_one, counties)


_job: tuple[Path, DivisionTable, Set[int], Give] | None = None


def _begin(head: Path, tree: DivisionTable, home: Set[int], give: Give) -> None:
    global _job
    _job = head, tree, home, give


def _write_one(county: str) -> CountyFile:
    if _job is None:  # the initializer always ran; without it there is nothing to write from
        raise RuntimeError("worker without rows")
    head, tree, home, give = _job
    return write_county(head, county, tree, home, give(county))


def clear_away(head: Path, before: Iterable[Path] = ()) -> None:
    """Remove counties' files that the head does not name, some time after it ceased to.

    Args:
        head: as it is now.
        before: the files of the head that was replaced just now: their time begins to run.
    """
    named = {one.file for one in listed(Container(head).info.meta)}
    for file in before:
        if file.parent == folder_of(head) and file.name not in named and file.exists():
            file.touch()
    for file in folder_of(head).iterdir():
        if file.name not in named and time.time() - file.stat().st_mtime > KEPT_S:
            file.unlink(missing_ok=True)


def index_files(head: Path) -> list[Path]:
    """Every file of an index: the head or the only file, then those of the counties."""
    meta = Container(head).info.meta
    return [head, *(folder_of(head) / one.file for one in listed(meta))] if "counties" in meta else [head]
