"""Who may do what: meal service (助餐)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
