"""Whose proposals an account sees: the office all of them, a township clerk (镇街地名员) those of the own township."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.desks.officer import Officer
from api.rights import OFFICE
from gazetteer.proposal import store
from gazetteer.proposal.model import EDITABLE, Kept
from geo.problems import Conflict, NotAllowed

_ALL = OFFICE | {"counter", "auditor", "administrator"}


def own_town(reader: Officer) -> str:
    """The division a reader is held to, ``""`` for none; nine digits of it name the township."""
    return "" if reader.roles & _ALL else (reader.division_code or "")


def within_reach(db: Session, code: str, reader: Officer) -> Kept:
    """One proposal, if the reader may see it.

    Raises:
        NotFound: there is none of that code.
        NotAllowed: it lies in another township than the clerk's.
    """
    known = store.find(db, code)
    town = own_town(reader)
    if town and known.draft.division[:9] != town[:9]:
        raise NotAllowed(
            "这件申请不属于您所在的镇街。", "由申请所在镇街或区民政局办理。", code="other-township"
        )
    return known


def own_of(rows: Sequence[Kept], reader: Officer) -> list[Kept]:
    """Those of the proposals that the reader may see."""
    town = own_town(reader)[:9]
    return [row for row in rows if row.draft.division.startswith(town)]


def editable(db: Session, code: str, reader: Officer) -> Kept:
    """The same, if its content may still be changed.

    Raises:
        Conflict: it is past that.
    """
    known = within_reach(db, code, reader)
    if known.state not in EDITABLE:
        raise Conflict(
            f"申请现在是“{known.state_label}”，内容不能再改。", "需要修改的，先退回补正。", code="wrong-state"
        )
    return known
