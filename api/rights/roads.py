"""Who may do what: the audit of roads (道路排查)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
