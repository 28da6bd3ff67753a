"""Who may do what: meal service (助餐)."""

from __future__ import annotations

from typing import Final

from api.rights.callers import DESK, EVERYBODY, OFFICE

_READ: Final = (
    "",
    "/export",
    "/expiry",
    "/coverage",
    "/siting",
    "/compare",
    "/population",
    "/new",
    "/towns/{town}",
    "/towns/{town}.pdf",
    "/towns/{town}.docx",
    "/{code}",
)

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/meals"): EVERYBODY,
    ("GET", "/meals/{code}"): EVERYBODY,
    ("GET", "/v1/meals"): EVERYBODY,
    **{("GET", f"/desk/meals{path}"): DESK for path in _READ},
    ("POST", "/desk/meals/compare"): OFFICE,
    ("POST", "/desk/meals/compare/take"): OFFICE,
    ("POST", "/desk/meals/population"): OFFICE,
    ("POST", "/desk/meals/new"): OFFICE,
    **{("POST", f"/desk/meals/{{code}}/{act}"): OFFICE for act in ("price", "state", "hours")},
}
