"""Who may do what: the national database (国家地名库)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
