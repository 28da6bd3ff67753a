"""Who may do what: plates: making, hanging, checking (门牌)."""

from __future__ import annotations

from typing import Final

from api.rights.callers import DESK, EVERYBODY, OFFICE, STAFF

_MAKING: Final = OFFICE | {"counter"}
_FIELD: Final = OFFICE | {"township", "inspector"}
_REPORTING: Final = _FIELD | {"counter"}
_HOME: Final = "/desk/plates"

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    # what a scan shows
    ("GET", "/p/{code}"): EVERYBODY,
    ("POST", "/p/{code}/report"): EVERYBODY,
    ("GET", "/v1/plate-keys"): EVERYBODY,
    # the resource: the list would be the list of codes; a key counts as the public here, its scope is asked by the route
    ("GET", "/v1/plates"): EVERYBODY,
    ("GET", "/v1/plates/{code}"): EVERYBODY,
    # the phone before the plate
    ("GET", "/field/plates"): _FIELD,
    ("GET", "/field/plates/sw.js"): EVERYBODY,
    ("GET", "/v1/field/plates"): _FIELD,
    ("GET", "/v1/field/plates/{code}"): _FIELD,
    ("POST", "/v1/field/plates"): _FIELD,
    # the desk
    **{
        ("GET", _HOME + path): DESK
        for path in ("", "/export", "/{code}", "/{code}/face.svg", "/{code}/face.pdf", "/batches", "/batches/{code}",
                     "/repairs", "/repairs/{code}", "/checks", "/checks/{check}", "/checks/{check}/list.csv",
                     "/progress", "/progress/map.json", "/progress/list.csv")
    },
    ("GET", f"{_HOME}/photos/{{photo}}"): STAFF,
    ("GET", f"{_HOME}/batches/{{code}}/sheet.{{form}}"): _MAKING,
    ("GET", f"{_HOME}/batches/{{code}}/faces.pdf"): _MAKING,
    ("GET", f"{_HOME}/batches/{{code}}/sheets.pdf"): _MAKING,
    ("POST", f"{_HOME}/batches"): OFFICE,
    ("POST", f"{_HOME}/batches/{{code}}/receive"): _MAKING,
    ("POST", f"{_HOME}/{{code}}/act"): _REPORTING,
    ("POST", f"{_HOME}/repairs/{{code}}/act"): _FIELD,
    ("POST", f"{_HOME}/checks"): OFFICE,
    ("POST", f"{_HOME}/checks/{{check}}"): _FIELD,
}  # fmt: skip
