"""Coming in and going out (登录、退出)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.templates import page

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_form(request: Request) -> HTMLResponse:
    """The form: name and password."""
    return page(request, "login.html", name_given="", trouble="")
