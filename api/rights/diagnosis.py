"""Who may do what: diagnosis of numbers (门牌诊断)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
