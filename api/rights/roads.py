"""Who may do what: the audit of roads (道路排查)."""

from __future__ import annotations

from api.rights.callers import DESK, OFFICE

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/desk/roads"): DESK,
    ("GET", "/desk/roads/{code}"): DESK,
    ("POST", "/desk/roads/run"): OFFICE,
    ("POST", "/desk/roads/start"): OFFICE,
    ("POST", "/desk/roads/start-town"): OFFICE,
    ("POST", "/desk/roads/{code}/state"): OFFICE,
    ("GET", "/desk/roads/{code}/decide"): OFFICE,
    ("POST", "/desk/roads/{code}/decide"): OFFICE,
    ("POST", "/desk/roads/{code}/undo"): OFFICE,
}
