"""Who may do what: diagnosis of numbering (编号诊断)."""

from __future__ import annotations

from api.rights.callers import OFFICE

_READ = OFFICE | {"analyst", "township", "counter", "auditor"}
_HOME = "/desk/diagnosis"

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    **{
        ("GET", f"{_HOME}{path}"): _READ
        for path in ("", "/findings", "/export", "/findings/{key}", "/roads/{code}")
    },
    ("POST", f"{_HOME}/run"): OFFICE | {"analyst"},
    ("POST", f"{_HOME}/findings/{{key}}"): OFFICE | {"analyst"},
    ("POST", f"{_HOME}/seen"): OFFICE | {"analyst", "township", "inspector", "counter"},
}
