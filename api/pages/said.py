"""One sentence about an act, said on the page that follows it: carried by a cookie, so that no link can put words there."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from geo.settings import settings

COOKIE: Final = "diming_said"
MOST: Final = 300


def say(response: Response, sentence: str) -> None:
    """Let the next page of this reader say the sentence."""
    response.set_cookie(
        COOKIE, sentence[:MOST].encode().hex(), max_age=60, httponly=True, samesite="lax",
        secure=settings().secure_cookies,
    )  # fmt: skip


def said(request: Request) -> str:
    """What the act before this page had to say, ``""`` for nothing."""
    try:
        return bytes.fromhex(request.cookies.get(COOKIE, "")[: MOST * 8]).decode()
    except ValueError:
        return ""
