"""Names the parser knows (词典): the nation's divisions and, where given, the register's roads, villages and estates.

Look-up is longest match through the lengths that occur after the first two characters, so the cost does not
grow with the number of names, and twenty thousand names take a few megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from gazetteer import base

NameKind = Literal["comm", "road", "natvil", "estate"]


class KnownNames(Protocol):
    """Names with their kinds."""

    def get(self, spelling: str, /) -> NameKind | None:
        """The kind of a name, None for what is none."""

    def setdefault(self, spelling: str, kind: NameKind, /) -> NameKind:
        """Take a name in, unless it is known."""

    def __len__(self) -> int:
        """How many."""


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

    def lies_inside(self, context: str) -> bool:
        """Whether the division lies in (or holds) the one of these digits; former codes agree by province."""
        n = min(len(self.code), len(context))
        if self.retired:
            n = min(n, 2)
        return self.code[:n] == context[:n]


class Lexicon:
    """Spellings of divisions and of named things, found at a position of a text.

    The divisions may be shared between lexicons; ``add_name`` puts the register's own names in.
    """

    def __init__(self, divisions: Lexicon | None = None) -> None:
        # Compared with None: a lexicon without names of its own has the length 0.
        self._divisions: dict[str, tuple[Entry, ...] | str] = (
            {} if divisions is None else divisions._divisions
        )
        self._division_lengths: dict[str, int] = {} if divisions is None else divisions._division_lengths
        self.whole_first = lru_cache(maxsize=20_000)(self._whole_first)
        self._names: KnownNames = {}
        self._name_lengths: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._names)

    def add_division(self, spelling: str, entry: Entry) -> None:
        """Let ``spelling`` (two characters or more) stand for a division; several entries may share one."""
        known = self.entries(spelling)
        if len(spelling) >= 2 and entry not in known:
            self._divisions[spelling] = (*known, entry)
            self.whole_first.cache_clear()
            _note_length(self._division_lengths, spelling)

    def add_row(self, spelling: str, row: str) -> None:
        """Let ``spelling`` stand for what a line of the base data says; the line is taken apart when first met.

        A text meets a handful of the seventy thousand, so that loading stays a matter of a moment.
        """
        known = self._divisions.get(spelling)
        if known is None:
            self._divisions[spelling] = row
            _note_length(self._division_lengths, spelling)
        else:
            self._divisions[spelling] = f"{known}\n{row}"

    def add_name(self, spelling: str, kind: NameKind) -> None:
        """Let ``spelling`` (two characters or more, cleaned) stand for a road, village or estate."""
        if len(spelling) >= 2:
            self._names.setdefault(spelling, kind)
            _note_length(self._name_lengths, spelling)

    def add_names(self, names: Iterable[tuple[str, NameKind]]) -> None:
        """Many names at once."""
        for spelling, kind in names:
            self.add_name(spelling, kind)

    def look_up(self, names: KnownNames, lengths: dict[str, int]) -> None:
        """Take the names from a table that lies elsewhere, so that a million of them need no room here.

        Args:
            names: the kind of a spelling.
            lengths: one bit for each length of the names that begin with two characters.
        """
        self._names, self._name_lengths = names, lengths

    def entries(self, spelling: str) -> tuple[Entry, ...]:
        """What a spelling may mean."""
        found = self._divisions.get(spelling, ())
        return self._taken_apart(spelling, found) if isinstance(found, str) else found

    def _whole_first(self, spelling: str, context: str) -> tuple[Entry, ...]:
        """What a spelling means that carries its generic term: first what lies in (or holds) the division whose digits
        are given, what is in force before what is former, the higher level before the lower.
        """
        whole = [e for e in self.entries(spelling) if e.whole]
        return tuple(sorted(whole, key=lambda e: (not e.lies_inside(context), e.retired, e.level)))

    def has_code(self, spelling: str, county: str) -> bool:
        """Whether a spelling that nobody asked for yet already means a division of these six digits."""
        rows = self._divisions.get(spelling, "")
        return isinstance(rows, str) and any(row.lstrip("@-")[:6] == county for row in rows.split("\n"))

    def _taken_apart(self, spelling: str, rows: str) -> tuple[Entry, ...]:
        """The entries of a spelling that was kept as lines so far; kept taken apart from now on."""
        entries = tuple(dict.fromkeys(_entry(row, spelling) for row in rows.split("\n")))
        self._divisions[spelling] = entries
        return entries

    def begins(self, text: str, start: int) -> bool:
        """Whether any division spelling begins with the two characters at ``start``."""
        return text[start : start + 2] in self._division_lengths

    def divisions_at(self, text: str, start: int) -> list[tuple[int, tuple[Entry, ...]]]:
        """Every division spelling that begins at ``start``: (end, what it may mean), longest first."""
        mask = self._division_lengths.get(text[start : start + 2])
        if mask is None:
            return []
        found = []
        known, left = self._divisions, len(text) - start
        for length in _lengths(mask):
            if length > left:
                continue
            spelling = text[start : start + length]
            entries = known.get(spelling)
            if entries is not None:
                if entries.__class__ is str:
                    entries = self._taken_apart(spelling, entries)
                found.append((start + length, entries))
        return found  # type: ignore[return-value]

    def name_at(self, text: str, start: int, end: int | None = None) -> tuple[int, NameKind] | None:
        """The longest name of the register that begins at ``start``: (end, kind)."""
        mask = self._name_lengths.get(text[start : start + 2])
        if mask is None:
            return None
        limit = len(text) if end is None else end
        for length in _lengths(mask):
            if start + length <= limit:
                kind = self._names.get(text[start : start + length])
                if kind is not None:
                    return start + length, kind
        return None


def _note_length(lengths: dict[str, int], spelling: str) -> None:
    """Remember that a spelling of this length begins with these two characters: one bit a length."""
    head = spelling[:2]
    lengths[head] = lengths.get(head, 0) | 1 << len(spelling)


@lru_cache(maxsize=4096)
def _lengths(mask: int) -> tuple[int, ...]:
    """The lengths whose bits are set, longest first."""
    return tuple(n for n in range(mask.bit_length() - 1, 1, -1) if mask >> n & 1)


_GENERIC = ("省", "市", "区", "县", "旗", "镇", "乡", "街道", "盟", "自治州", "地区")
_DIGITS_OF_LEVEL = {"1": 2, "2": 4, "3": 6, "4": 9}
_ALIAS, _FORMER = "@", "-"
"""Marks before a line: the division in force that another name means; a division that ended."""


def _entry(row: str, spelling: str) -> Entry:
    """What a line, marked or not, says of one spelling."""
    code, name, level, _ = row.lstrip("@-").split(",", 3)
    former, generic = row[0] == _FORMER, row[0] == _ALIAS and spelling.endswith(_GENERIC)
    whole = former or generic or (row[0] != _ALIAS and spelling == name)
    return Entry(int(level), code[: _DIGITS_OF_LEVEL[level]], name, whole, former or generic)


@lru_cache(maxsize=1)
def base_lexicon() -> Lexicon:
    """The nation's divisions, present and former, full and short; loaded once and shared."""
    lexicon = Lexicon()
    by_code: dict[str, str] = {}
    for row in base.lines("divisions"):
        code, name, _, _, short, _ = row.split(",")
        by_code[code] = row
        lexicon.add_row(name, row)
        if short != name and len(short) >= 2:
            lexicon.add_row(short, row)
    _add_aliases(lexicon, by_code)
    _add_former(lexicon)
    return lexicon


def _add_aliases(lexicon: Lexicon, by_code: dict[str, str]) -> None:
    """Old and short names that lead to a division in force."""
    for row in base.lines("division_aliases"):
        alias, code, _ = row.split(",", 2)
        if code in by_code and len(alias) >= 2:
            county = by_code.get(f"{code[:6]}000000", "")
            spelling = _without_county(alias, "" if county[:12] == code else county)
            lexicon.add_row(spelling, _ALIAS + by_code[code])


def _without_county(alias: str, county: str) -> str:
    """城关镇 of 黄岩城关镇: the county is read by itself, so that the town is found with and without it."""
    if not county or not alias.startswith(short := county.split(",", 5)[4]):
        return alias
    rest = alias[len(short) :]
    return rest if len(rest) >= 3 and rest.endswith(_GENERIC) else alias


def _add_former(lexicon: Lexicon) -> None:
    """Divisions that ended: their names still stand in people's addresses (江东区, 萧山市)."""
    for row in base.lines("history"):
        code, name, level, _ = row.split(",", 3)
        if level <= "4" and name and not lexicon.has_code(name, code[:6]):
            lexicon.add_row(name, f"{_FORMER}{code},{name},{level},")
