"""Who may do what: cemeteries (公墓)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
