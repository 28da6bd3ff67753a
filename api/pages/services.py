"""``/services``: what the public can have done here (办事), and where a number is followed."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.pages.templates import page

router = APIRouter(include_in_schema=False)

REGISTRATION = "G"
"""What the numbers of applications for door plates begin with; those of names have another letter."""


@router.get("/services")
def services(request: Request) -> Response:
    """Every service with what it needs and how long it takes, and the box for a number."""
    return page(request, "services.html", trouble="")


@router.get("/services/follow")
def follow(request: Request, number: Annotated[str, Query(max_length=40)] = "") -> Response:
    """To the page that asks for the code of this number: applications for numbers and for names keep their own."""
    said = "".join(number.split()).upper()
    if not said:
        return page(request, "services.html", status=422, trouble="请先填写申请编号，编号在回执上。")
    if said.startswith(REGISTRATION):
        return RedirectResponse(f"/apply/number/follow?code={quote(said)}", 303)
    return RedirectResponse(f"/apply/{quote(said)}", 303)
