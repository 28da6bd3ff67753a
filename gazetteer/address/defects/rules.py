"""Departures from the standard form that the text alone shows (不规范之处), with place and repair.

Codes are those of ``docs/defects.md``. What needs the register (A02, A05-A08, A10, A19, A20, A22-A25, A31-A33,
A36) is added by the matcher through :mod:`gazetteer.address.defects.register`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter

from gazetteer.address.defects import numbers, text
from gazetteer.address.defects.numbers import NUMBER_RULES
from gazetteer.address.defects.text import CHARACTER_RULES, LATIN_RULES, TEXT_RULES
from gazetteer.address.model import Defect
from gazetteer.address.reading.result import Reading

Rule = Callable[[Reading], Iterator[Defect]]
RULES: tuple[Rule, ...] = (*TEXT_RULES, *NUMBER_RULES)


def find_defects(reading: Reading) -> tuple[Defect, ...]:
    """All defects of a reading in the order of the text; empty when it is in standard form."""
    if reading.latin:
        return tuple(d for rule in LATIN_RULES for d in rule(reading))
    # Most rules speak of what most texts do not have: those are not asked.
    found = {
        d for rule, has in _asked_of(reading.kinds) if has is None or has(reading) for d in rule(reading)
    }
    if reading.raw != reading.text:
        found.update([d for rule in CHARACTER_RULES for d in rule(reading)])
    return tuple(sorted(found, key=_place)) if found else ()


_NEEDED: dict[Rule, frozenset[str]] = {
    text.missing_town: frozenset(("county",)),
    text.committee: frozenset(("comm",)),
    text.symbols: frozenset(("estate",)),
    text.unnamed_road: frozenset(("road",)),
    text.notes: frozenset(("note",)),
    numbers.sub_numbers: frozenset(("no",)),
    numbers.joined: frozenset(("road", "no")),
    numbers.floor_and_room: frozenset(("floor", "room")),
    numbers.doubled: frozenset(("no", "estate", "bld")),
}
"""Element types without which a rule finds nothing."""
_EXCLUDED: dict[Rule, frozenset[str]] = {
    text.missing_upper: frozenset(("prov", "city", "county")),
    text.missing_town: frozenset(("town",)),
}
"""Element types with which a rule finds nothing."""


def _several(reading: Reading) -> bool:
    """Whether two elements are of one type."""
    return len(reading.elements) > len(reading.kinds)


_HAS: dict[Rule, Callable[[Reading], object]] = {
    text.repeated: lambda reading: reading.head.repeated or _several(reading),
    text.people: text.may_name_people,
    text.personal: lambda reading: reading.personal,
    text.marks: lambda reading: reading.norm.cut or not reading.text.isalnum(),
    numbers.relative: lambda reading: reading.located,
    numbers.joined: _several,
}
"""What a text must have besides, or a rule finds nothing; each is quicker than the rule itself."""


@lru_cache(maxsize=4096)
def _asked_of(kinds: frozenset[str]) -> tuple[tuple[Rule, Callable[[Reading], object] | None], ...]:
    """The rules that may find something in a text with these elements."""
    return tuple(
        (rule, _HAS.get(rule))
        for rule in RULES
        if _NEEDED.get(rule, kinds) <= kinds and kinds.isdisjoint(_EXCLUDED.get(rule, ()))
    )


_place = attrgetter("start", "end", "code")
