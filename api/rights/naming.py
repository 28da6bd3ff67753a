"""Who may do what: naming proposals (地名申请)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
