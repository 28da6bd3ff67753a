"""Departures from the standard form that the text alone shows (不规范之处), with place and repair.

Codes are those of ``docs/defects.md``. What needs the register (A02, A05-A08, A10, A19, A20, A22-A25, A31-A33,
A36) is added by the matcher through :mod:`gazetteer.address.defects.register`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    kinds = reading.kinds
    # Most rules speak of elements that most texts do not have: those are not asked.
    rules = [rule for rule, needed in _NEEDS if needed <= kinds]
    if reading.raw != reading.text:
        rules += CHARACTER_RULES
    found = {d for rule in rules for d in rule(reading)}
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
_NEEDS = tuple((rule, _NEEDED.get(rule, frozenset())) for rule in RULES)
_place = attrgetter("start", "end", "code")
