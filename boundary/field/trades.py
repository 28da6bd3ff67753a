"""What the core of the sync asks a trade: whether an item may come in, what the register says, where a record goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from boundary.access import Seer
from boundary.field.merge import Ground, State


class Trade(Protocol):
    """One kind of record that devices write. Subjects are ``kind:code``."""

    kind: str

    def refusal(self, db: Session, code: str, content: Mapping[str, Any], who: Seer | None) -> str:
        """Why this cannot be taken, in Chinese; empty when it can. ``who`` is None for the desk."""

    def withdrawal_refusal(self, db: Session, code: str, who: Seer) -> str:
        """Why this sender may not take the record back (撤销), in Chinese; empty when he may."""

    def meanwhile(self, db: Session, code: str, state: State) -> Mapping[str, Any]:
        """What the trade's own pages changed since the record was carried there: field -> value now; ``WITHDRAWN`` among them
        when a withdrawn record was written anew there."""

    def ground(self, db: Session, code: str, seen: Mapping[str, Any]) -> Ground:
        """What the register says about the thing meanwhile."""

    def written(self, db: Session, code: str, state: State, *, actor: str) -> None:
        """A record changed: carry it to where the trade keeps it, in the same transaction."""

    def title(self, db: Session, code: str) -> str:
        """What a person calls the subject."""


def parts(subject: str) -> tuple[str, str]:
    """Kind and code of a subject."""
    kind, _, code = subject.partition(":")
    return kind, code
