"""What this room tells the others: what waits, what can be found, the year's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from api.desks.finding import Found, Provider
from api.desks.waiting import Waiting
from gazetteer.registration import store
from gazetteer.registration.model import MACHINE

ROLES = frozenset({"officer", "reviewer", "counter"})


def describe(db: Session, subjects: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Titles and addresses of cases."""
    found = {}
    for code in subjects:
        case = store.find(db, code)
        found[code] = (f"{case.kind} {case.title}", f"/desk/numbers/{code}")
    return found


def find(db: Session, q: str, count: int) -> Sequence[Found]:
    """Cases by number, road or address."""
    rows = store.listed(db, q=q, limit=count)
    return [Found(f"{r.kind} {r.title}", f"/desk/numbers/{r.code}", r.state_label) for r in rows]


WAITING = (Waiting(MACHINE, "门牌登记", ("submitted", "accepted"), ROLES, describe),)
SEARCH = (Provider("门牌登记", ROLES, find),)
