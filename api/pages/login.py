"""Coming in and going out (登录、退出) by form: a password, a code where the account has one, or the provider."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.answers import problem_body
from api.pages.templates import page
from api.pages.view import own_path
from api.security import oidc
from api.security.caller import COOKIE, Cookie, check_csrf, login, login_with_code, logout
from geo.problems import NotLoggedIn, Problem
from geo.settings import settings

router = APIRouter(include_in_schema=False)
_STATE: Final = "diming_oidc"


@router.get("/login")
def login_form(
    request: Request, asked: Annotated[str, Query(alias="next", max_length=2000)] = "/desk"
) -> Response:
    """The form: name and password; it remembers the page that was asked before (``next``)."""
    return page(request, "login.html", name_given="", trouble="", next_page=_after(asked), oidc=oidc.is_on())


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
        return page(
            request, "login.html", status=problem.status, name_given=account, trouble=_told(problem, request),
            next_page=_after(asked), oidc=oidc.is_on(),
        )  # fmt: skip
    if cookie.pending:
        return _with(cookie, page(request, "login_code.html", trouble="", next_page=_after(asked)))
    return _with(cookie, RedirectResponse(_after(asked), 303))


@router.get("/login/code")
def code_form(request: Request) -> Response:
    """The second step again, after a reload."""
    return page(request, "login_code.html", trouble="", next_page="/desk")


@router.post("/login/code")
def log_in_with_code(
    request: Request,
    code: Annotated[str, Form(max_length=40)] = "",
    asked: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """The second step: the code of the telephone, or a recovery code."""
    agent = request.headers.get("user-agent", "")
    try:
        cookie = login_with_code(
            request.cookies.get(COOKIE, ""), code, address=address_of(request), agent=agent
        )
    except Problem as problem:
        told = _told(problem, request)
        return page(request, "login_code.html", status=problem.status, trouble=told, next_page=_after(asked))
    return _with(cookie, RedirectResponse(_after(asked), 303))


@router.get("/login/oidc")
def to_provider(
    request: Request, asked: Annotated[str, Query(alias="next", max_length=2000)] = "/desk"
) -> Response:
    """Go to the provider; the state stays in a cookie of this browser."""
    address, state = oidc.start(_after(asked))
    response = RedirectResponse(address, 303)
    response.set_cookie(
        _STATE, state, max_age=oidc.MINUTES * 60, httponly=True, samesite="lax", secure=settings().secure_cookies,
        path="/login",
    )  # fmt: skip
    return response


@router.get("/login/oidc/back")
def from_provider(
    request: Request,
    state: Annotated[str, Query(max_length=400)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Come back from the provider with a code, or without one when it was refused there."""
    if not code:
        raise NotLoggedIn(
            "统一认证没有让您登录", "请在统一认证页面重试，或用账号和密码登录", code="oidc-refused"
        )
    cookie, after = oidc.finish(
        state, request.cookies.get(_STATE, ""), code, address=address_of(request),
        agent=request.headers.get("user-agent", ""),
    )  # fmt: skip
    response = _with(cookie, RedirectResponse(_after(after), 303))
    response.delete_cookie(_STATE, path="/login")
    return response


@router.post("/logout")
def log_out(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """End the login."""
    check_csrf(request, token)
    logout(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


def _with(cookie: Cookie, response: Response) -> Response:
    response.set_cookie(**cookie.arguments())  # type: ignore[arg-type]
    return response


def _told(problem: Problem, request: Request) -> str:
    body = problem_body(problem, problem.status, request)
    return f"{body['detail']}{body['remedy']}"


def _after(asked: str) -> str:
    """Where a login leads: a page of this site, and not the form again."""
    path = own_path(asked)
    return "/" if path.split("?")[0] in {"/login", "/login/code", "/logout"} else path


def address_of(request: Request) -> str:
    """The network address that asks, for the throttle."""
    return request.client.host if request.client else ""
