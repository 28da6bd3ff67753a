"""Small words about results of statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Result
from sqlalchemy.engine import CursorResult


def written(result: Result[Any]) -> int:
    """How many rows an INSERT or UPDATE wrote."""
    if not isinstance(result, CursorResult):
        raise TypeError("only a statement that writes has a count")
    return result.rowcount
