"""How long one job works on a long list, and when it is looked again whether somebody else still holds the rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

SLICE_S: Final = 5.0
"""Seconds one job works; then it queues itself behind the others, so that no big list holds up a small one."""
_LOOK_AGAIN: Final = timedelta(seconds=10)


def work_a_slice(do_piece: Callable[[], bool]) -> bool:
    """Do pieces until there are none (true) or the time is over (false); one in any case, however late it began.

    Args:
        do_piece: does the next piece; false where there is none.
    """
    until = time.monotonic() + SLICE_S
    while do_piece():
        if time.monotonic() >= until:
            return False
    return True


def look_again_at() -> datetime:
    """When to look whether the worker that holds the last rows still lives: if it died, nobody else would take them."""
    return datetime.now(UTC) + _LOOK_AGAIN
