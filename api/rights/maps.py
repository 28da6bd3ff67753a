"""Who may do what: maps that people use (地图)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
