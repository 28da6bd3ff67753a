"""Who may do what: plates: making, hanging, checking (门牌)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
