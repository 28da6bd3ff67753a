"""Who may do what: accounts, rights, audit (系统)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
