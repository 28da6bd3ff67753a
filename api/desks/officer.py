"""Who acts at a desk (经办人): known by the login, checked by the form's token."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from api.answers import request_id
from api.security.caller import check_csrf, identify


@dataclass(frozen=True, slots=True)
class Officer:
    """Who sits at the desk.

    Attributes:
        name: the account's name, for ``act(db, actor=…)``.
        shown: the name that people read.
        roles: what the person may do, for ``geo.cases.states``.
        division_code: the division a township clerk writes for, else None.
        request_id: the id of this request, for the audit.
    """

    name: str
    shown: str
    roles: frozenset[str]
    division_code: str | None
    request_id: str


def officer_of(request: Request, token: str = "") -> Officer:
    """Who acts, after the form's token (or the header ``X-CSRF-Token``) has been checked: for every write.

    Raises:
        NotAllowed: the token is missing or another login's.
    """
    check_csrf(request, token)
    return reader_of(request)


def reader_of(request: Request) -> Officer:
    """Who looks at a page: the same without the token, for reading."""
    caller = identify(request)
    return Officer(caller.name, caller.shown_name, caller.roles, caller.division_code, request_id(request))
