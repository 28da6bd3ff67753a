"""Who may do what: the field pages and their sync (外业)."""

from __future__ import annotations

from typing import Final

from api.rights.callers import EVERYBODY, OFFICE

WALKERS: Final = frozenset({"inspector", "officer", "reviewer"})
"""Who walks and records; whose lines they are is asked besides (``boundary.access``)."""

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    # The frame of the field pages holds no data: it must open days after the login ended, to sync and log in again.
    ("GET", "/field"): EVERYBODY,
    ("GET", "/field/sw.js"): EVERYBODY,
    ("GET", "/field/manifest.webmanifest"): EVERYBODY,
    ("GET", "/field/take"): WALKERS,
    ("GET", "/field/last/{photo}"): WALKERS,
    ("POST", "/field/devices"): WALKERS,
    ("POST", "/field/devices/{device}/wiped"): WALKERS,
    ("POST", "/field/sync"): WALKERS,
    ("POST", "/field/photos"): WALKERS,
    ("PUT", "/field/photos/{upload}"): WALKERS,
    # at the desk
    ("GET", "/desk/field"): OFFICE,
    ("GET", "/desk/field/conflicts"): OFFICE,
    ("GET", "/desk/field/conflicts/{code}"): OFFICE,
    ("POST", "/desk/field/conflicts/{code}"): OFFICE,
    ("POST", "/desk/field/devices/{device}/revoke"): OFFICE,
}
