"""Who may do what: maps that people use (地图)."""

from __future__ import annotations

from api.rights.callers import DESK, EVERYBODY, STAFF

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/map"): EVERYBODY,
    ("GET", "/docs/diming.qgs"): EVERYBODY,
    ("GET", "/desk/maps"): STAFF,
    # Of the round everybody sees precise positions of the own lines alone.
    ("GET", "/desk/maps/{name}.html"): STAFF,
    ("GET", "/desk/maps/paper.pdf"): STAFF,
    ("GET", "/desk/maps/published.gpkg"): DESK,
    ("POST", "/desk/maps/papers"): STAFF,
    ("POST", "/desk/maps/files"): DESK,
    # Each sees the files that he asked for himself.
    ("GET", "/desk/maps/files/{key}"): STAFF,
}
