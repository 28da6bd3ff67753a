"""What waits for whom (待办): each room says which of its cases wait, for which roles, and how they are called.

WAITING = (Waiting("proposal", "命名申请", ("submitted", "accepted"), {"officer"}, describe),)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

Describe = Callable[[Session, Sequence[str]], Mapping[str, tuple[str, str]]]
"""Subjects in, their (title, href) out; a subject that is left out is not shown."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of case that somebody has to work on.

    Attributes:
        machine: the state machine, as in ``register.case_state``.
        label: what such a case is called: 命名申请.
        states: the states in which it waits; empty for every state that is not final.
        roles: who it waits for; further, whoever may take a step out of the state sees it.
        describe: gives titles and addresses for subjects, many at once.
    """

    machine: str
    label: str
    states: Collection[str]
    roles: Collection[str]
    describe: Describe
