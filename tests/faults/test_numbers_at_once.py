"""Fifty officers take numbers on one road at once, and none gets another's."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest

from gazetteer.numbering import claims
from geo.store.engine import act, session
from tests import street
from tests.faults import kept

OFFICERS = 50
# The short form keeps every officer and fewer numbers.
EACH = 200 if os.environ.get("DIMING_SOAK") else 6
# More officers than connections of the pool would only wait for one another there.
AT_ONCE = 15


# Ten thousand holds, one after the other because of the lock, take minutes on a busy machine.
@pytest.mark.timeout(3600)
def test_fifty_officers_at_once_never_get_the_same_number(
    clone: Callable[..., AbstractContextManager[str]],
) -> None:
    with clone():
        with session() as db:
            road = street.lay_out(db)

        def one(officer: int) -> list[int]:
            given = []
            for _ in range(EACH):
                with session() as db:
                    act(db, actor=f"officer{officer}", action="number.hold")
                    given += claims.hold_next(db, road, actor=f"officer{officer}")
            return given

        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            numbers = [n for given in pool.map(one, range(OFFICERS)) for n in given]
        spent = time.monotonic() - began
    different = len(set(numbers))
    kept.keep("numbers on one road", {
        "officers": OFFICERS, "each": EACH, "connections_at_once": AT_ONCE, "given": len(numbers),
        "different": different, "seconds": round(spent, 1),
    })  # fmt: skip
    assert different == len(numbers) == OFFICERS * EACH
    assert set(numbers) == set(range(1, OFFICERS * EACH + 1))
