"""Who may do what: the register of places and roads (地名、道路)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
