"""Who may do what: what waits, search over everything, figures, reports of the public (待办)."""

from __future__ import annotations

from api.rights.callers import STAFF

_REPORTS = frozenset({"officer", "reviewer", "administrator"})
_FIGURES = frozenset({"officer", "reviewer", "analyst", "administrator", "auditor"})

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/desk"): STAFF,
    ("GET", "/desk/search"): STAFF,
    ("GET", "/desk/keys"): STAFF,
    ("GET", "/desk/views"): STAFF,
    ("POST", "/desk/views"): STAFF,
    ("POST", "/desk/views/{view}/retire"): STAFF,
    ("GET", "/desk/drafts"): STAFF,
    ("GET", "/desk/drafts/content"): STAFF,
    ("POST", "/desk/drafts"): STAFF,
    ("POST", "/desk/drafts/done"): STAFF,
    ("GET", "/desk/statistics"): _FIGURES,
    ("GET", "/desk/statistics/report"): _FIGURES,
    ("GET", "/desk/statistics/report.docx"): _FIGURES,
    ("GET", "/desk/statistics/report.pdf"): _FIGURES,
    ("GET", "/desk/statistics/rows/{code}"): _FIGURES,
    ("GET", "/desk/statistics/rows/{code}/export"): _FIGURES,
    ("GET", "/desk/reports"): _REPORTS,
    ("GET", "/desk/reports/export"): _REPORTS,
    ("GET", "/desk/reports/{number}"): _REPORTS,
    ("POST", "/desk/reports/{number}"): _REPORTS,
}
