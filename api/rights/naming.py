"""Who may do what: naming proposals (地名申请), their notices, and the public's own applications."""

from __future__ import annotations

from typing import Final

from api.rights.callers import EVERYBODY, OFFICE

DESK: Final = OFFICE | {"counter", "township"}
"""Who may enter applications (窗口、镇街 besides the office)."""
READERS: Final = DESK | {"auditor", "administrator"}

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    # what waits, one record, the forms
    **{
        ("GET", f"/desk/naming{path}"): READERS
        for path in (
            "",
            "/export",
            "/decisions",
            "/{code}",
            "/{code}/papers/{kind}.{form}",
            "/files/{file}",
            "/rules",
            "/signs",
            "/signs/export",
            "/signs/photos/{file}",
        )
    },
    **{
        ("GET", f"/desk/naming{path}"): DESK
        for path in (
            "/new",
            "/{code}/edit",
            "/batches/{batch}",
            "/batches/{batch}/papers/{kind}.{form}.zip",
            "/batches/{batch}/papers/{kind}.pdf",
        )
    },
    **{("GET", f"/desk/naming{path}"): OFFICE for path in ("/experts", "/wordings", "/wordings/{kind}")},
    **{
        ("POST", f"/desk/naming{path}"): DESK
        for path in ("", "/check", "/suggest", "/shape", "/files", "/{code}", "/{code}/act", "/{code}/name")
    },
    **{
        ("POST", f"/desk/naming{path}"): OFFICE
        for path in (
            "/{code}/reasons",
            "/{code}/reports",
            "/{code}/voices",
            "/{code}/voices/{voice}",
            "/batches/{batch}/check",
            "/batches/{batch}/opine",
            "/batches/{batch}/act",
            "/batches/{batch}/signs",
            "/{code}/signs",
            "/signs/{sign}",
            "/experts",
            "/wordings/{kind}",
            "/wordings/{kind}/preview",
            "/wordings/{kind}/restore",
        )
    },
    # the public: notices, comments, applications
    ("GET", "/notices"): EVERYBODY,
    ("GET", "/notices/{code}"): EVERYBODY,
    ("POST", "/notices/{code}"): EVERYBODY,
    ("GET", "/apply"): EVERYBODY,
    ("POST", "/apply"): EVERYBODY,
    ("POST", "/apply/check"): EVERYBODY,
    ("GET", "/apply/{number}"): EVERYBODY,
    ("POST", "/apply/{number}"): EVERYBODY,
    # programs
    ("GET", "/v1/naming/check"): EVERYBODY,
    ("POST", "/v1/naming/check"): EVERYBODY,
    ("GET", "/v1/naming/suggestions"): EVERYBODY,
    ("GET", "/v1/proposals"): EVERYBODY,
    ("GET", "/v1/proposals/{code}"): EVERYBODY,
}
