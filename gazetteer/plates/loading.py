"""Many plates at once through COPY: an existing list, the sample."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from geo.store.acts import copy_rows

COLUMNS = ("code", "address", "kind", "reason", "replaces", "batch", "installed_by", "installed_at",
           "installed_point", "accuracy_m", "source", "made_up", "ordered_at", "retired_at")  # fmt: skip


class Step(NamedTuple):
    """One step of a plate's life as it is loaded; the first of a plate has the act ``begin`` and no state before."""

    machine: str
    subject: str
    act: str
    from_state: str | None
    to_state: str
    actor: str
    at: datetime
    note: str


def load(
    db: Session, plates: Iterable[Sequence[Any]], steps: Sequence[Step], machines: Iterable[str] = ("plate",)
) -> int:
    """Copy plates in the order of :data:`COLUMNS` with their steps in time; the last step is the state they are in.

    The caller has opened a bulk act. Gives how many plates were loaded.
    """
    count = copy_rows(db, "register.plate", COLUMNS, plates)
    for machine in machines:
        load_cases(db, [step for step in steps if step.machine == machine])
    return count


def load_cases(db: Session, steps: Sequence[Step]) -> None:
    """Copy cases and their steps."""
    last = {(step.machine, step.subject): step for step in steps}
    copy_rows(db, "register.case", ("machine", "subject", "state", "since"),
              ((s.machine, s.subject, s.to_state, s.at) for s in last.values()))  # fmt: skip
    copy_rows(db, "register.case_event", Step._fields, steps)
