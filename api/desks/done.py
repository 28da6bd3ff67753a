"""After an act: go to a page, and say there once what was done."""

from __future__ import annotations

from fastapi.responses import RedirectResponse

from api.pages.said import say


def done(address: str, sentence: str = "") -> RedirectResponse:
    """Go to ``address``, so that reloading it does not act again; the sentence shows there once."""
    response = RedirectResponse(address, 303)
    if sentence:
        say(response, sentence)
    return response
