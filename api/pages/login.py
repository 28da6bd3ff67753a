"""Coming in and going out (登录、退出) by form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.answers import problem_body
from api.pages.templates import page
from api.pages.view import own_path
from api.security.caller import COOKIE, check_csrf, login, logout
from geo.problems import Problem

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_form(
    request: Request, asked: Annotated[str, Query(alias="next", max_length=2000)] = "/desk"
) -> Response:
    """The form: name and password; it remembers the page that was asked before (``next``)."""
    return page(request, "login.html", name_given="", trouble="", next_page=_after(asked))


@router.post("/login")
def log_in(
    request: Request,
    account: Annotated[str, Form(max_length=64)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    asked: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Open a login and go to the page that was asked; the form again, with the reason, when it is refused."""
    try:
        cookie = login(
            account, password, address=address_of(request), agent=request.headers.get("user-agent", "")
        )
    except Problem as problem:
        told = problem_body(problem, problem.status, request)
        trouble = told["detail"] + told["remedy"]
        return page(
            request, "login.html", status=problem.status, name_given=account, trouble=trouble,
            next_page=_after(asked),
        )  # fmt: skip
    response = RedirectResponse(_after(asked), 303)
    response.set_cookie(**cookie.arguments())  # type: ignore[arg-type]
    return response


@router.post("/logout")
def log_out(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """End the login."""
    check_csrf(request, token)
    logout(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


def _after(asked: str) -> str:
    """Where a login leads: a page of this site, and not the form again."""
    path = own_path(asked)
    return "/" if path.split("?")[0] in {"/login", "/logout"} else path


def address_of(request: Request) -> str:
    """The network address that asks, for the throttle."""
    return request.client.host if request.client else ""
