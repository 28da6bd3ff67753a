"""What a caller may read (可见范围): the beginning of the division codes whose open cases show to whoever asks.

The database holds it: row policies of cases, plates and reports compare ``diming.sees`` with where a row lies, so a
list, a search or an export that forgets to ask shows nothing of another county all the same. What the public may read
is not held back: doors open to everybody leave the range empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

SEES: Final[ContextVar[str]] = ContextVar("diming_sees", default="")
"""The beginning of the division codes; ``""`` for the whole district. A door sets it for a request."""

_SET: Final = text("SELECT set_config('diming.sees', :sees, true)")


def narrow(db: Session) -> None:
    """Hold a unit of work that begins to what its caller may read."""
    if sees := SEES.get():
        db.execute(_SET, {"sees": sees})


@contextmanager
def whole(db: Session) -> Iterator[None]:
    """Look at the whole district for a question that is wrong when half of the rows are missing.

    Whether a name is taken, which number is next, what the numbers of a road look like. What comes of it is an answer, not
    a list of other people's cases.
    """
    sees = SEES.get()
    if not sees:
        yield
        return
    db.flush()
    db.execute(_SET, {"sees": ""})
    yield
    db.flush()
    # After an error nothing can be said to the transaction, and nothing needs to be: it ends.
    db.execute(_SET, {"sees": sees})
