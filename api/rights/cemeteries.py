"""Who may do what: cemeteries (公墓)."""

from __future__ import annotations

from typing import Final

from api.rights.callers import DESK, EVERYBODY, OFFICE

_READ: Final = (
    "", "/export", "/checks", "/checks/{number}", "/ledgers", "/ledgers/{number}", "/ledgers/{number}/paper.pdf",
    "/ledgers/{number}/paper.docx", "/siting", "/forecast", "/new", "/{code}",
)  # fmt: skip
_WRITE: Final = (
    "/new", "/ledgers", "/ledgers/reconcile", "/ledgers/{number}/decide", "/checks/{number}", "/{code}/movement", "/{code}/price",
    "/{code}/land", "/{code}/check",
)  # fmt: skip

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/cemeteries"): EVERYBODY,
    ("GET", "/cemeteries/{code}"): EVERYBODY,
    **{("GET", f"/desk/cemeteries{path}"): DESK for path in _READ},
    **{("POST", f"/desk/cemeteries{path}"): OFFICE for path in _WRITE},
}
