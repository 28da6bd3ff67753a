"""Who may do what: the national database (国家地名库)."""

from __future__ import annotations

from api.rights.callers import OFFICE

_DATA = OFFICE | {"analyst", "administrator", "auditor"}

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/desk/exchange"): _DATA,
    ("POST", "/desk/exchange"): OFFICE,
    ("GET", "/desk/exchange/export/{area}.{form}"): _DATA,
    ("GET", "/desk/exchange/rehearsal/{area}.csv"): _DATA,
    ("GET", "/desk/exchange/push"): _DATA,
    ("GET", "/desk/exchange/push/pending.jsonl"): _DATA,
    ("POST", "/desk/exchange/push"): OFFICE,
    ("GET", "/desk/exchange/terms"): _DATA,
    ("GET", "/desk/exchange/terms/{which}.csv"): _DATA,
    ("POST", "/desk/exchange/terms/{which}"): OFFICE,
    ("GET", "/desk/exchange/checked"): _DATA,
    ("GET", "/desk/exchange/{batch}"): _DATA,
    ("POST", "/desk/exchange/{batch}/many/{way}"): OFFICE,
    ("GET", "/desk/exchange/{batch}/package.{form}"): _DATA,
    ("POST", "/desk/exchange/{batch}/delivered"): OFFICE,
    ("GET", "/desk/exchange/{batch}/{number}"): _DATA,
    ("POST", "/desk/exchange/{batch}/{number}"): OFFICE,
}
