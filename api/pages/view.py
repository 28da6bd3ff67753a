"""How the reader likes to read: large type (大字), high contrast (高对比), kept in cookies, so that it needs no script."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse

from api.pages.templates import CONTRAST_COOKIE, LARGE_COOKIE
from geo.settings import settings

router = APIRouter(include_in_schema=False)

YEAR_S = 365 * 24 * 3600


@router.get("/view")
def view(
    type_size: Annotated[Literal["large", "normal"] | None, Query(alias="type")] = None,
    contrast: Annotated[Literal["high", "normal"] | None, Query()] = None,
    back: Annotated[str, Query(max_length=2000)] = "/",
) -> RedirectResponse:
    """Remember the size or the contrast, whichever was chosen, and go back to the page it was asked from."""
    response = RedirectResponse(own_path(back), 303)
    for cookie, chosen in ((LARGE_COOKIE, type_size), (CONTRAST_COOKIE, contrast)):
        if chosen is not None:
            response.set_cookie(
                cookie,
                chosen,
                max_age=YEAR_S,
                samesite="lax",
                httponly=True,
                secure=settings().secure_cookies,
            )
    return response


def own_path(given: str) -> str:
    """The path if it is one of ours, else the front page: never a way to lead a reader to another site."""
    plain = given.startswith("/") and not given.startswith(("//", "/\\"))
    return given if plain and all(ord(c) > 32 for c in given) else "/"
