"""All ten checks over the columns of the register, timed, with what had to be left out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gazetteer.diagnosis.checks import along, doors, numbers
from gazetteer.diagnosis.columns import Fault, Register
from gazetteer.diagnosis.kinds import KINDS
from gazetteer.numbering.rules import Rules


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a run found, how long it took, and which kinds could not be looked for."""

    faults: tuple[Fault, ...]
    seconds: float
    skipped: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Findings by kind, every kind named."""
        found = Counter(fault.kind for fault in self.faults)
        return {kind: found[kind] for kind in KINDS}


def diagnose(register: Register, rules: Rules) -> Diagnosis:
    """Look for D1 to D10 in the whole register."""
    began = time.perf_counter()
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: numbers.missing(register),
        lambda: numbers.doubles(register),
        lambda: along.wrong_side(register, rules),
        lambda: along.out_of_order(register, rules),
        lambda: numbers.outside_range(register),
        lambda: doors.several_at_one(register, rules),
        lambda: doors.door_or_plate_missing(register),
        lambda: along.far_off(register, rules),
        lambda: doors.old_name(register),
        lambda: doors.home_made(register),
    )
    faults = tuple(fault for check in checks for fault in check())
    skipped = () if register.plates.begun else ("D7",)
    return Diagnosis(faults, time.perf_counter() - began, skipped)
