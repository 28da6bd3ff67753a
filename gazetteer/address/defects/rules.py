"""Departures from the standard form that the text alone shows (不规范之处), with place and repair.

Codes are those of ``docs/defects.md``. What needs the register (A02, A05-A08, A10, A19, A20, A22-A25, A31-A33,
A36) is added by the matcher through :mod:`gazetteer.address.defects.register`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

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
    rules = RULES if reading.raw == reading.text else (*RULES, *CHARACTER_RULES)
    found = {d for rule in rules for d in rule(reading)}
    return tuple(sorted(found, key=_place)) if found else ()


_place = attrgetter("start", "end", "code")
