"""Logging in for programs and scripts: ``/v1/session``."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.pages.login import address_of
from api.security.caller import COOKIE, check_csrf, identify, login, login_with_code, logout
from geo.problems import NotLoggedIn

router = APIRouter(prefix="/v1", tags=["登录"])


class Credentials(BaseModel):
    """Name and password."""

    model_config = ConfigDict(extra="forbid")

    account: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=1000)
    code: str = Field("", max_length=40, description="动态码或恢复码，账号启用了动态码时必填")


@router.get("/session", summary="当前是谁")
def who(request: Request) -> dict[str, Any]:
    """The caller as the server sees him, with the token that writes by cookie must carry as ``X-CSRF-Token``."""
    caller = identify(request)
    return {
        "kind": caller.kind,
        "name": caller.shown_name,
        "roles": sorted(caller.roles),
        "division": caller.division_code,
        "csrf": caller.csrf,
    }


@router.post("/session", status_code=201, summary="登录")
def open_session(request: Request, given: Credentials) -> JSONResponse:
    """Open a login; the answer sets the cookie."""
    agent = request.headers.get("user-agent", "")
    address = address_of(request)
    cookie = login(given.account, given.password, address=address, agent=agent)
    if cookie.pending and not given.code:
        raise NotLoggedIn("这个账号启用了动态码", "在 code 里带上动态码后重试", code="totp-needed")
    if cookie.pending:
        cookie = login_with_code(cookie.token, given.code, address=address, agent=agent)
    response = JSONResponse({"opened": True}, 201)
    response.set_cookie(**cookie.arguments())  # type: ignore[arg-type]
    return response


@router.delete("/session", status_code=204, summary="退出")
def close_session(request: Request) -> Response:
    """End the login."""
    check_csrf(request)
    logout(request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE)
    return response
