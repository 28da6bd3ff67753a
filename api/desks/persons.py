"""Note in the audit who looked at personal data (查阅个人信息): an applicant's name and telephone, the contact of a report."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request
from sqlalchemy.orm import Session

from api.answers import request_id
from api.security.caller import identify
from geo.store.acts import act, note_read


def note_persons(db: Session, request: Request, table: str, codes: Sequence[str], *, door: str) -> None:
    """Write one entry for records whose persons are about to be shown, in the transaction that reads them.

    Args:
        db: the unit of work.
        request: whose caller reads.
        table: where the personal data lies: ``register.registration_person``.
        codes: the records; none writes nothing.
        door: where it is shown: ``登记页``, ``/v1/reports``.
    """
    if not codes:
        return
    act(
        db,
        actor=identify(request).name,
        action="person.read",
        request_id=request_id(request),
        detail={"door": door},
    )
    for code in codes:
        note_read(db, table, code=code)
