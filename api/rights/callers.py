"""The sets of callers that entries of the table of rights are made of."""

from __future__ import annotations

from typing import Final

from api.security.roles import KINDS, ROLES, SYSTEM

EVERYBODY: Final = frozenset(KINDS)
STAFF: Final = frozenset(ROLES)
REPAIR: Final = frozenset({"officer", "reviewer", "analyst"})
"""Who may repair lists of addresses (整改)."""
OFFICE: Final = frozenset({"officer", "reviewer"})
"""Who reviews names and numbers (地名科、审核)."""
DESK: Final = frozenset(ROLES) - {"inspector"}
"""Who works at a desk."""

__all__ = ["DESK", "EVERYBODY", "OFFICE", "REPAIR", "STAFF", "SYSTEM"]
