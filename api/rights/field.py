"""Who may do what: the field pages and their sync (外业)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
