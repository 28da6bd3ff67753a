"""Who may do what: numbering and registration (编号与门牌登记)."""

from __future__ import annotations

from typing import Final

from api.rights.callers import EVERYBODY, SYSTEM

COUNTER: Final = frozenset({"officer", "reviewer", "counter"})
"""Who takes registrations in and decides on them (窗口、地名科、审核)."""
_READ: Final = COUNTER | {"township", "auditor", "analyst"}
_DESK: Final = "/desk/numbers"

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", _DESK): _READ,
    ("GET", f"{_DESK}/export"): COUNTER | {"analyst"},
    ("GET", f"{_DESK}/rules"): _READ,
    # The record shows who applied: for those who work on it.
    ("GET", f"{_DESK}/{{code}}"): COUNTER,
    **{("GET", f"{_DESK}/{path}"): COUNTER for path in (
        "new", "handles", "find", "handle", "place", "suggest", "check", "streets", "estates", "batches", "import",
        "{code}/edit", "{code}/paper.{ending}", "{code}/files/{attachment}")},
    **{("POST", f"{_DESK}/{path}"): COUNTER for path in (
        "new", "streets", "estates", "batches/{batch}/undo", "batches/{batch}/plates", "import", "{code}/edit", "{code}/act",
        "{code}/files")},
    # the applicant
    ("GET", "/apply/number"): EVERYBODY,
    ("POST", "/apply/number"): EVERYBODY,
    ("GET", "/apply/number/follow"): EVERYBODY,
    ("POST", "/apply/number/follow"): EVERYBODY,
    ("POST", "/apply/number/files"): EVERYBODY,
    ("POST", "/apply/number/amend"): EVERYBODY,
    # other systems: a key counts as the public here, its scope is asked by the route itself
    ("POST", "/v1/addresses"): EVERYBODY | {SYSTEM},
    ("PATCH", "/v1/addresses/{code}"): EVERYBODY | {SYSTEM},
}  # fmt: skip
