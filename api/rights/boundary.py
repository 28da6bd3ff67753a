"""Who may do what: lines, markers, inspections (界线)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
