"""Reading an index of many counties as if it were one file: each county is mapped when something in it is first asked for.

Keys, names and divisions are the head's. What a number points to lies in the file that its upper bits say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import numpy as np
import structlog

from gazetteer.address.index.container import Container
from gazetteer.address.index.countyfile import CountyFile, folder_of
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.head import listed
from gazetteer.address.index.namekeys import NUMBER
from gazetteer.address.index.numbering import BITS, LOCAL, WORD, WORD_BITS
from gazetteer.address.index.reader import COLUMNS, DATED, Index
from gazetteer.address.index.strings import Pool
from geo.problems import BadInput, Problem

log = structlog.get_logger("address.index")

T = TypeVar("T")
_POINTING = frozenset(("handle.start", "handle.end", "handle.middle", "door.handle", "alias.target"))
"""Columns whose values are numbers of records of the same file."""
_WORDED = frozenset(
    (
        "handle.name",
        "handle.code",
        "door.path",
        "door.name",
        "door.estate",
        "alias.text",
        "alias.kind",
        "alias.scope",
    )
)
"""Columns whose values are numbers of texts of the same file."""
_shared: WeakValueDictionary[str, Index] = WeakValueDictionary()
"""Counties that are open in this process: a new head over the same files need not map them again."""


class _Each(dict[int, T]):
    """Something of every file, got when it is first asked for."""

    def __init__(self, get: Callable[[int], T]) -> None:
        self._get = get

    def __missing__(self, file: int) -> T:
        found = self[file] = self._get(file)
        return found


class _Column:
    """A column over all files."""

    def __init__(self, of: _Each[memoryview]) -> None:
        self._of = of

    def __getitem__(self, number: int) -> Any:
        return self._of[number >> BITS][number & LOCAL]


class _Pointing(_Column):
    """The same where a value points to a record of the same file."""

    def __getitem__(self, number: int) -> Any:
        value = self._of[number >> BITS][number & LOCAL]
        return value if value == NONE else value | (number & ~LOCAL)


class _Worded(_Column):
    """The same where a value is the number of a text of the same file; 0 is the empty text everywhere."""

    def __getitem__(self, number: int) -> Any:
        value = self._of[number >> BITS][number & LOCAL]
        return value and value | (number >> BITS << WORD_BITS)


class _Texts:
    """Texts of all files."""

    def __init__(self, of: _Each[Pool], bits: int, mask: int) -> None:
        self._of, self._bits, self._mask = of, bits, mask

    def __getitem__(self, number: int) -> str:
        return self._of[number >> self._bits][number & self._mask]

    def raw(self, number: int) -> bytes:
        """The UTF-8 of one text."""
        return self._of[number >> self._bits].raw(number & self._mask)


class Counties(Index):
    """An index of many files. A county whose file is damaged is left out, and that is said; the others answer."""

    def __init__(self, head: Container) -> None:
        super().__init__(head)
        self.files: list[CountyFile] = [*listed(self.info.meta)]
        self._refused: dict[int, str] = {}
        self._part: _Each[Index] = _Each(self._opened)
        for name in COLUMNS:
            kind = _Pointing if name in _POINTING else _Worded if name in _WORDED else _Column
            setattr(self, name.replace(".", "_"), kind(self._views(name)))
        for name in DATED:
            self._periods[name] = (_Column(self._views(f"{name}.from")), _Column(self._views(f"{name}.to")))
        self.pool = _Texts(_Each(lambda file: Pool(self._container(file), "pool")), WORD_BITS, WORD)
        self.door_code = _Texts(_Each(lambda file: Pool(self._container(file), "door.code")), BITS, LOCAL)

    def _views(self, name: str) -> _Each[memoryview]:
        return _Each(lambda file: self._container(file).view(name))

    def _container(self, file: int) -> Container:
        return self._part[file].container if file else self.container

    def part(self, file: int) -> Index | None:
        """A county's own index, numbers as in its file; None where it is refused."""
        return self._part[file] if self.is_open(file) else None

    def county_of(self, number: int) -> str:
        """Six digits of the county in whose file a road or a door lies."""
        return self.files[((number & NUMBER) >> BITS) - 1].county

    def is_open(self, file: int) -> bool:
        """Whether a county answers; maps it when it was not asked for yet."""
        if not file or file in self._part:
            return True
        if file in self._refused:
            return False
        try:
            self._part[file]
        except Problem as problem:
            self._refused[file] = problem.sentence
            self.refused = {**self.refused, self._name(file): problem.sentence}
            log.error("county_refused", county=self.files[file - 1].county, sentence=problem.sentence)
            return False
        return True

    def _name(self, file: int) -> str:
        """What a county is called; a city or a province for the file of what belongs to no county."""
        code = f"{self.files[file - 1].county}000000"
        known = (
            n for n in range(len(self.container.view("div.code"))) if self.pool[self.div_code[n]] == code
        )
        return next((self.pool[self.div_name[n]] for n in known), code[:6])

    def _opened(self, file: int) -> Index:
        one = self.files[file - 1]
        path = folder_of(self.container.path) / one.file
        name = f"{path}#{one.checksum}"
        found = _shared.get(name)
        if found is None:
            found = _shared[name] = _read(path, one, self.info.meta["divisions"])
        return found

    def readable(self, number: int) -> bool:
        """Whether what a number points to can be read."""
        return self.is_open(number >> BITS)

    def damaged(self) -> dict[str, str]:
        """Counties whose files cannot be read, and why, after looking at every file."""
        self.files_refused()
        return self.refused

    def files_refused(self) -> list[CountyFile]:
        """The files that cannot be read, after looking at every one."""
        return [one for file, one in enumerate(self.files, start=1) if not self.is_open(file)]

    # --- what an index of one file looks up in its own arrays ---

    def _find(self, kind: str, text: str) -> tuple[int, ...]:
        found = super()._find(kind, text)
        if kind == "v" or not found:
            return found
        return tuple(t for t in found if self.is_open((t & NUMBER) >> BITS))

    def valid(self, table: str, number: int, on: date | None) -> bool:
        """As of one file; what lies in a refused county is not in force."""
        return (table == "div" or self.is_open(number >> BITS)) and super().valid(table, number, on)

    def doors_at(self, handle: int, main: int) -> list[int]:
        """All doors of a handle whose first number is this one, in the order of their paths."""
        base = handle & ~LOCAL
        return [base | door for door in self._part[handle >> BITS].doors_at(handle & LOCAL, main)]

    def neighbours(self, handle: int, path: str) -> tuple[int | None, int | None]:
        """The registered doors in force just below and just above a number on a road."""
        base = handle & ~LOCAL
        below, above = self._part[handle >> BITS].neighbours(handle & LOCAL, path)
        return None if below is None else base | below, None if above is None else base | above

    def handles(self) -> Iterator[int]:
        """The numbers of all handles; opens every county."""
        for file, one in enumerate(self.files, start=1):
            if self.is_open(file):
                yield from range(file << BITS, (file << BITS) + one.handles)

    def aliases_of_divisions(self) -> Iterator[int]:
        """The numbers of the other names of divisions, which are the head's own."""
        return iter(range(len(self.container.view("alias.of"))))

    def divisions_in_use(self) -> list[int]:
        """The divisions that doors are registered in."""
        return [int(d) for d in self.container.array("door.used") if d != NONE]

    def points(self, start: int, end: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Longitudes and latitudes of doors that follow each other on one handle, degrees."""
        return self._part[start >> BITS].points(start & LOCAL, (start & LOCAL) + end - start)


def _read(path: Path, one: CountyFile, mark: str) -> Index:
    """Map a county's file after reading it through once: it is right to the byte, or refused."""
    container = Container(path)
    meta = container.info.meta
    if container.info.checksum != one.checksum or not container.verify():
        raise BadInput(
            f"区县 {one.county} 的索引文件已损坏：{path.name}",
            "请用 diming index build 重新生成。",
            code="index.damaged",
        )
    if meta.get("divisions") != mark or meta.get("county") != one.county:
        raise BadInput(
            f"区县 {one.county} 的索引文件与总索引的区划不一致：{path.name}", "请用 diming index build 重新生成。",
            code="index.damaged",
        )  # fmt: skip
    return Index(container)
