"""What waits for whom (待办): each room says which of its cases wait, for which roles, and how they are called.

WAITING = (Waiting("proposal", "命名申请", ("submitted", "accepted"), {"officer"}, describe),)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that runs out on a day, without being a case: its record, its title and address, its state in words."""

    subject: str
    title: str
    href: str
    state: str
    since: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of thing that runs out: a licence, a certificate. A room lists them as ``DUE``.

    Attributes:
        machine: a short name of the kind, as in the address of the filtered list.
        label: what it is called: 助餐许可.
        clock: what the day is called: 许可到期.
        roles: who it waits for.
        find: what has run out, or soon will, seen from a day.
    """

    machine: str
    label: str
    clock: str
    roles: Collection[str]
    find: Callable[[Session, date], Sequence[DueItem]]
