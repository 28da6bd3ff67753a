"""Who may do what: the public pages, addresses in and out, the repair desk, tiles, running."""

from __future__ import annotations

from typing import Final

from api.rights.callers import EVERYBODY, REPAIR, STAFF, SYSTEM

_DIALECTS: Final = {
    "GET": ("ban/search", "ban/reverse", "photon/api", "photon/reverse", "nominatim/search", "nominatim/reverse",
            "amap/v3/geocode/geo", "amap/v3/geocode/regeo", "tianditu/geocoder"),
    "POST": ("ban/search/csv", "ban/reverse/csv"),
}  # fmt: skip
_READ: Final = ("divisions", "places", "roads", "addresses", "facilities")

RIGHTS: Final[dict[tuple[str, str], frozenset[str]]] = {
    # pages
    ("GET", "/"): EVERYBODY,
    ("GET", "/results"): EVERYBODY,
    ("GET", "/a/{code}"): EVERYBODY,
    ("GET", "/view"): EVERYBODY,
    ("GET", "/about"): EVERYBODY,
    ("GET", "/docs"): EVERYBODY,
    ("GET", "/services"): EVERYBODY,
    ("GET", "/services/follow"): EVERYBODY,
    ("GET", "/guide"): EVERYBODY,
    ("GET", "/guide/{name}"): EVERYBODY,
    ("GET", "/guide/screens/{name}"): EVERYBODY,
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    ("GET", "/login/code"): EVERYBODY,
    ("POST", "/login/code"): EVERYBODY,
    ("GET", "/login/oidc"): EVERYBODY,
    ("GET", "/login/oidc/back"): EVERYBODY,
    ("POST", "/logout"): EVERYBODY,
    # who is asking
    ("GET", "/v1/session"): EVERYBODY,
    ("POST", "/v1/session"): EVERYBODY,
    ("DELETE", "/v1/session"): STAFF,
    # addresses in, places out
    ("GET", "/v1/geocode"): EVERYBODY,
    ("GET", "/v1/reverse"): EVERYBODY,
    ("GET", "/v1/suggest"): EVERYBODY,
    ("GET", "/v1/parse"): EVERYBODY,
    ("POST", "/v1/geocode/batch"): EVERYBODY,
    ("GET", "/v1/jobs/{job}"): EVERYBODY,
    ("GET", "/v1/jobs/{job}/result"): EVERYBODY,
    ("DELETE", "/v1/jobs/{job}"): EVERYBODY,
    # the same answers in the words of other geocoders, with and without a slash at the end
    **{
        (method, f"/dialects/{path}{end}"): EVERYBODY
        for method, paths in _DIALECTS.items()
        for path in paths
        for end in ("", "/")
    },
    # the register to read
    **{("GET", f"/v1/{name}"): EVERYBODY for name in _READ},
    **{("GET", f"/v1/{name}/{{code}}"): EVERYBODY for name in _READ},
    # what is reported as wrong
    ("GET", "/report"): EVERYBODY,
    ("POST", "/report"): EVERYBODY,
    ("GET", "/report/progress"): EVERYBODY,
    ("POST", "/v1/reports"): EVERYBODY,
    ("GET", "/v1/reports"): frozenset({"officer", "reviewer", "administrator", SYSTEM}),
    # the repair desk
    **{
        ("GET", f"/desk/repairs{path}"): REPAIR
        for path in (
            "",
            "/{batch}",
            "/{batch}/accept",
            "/{batch}/acts",
            "/{batch}/file",
            "/{batch}/sample",
            "/{batch}/training",
        )
    },
    **{
        ("POST", f"/desk/repairs{path}"): REPAIR
        for path in (
            "",
            "/{batch}/start",
            "/{batch}/accept",
            "/{batch}/undo",
            "/{batch}/rematch",
            "/{batch}/rows/{number}",
            "/{batch}/rows/{number}/alias",
            "/{batch}/rows/{number}/undo",
            "/{batch}/sample",
            "/{batch}/sample/{seed}",
        )
    },
    # maps
    ("GET", "/tiles/{layer}/{z}/{x}/{y}.mvt"): EVERYBODY,
    ("GET", "/styles/{name}.json"): EVERYBODY,
    ("GET", "/tilejson/{layer}.json"): EVERYBODY,
    ("GET", "/locator.svg"): EVERYBODY,
    # running
    ("GET", "/livez"): EVERYBODY,
    ("GET", "/readyz"): EVERYBODY,
    ("GET", "/metrics"): EVERYBODY,
}
