"""Who may do what: numbering and registration (编号与门牌登记)."""

from __future__ import annotations

RIGHTS: dict[tuple[str, str], frozenset[str]] = {}
