"""Who may do what: lines, markers, inspections (界线). Whose lines a caller sees is asked further in every route."""

from __future__ import annotations

from typing import Final

from api.rights.callers import EVERYBODY, OFFICE

_SEE: Final = OFFICE | {"inspector", "auditor"}
_FIELD: Final = OFFICE | {"inspector"}
_HOME: Final = "/desk/boundary"

RIGHTS: Final[dict[tuple[str, str], frozenset[str]]] = {
    **{
        ("GET", f"{_HOME}{path}"): _SEE
        for path in (
            "",
            "/lines/{code}",
            "/markers/{code}",
            "/markers/{code}/files/{file}",
            "/markers/{code}/photos/{photo}",
            "/markers/{code}/register.{form}",
            "/rounds",
            "/rounds/{code}",
            "/rounds/{code}/sheet",
            "/rounds/{code}/markers/{marker}",
            "/rounds/{code}/markers/{marker}/record.{form}",
            "/rounds/{code}/papers.zip",
            "/rounds/{code}/papers/{kind}.{form}",
            "/events",
            "/events/{code}",
        )
    },
    ("GET", f"{_HOME}/plan"): OFFICE,
    ("GET", f"{_HOME}/import"): OFFICE,
    ("POST", f"{_HOME}/import"): OFFICE,
    ("GET", f"{_HOME}/import/{{key}}"): OFFICE,
    ("POST", f"{_HOME}/import/{{key}}"): OFFICE,
    ("POST", f"{_HOME}/import/{{key}}/undo"): OFFICE,
    ("GET", f"{_HOME}/lines/{{code}}/markers.{{ending}}"): OFFICE,
    ("GET", f"{_HOME}/events/new"): _FIELD,
    **{
        ("POST", f"{_HOME}{path}"): OFFICE
        for path in (
            "/plan",
            "/markers/{code}/files",
            "/rounds/{code}/act",
            "/rounds/{code}/team",
            "/rounds/{code}/team/off",
            "/rounds/{code}/tasks",
            "/rounds/{code}/sections",
            "/rounds/{code}/papers",
        )
    },
    **{
        ("POST", f"{_HOME}{path}"): _FIELD
        for path in (
            "/rounds/{code}/markers/{marker}",
            "/rounds/{code}/markers/{marker}/photos",
            "/events",
            "/events/{code}/parties",
            "/events/{code}/act",
        )
    },
    # 界桩 to read: rounded for everybody, precise for whoever walks that line; records only for those
    ("GET", "/v1/markers"): EVERYBODY,
    ("GET", "/v1/markers/{code}"): EVERYBODY,
    ("GET", "/v1/inspections"): _SEE,
}
