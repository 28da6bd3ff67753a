"""Who may do what: the register of places and roads (地名、道路), the public page of a name, the change feed."""

from __future__ import annotations

from api.rights.callers import DESK, EVERYBODY, OFFICE

_RECORD = "/desk/places/{kind}/{code}"

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/desk/places"): DESK,
    ("GET", "/desk/places/roads"): DESK,
    ("GET", "/desk/places/addresses"): DESK,
    ("GET", "/desk/places/export/{kind}"): DESK,
    ("GET", "/desk/places/planned"): DESK,
    ("GET", "/desk/places/protected"): DESK,
    ("POST", "/desk/places/planned"): OFFICE,
    ("POST", "/desk/places/planned/{code}/retire"): OFFICE,
    ("GET", _RECORD): DESK,
    ("GET", f"{_RECORD}/edit"): OFFICE,
    ("POST", f"{_RECORD}/edit"): OFFICE,
    ("POST", f"{_RECORD}/files"): OFFICE,
    ("GET", f"{_RECORD}/files/{{number}}"): DESK,
    ("GET", f"{_RECORD}/rename"): OFFICE,
    ("POST", f"{_RECORD}/rename"): OFFICE,
    ("GET", f"{_RECORD}/retire"): OFFICE,
    ("POST", f"{_RECORD}/retire"): OFFICE,
    ("POST", "/desk/places/renamings/{number}/undo"): OFFICE,
    ("POST", f"{_RECORD}/heritage"): OFFICE,
    ("POST", f"{_RECORD}/stories"): OFFICE,
    ("POST", f"{_RECORD}/stories/{{story}}"): OFFICE,
    ("GET", "/n/{code}"): EVERYBODY,
    ("GET", "/n/{code}/media/{number}"): EVERYBODY,
    # A key for writing is no role: these two routes ask for the role or the key themselves.
    ("POST", "/v1/places"): EVERYBODY,
    ("PATCH", "/v1/places/{code}"): EVERYBODY,
    ("PATCH", "/v1/roads/{code}"): EVERYBODY,
    ("GET", "/v1/changes"): EVERYBODY,
}
