"""Waiting for what comes by itself: without a limit of its own, for what never comes ends with the test's."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], bool]) -> None:
    """Ask again and again until something holds."""
    while not holds():
        time.sleep(0.02)
