"""Who may do what: what waits, search over everything, figures (待办)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
