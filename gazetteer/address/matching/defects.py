"""Defects of a text that its best reading shows: old and wrong names, wrong parents, numbers outside the road's range."""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer.address.defects.register import (
    ALIAS_CODES,
    KEY_CODES,
    OUTSIDE_RANGE,
    WRONG_PARENT,
    added,
    at_words,
    completed,
)
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import Standard
from gazetteer.address.matching.agreement import CONFLICTS
from gazetteer.address.matching.keys import GENERICS, core, fold
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.numbers import main_number, spoken
from gazetteer.address.model import Defect, Parsed

_OLD_COUNTY, _SPLIT_TOWN, _OLD_TOWN, _MERGED, _RARE = "A04", "A05", "A06", "A07", "A21"
_KINDS = ALIAS_CODES | {"乡镇改街道": "A06", "撤乡": "A06", "撤镇": "A06"}
_COUNTY, _TOWN, _VILLAGE = 3, 4, 5
_AS_WRITTEN = frozenset(("n", "s", "name"))
"""Keys of names that are written as they are registered."""
_GENERIC = "A19"
_COMMON = range(0xB0A1, 0xD7FA)
"""GB 2312 level one: the 3,755 characters that everybody writes."""


class RegisterDefects:
    """Names what one index shows to be wrong with a text."""

    def __init__(self, index: Index, words: Standard) -> None:
        self._index, self._words = index, words

    def told(self, parsed: Parsed, match: Match, standard: str) -> Parsed:
        """The same parse with the defects that the best reading shows; ``standard`` is the repaired whole."""
        found = [*self._name(parsed, match), *self._number(parsed, match)]
        if match.context.renamed or match.place in CONFLICTS:
            found += self._divisions(parsed, match)
        return added(completed(parsed, standard), *found) if found or parsed.defects else parsed

    def _divisions(self, parsed: Parsed, match: Match) -> Iterator[Defect]:
        index = self._index
        for stated in match.context.renamed:
            assert stated.alias is not None  # noqa: S101 - what makes it one of these
            code = self._of_alias(index.pool[index.alias_kind[stated.alias]], stated.options, stated.text)
            if code:
                yield at_words(parsed, code, stated.text, "、".join(self._names(match, stated.options)))
        if match.place in CONFLICTS:
            wrong = [s for s in match.context.stated if not self._holds(match, s.options)]
            for stated in wrong:
                yield at_words(parsed, WRONG_PARENT, stated.text, self._words.division(self._division(match)))

    def _of_alias(self, kind: str, options: tuple[int, ...], text: str) -> str | None:
        """The defect of whoever writes an old name of a division."""
        index = self._index
        level = min(index.div_level[o] for o in options)
        several = len({index.div_code[o] for o in options}) > 1
        if level == _TOWN and several:
            return _SPLIT_TOWN
        if kind == "错写":
            names = [index.pool[index.div_name[o]] for o in options]
            return _RARE if any(_rare(c) for n in names for c in n if c not in text) else _KINDS[kind]
        if kind in _KINDS:
            return _KINDS[kind]
        return (
            {_COUNTY: _OLD_COUNTY, _TOWN: _OLD_TOWN, _VILLAGE: _MERGED}.get(level) if kind == "旧称" else None
        )

    def _names(self, match: Match, options: tuple[int, ...]) -> list[str]:
        """The names meant: only the division of the answer where that is among them."""
        index = self._index
        held = [o for o in options if self._holds(match, (o,))] or list(options[:4])
        return list(dict.fromkeys(index.pool[index.div_name[o]] for o in held))

    def _holds(self, match: Match, options: tuple[int, ...]) -> bool:
        lineage = self._index.lineage(self._division(match))
        return any(o in lineage or lineage[:1] == self._index.lineage(o)[-1:] for o in options)

    def _division(self, match: Match) -> int:
        index = self._index
        if match.door is not None:
            return index.door_div[match.door]
        return match.division if match.hit.handle == NONE else index.handle_div[match.hit.handle]

    def _name(self, parsed: Parsed, match: Match) -> Iterator[Defect]:
        index, hit = self._index, match.hit
        if hit.handle == NONE or (hit.alias < 0 and hit.key in _AS_WRITTEN):
            return
        name = index.name_of(hit.handle)
        if hit.alias >= 0:
            kind = index.pool[index.alias_kind[hit.alias]]
            code = _KINDS.get(kind, "A24" if kind == "旧称" else "A22" if kind != "简称" else None)
        else:
            code = name_defect(hit.key, hit.asked, fold(name))
        if code:
            yield at_words(parsed, code, hit.asked, name)

    def _number(self, parsed: Parsed, match: Match) -> Iterator[Defect]:
        """A number beyond the last one of its road; one that is only missing inside the range is none."""
        index = self._index
        if match.wanted or match.reading is None or match.beside is not None or match.hit.handle == NONE:
            return
        number, highest = main_number(match.reading.path), index.handle_high[match.hit.handle]
        if highest and number > highest:
            said = parsed.first("no")
            written = said.text if said else spoken(match.reading.path)
            yield at_words(parsed, OUTSIDE_RANGE, written, f"现有号码至 {highest} 号")


def name_defect(key: str, asked: str, name: str) -> str | None:
    """The defect of a name that was found by a key although written otherwise."""
    short, long = sorted((asked, name), key=len)
    term = long[len(short) :] if long.startswith(short) else ""
    if key in ("dropped", "extra", "generic") and (term in GENERICS or core(asked) == core(name)):
        return _GENERIC
    return KEY_CODES.get(key)


def _rare(character: str) -> bool:
    try:
        return int.from_bytes(character.encode("gb2312"), "big") not in _COMMON
    except UnicodeEncodeError:
        return True
