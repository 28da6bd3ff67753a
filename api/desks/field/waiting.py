"""What the field leaves for the desk (待办): conflicts that a person has to settle."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.desks.waiting import Waiting
from boundary import access
from boundary.field import conflicts
from boundary.field.inspections import TRADES
from boundary.field.trades import parts
from geo.store.sight import SEES

HOME = "/desk/field/conflicts"


def title_of(db: Session, subject: str) -> str:
    """What a person calls the subject of a conflict."""
    kind, code = parts(subject)
    return TRADES[kind].title(db, code) if kind in TRADES else subject


def marker_of(subject: str) -> str:
    """The marker that a record of the field is about."""
    return parts(subject)[1].rpartition("/")[2]


def describe(db: Session, subjects: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Titles and addresses of conflicts for the home page."""
    wanted = set(subjects)
    return {
        one.code: (f"{title_of(db, one.subject)}：{one.why}", f"{HOME}/{one.code}")
        for one in conflicts.listed(db)
        if one.code in wanted and access.marker_within(db, marker_of(one.subject), SEES.get())
    }


WAITING: tuple[Waiting, ...] = (
    Waiting("field_conflict", "同步冲突", ("open",), {"officer", "reviewer"}, describe),
)
