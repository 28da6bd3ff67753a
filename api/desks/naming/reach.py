"""Whose proposals an account sees: the office all of them, a township clerk (镇街地名员) those of the own township."""

from __future__ import annotations

from sqlalchemy.orm import Session

from api.desks.officer import Officer
from api.rights import OFFICE
from gazetteer.proposal import store
from gazetteer.proposal.model import Kept
from geo.problems import NotAllowed

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
