"""Names the parser knows (词典): the nation's divisions and, where given, the register's roads, villages and estates.

Look-up is longest match through the lengths that occur after the first two characters, so the cost does not
grow with the number of names, and twenty thousand names take a few megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from gazetteer import base

NameKind = Literal["comm", "road", "natvil", "estate"]


class Entry(NamedTuple):
    """One division that a spelling may mean."""

    level: int
    """1 province … 4 township."""
    code: str
    """Digits that its descendants share: 2 of a province, 4 of a city, 6 of a county, 9 of a township."""
    name: str
    """The standard full name (黄岩区)."""
    whole: bool
    """True where the spelling carries its generic term (区、镇…), so that it stands for itself."""
    retired: bool = False
    """True for a former name (曾用名)."""


class Lexicon:
    """Spellings of divisions and of named things, found at a position of a text.

    The divisions may be shared between lexicons; ``add_name`` puts the register's own names in.
    """

    def __init__(self, divisions: Lexicon | None = None) -> None:
        self._divisions: dict[str, tuple[Entry, ...]] = divisions._divisions if divisions else {}
        self._division_lengths: dict[str, tuple[int, ...]] = divisions._division_lengths if divisions else {}
        self._names: dict[str, NameKind] = {}
        self._name_lengths: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def add_division(self, spelling: str, entry: Entry) -> None:
        """Let ``spelling`` (two characters or more) stand for a division; several entries may share one."""
        known = self._divisions.get(spelling, ())
        if len(spelling) >= 2 and entry not in known:
            self._divisions[spelling] = (*known, entry)
            _note_length(self._division_lengths, spelling)

    def add_name(self, spelling: str, kind: NameKind) -> None:
        """Let ``spelling`` (two characters or more, cleaned) stand for a road, village or estate."""
        if len(spelling) >= 2:
            self._names.setdefault(spelling, kind)
            _note_length(self._name_lengths, spelling)

    def add_names(self, names: Iterable[tuple[str, NameKind]]) -> None:
        """Many names at once."""
        for spelling, kind in names:
            self.add_name(spelling, kind)

    def entries(self, spelling: str) -> tuple[Entry, ...]:
        """What a spelling may mean."""
        return self._divisions.get(spelling, ())

    def begins(self, text: str, start: int) -> bool:
        """Whether any division spelling begins with the two characters at ``start``."""
        return text[start : start + 2] in self._division_lengths

    def divisions_at(self, text: str, start: int) -> list[tuple[int, tuple[Entry, ...]]]:
        """Every division spelling that begins at ``start``: (end, what it may mean), longest first."""
        lengths = self._division_lengths.get(text[start : start + 2])
        if lengths is None:
            return []
        found = []
        for length in lengths:
            entries = self._divisions.get(text[start : start + length])
            if entries is not None and start + length <= len(text):
                found.append((start + length, entries))
        return found

    def name_at(self, text: str, start: int, end: int | None = None) -> tuple[int, NameKind] | None:
        """The longest name of the register that begins at ``start``: (end, kind)."""
        lengths = self._name_lengths.get(text[start : start + 2])
        if lengths is None:
            return None
        limit = len(text) if end is None else end
        for length in lengths:
            if start + length <= limit:
                kind = self._names.get(text[start : start + length])
                if kind is not None:
                    return start + length, kind
        return None


def _note_length(lengths: dict[str, tuple[int, ...]], spelling: str) -> None:
    """Remember that a spelling of this length begins with these two characters."""
    head, length = spelling[:2], len(spelling)
    known = lengths.get(head, ())
    if length not in known:
        lengths[head] = tuple(sorted((*known, length), reverse=True))


_GENERIC = ("省", "市", "区", "县", "旗", "镇", "乡", "街道", "盟", "自治州", "地区")
_DIGITS_OF_LEVEL = {1: 2, 2: 4, 3: 6, 4: 9}


@lru_cache(maxsize=1)
def base_lexicon() -> Lexicon:
    """The nation's divisions, present and former, full and short; loaded once and shared."""
    lexicon = Lexicon()
    levels: dict[str, tuple[int, str]] = {}
    for row in base.divisions():
        levels[row.code] = (row.level, row.name)
        shared = row.code[: _DIGITS_OF_LEVEL[row.level]]
        lexicon.add_division(row.name, Entry(row.level, shared, row.name, True))
        if row.short != row.name and row.short:
            lexicon.add_division(row.short, Entry(row.level, shared, row.name, False))
    _add_aliases(lexicon, levels)
    _add_former(lexicon)
    return lexicon


def _add_aliases(lexicon: Lexicon, levels: dict[str, tuple[int, str]]) -> None:
    """Old and short names that lead to a division in force."""
    for alias in base.division_aliases():
        if alias.code not in levels or len(alias.alias) < 2:
            continue
        level, name = levels[alias.code]
        whole = alias.alias.endswith(_GENERIC)
        entry = Entry(level, alias.code[: _DIGITS_OF_LEVEL[level]], name, whole, retired=whole)
        lexicon.add_division(_without_county(alias.alias, alias.code), entry)


def _without_county(alias: str, code: str) -> str:
    """城关镇 of 黄岩城关镇: the county is read by itself, so that the town is found with and without it."""
    county = base.divisions_by_code().get(f"{code[:6]}000000")
    rest = alias.removeprefix(county.short) if county and county.code != code else alias
    return rest if len(rest) >= 3 and rest.endswith(_GENERIC) else alias


def _add_former(lexicon: Lexicon) -> None:
    """Divisions that ended: their names still stand in people's addresses (江东区, 萧山市)."""
    for row in base.history():
        if row.level <= 4 and row.name:
            shared = row.code[: _DIGITS_OF_LEVEL[row.level]]
            if any(e.code[:6] == shared[:6] for e in lexicon.entries(row.name)):
                continue  # the alias already says what it is today
            lexicon.add_division(row.name, Entry(row.level, shared, row.name, True, retired=True))
