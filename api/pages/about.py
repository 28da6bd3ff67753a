"""What the data are, where they come from, what may be done with them; and the page of samples for programs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.templates import page

router = APIRouter(include_in_schema=False)


@router.get("/about")
def about(request: Request) -> HTMLResponse:
    """Sources, dates, datum, the meaning of the words of certainty, the notice about sample data."""
    return page(request, "about.html")
