"""Note in the audit who read precise positions of markers (查阅记录), in the transaction that reads them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.store.acts import act


def note_read(
    db: Session, markers: Sequence[str], *, actor: str, door: str, request_id: str = "", name_act: bool = True
) -> None:
    """Write one audit entry for markers whose precise position is about to be shown.

    Args:
        db: the unit of work that reads them.
        markers: their codes; none writes nothing.
        actor: the account's name.
        door: where it is shown: ``界桩页``, ``/v1/markers``, ``外业数据包``.
        request_id: of the request.
        name_act: off where the transaction is another act already, which then names the reader.
    """
    if not markers:
        return
    if name_act:
        act(db, actor=actor, action="marker.read", request_id=request_id, detail={"door": door})
    db.execute(text("SELECT register.note_read(CAST(:markers AS text[]))"), {"markers": list(markers)})
