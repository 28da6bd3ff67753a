"""One's own account (我的账号): password, open logins, the second step."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.login import address_of
from api.pages.templates import page
from api.security import second_step
from api.security.accounts import get_account, set_password
from api.security.caller import COOKIE, identify
from api.security.passwords import matches
from api.security.roles import ROLES
from api.security.sessions import open_logins, revoke_all, revoke_own
from api.security.throttle import check_attempts, note_attempt
from geo.problems import BadInput, NotAllowed, Problem
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/system")
HOME: Final = "/desk/system/me"
Password = Annotated[str, Form(max_length=200)]
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def home() -> Response:
    """The room's first page: the own account, which everybody has."""
    return RedirectResponse(HOME, 303)


@router.get("/me")
def shown(request: Request) -> Response:
    """The own account."""
    return _page(request)


@router.post("/me/password")
def change_password(
    request: Request, old: Password = "", new: Password = "", again: Password = "", token: Token = ""
) -> Response:
    """Choose a new password; the other logins end."""
    officer = officer_of(request, token)
    try:
        if new != again:
            raise BadInput("两次输入的新密码不同", "重新输入")
        if new == old:
            raise BadInput("新密码与原密码相同", "换一个")
        _check_own(request, officer.name, old)
        with session() as db:
            act(db, actor=officer.name, action="account.password", request_id=officer.request_id)
            set_password(db, officer.name, new, must_change=False, keep=request.cookies.get(COOKIE, ""))
    except Problem as problem:
        if isinstance(problem, NotAllowed):
            raise
        return _page(
            request, status=problem.status, errors={"new": f"{problem.sentence}。{problem.remedy}。"}
        )
    return done(HOME, "密码已修改，其他地方的登录已结束。")


@router.post("/me/logins/end")
def end_login(
    request: Request, mark: Annotated[str, Form(max_length=80)] = "", token: Token = ""
) -> Response:
    """End one of the own logins, or all others."""
    officer, caller = officer_of(request, token), identify(request)
    with session() as db:
        act(db, actor=officer.name, action="account.logout", request_id=officer.request_id)
        if mark:
            revoke_own(db, int(caller.account_id or 0), mark)
        else:
            revoke_all(db, int(caller.account_id or 0), keep=request.cookies.get(COOKIE, ""))
    return done(HOME, "已结束登录。")


@router.post("/me/code")
def begin_code(request: Request, password: Password = "", token: Token = "") -> Response:
    """Begin the second step: show the QR code for the telephone."""
    officer, caller = officer_of(request, token), identify(request)
    try:
        _check_own(request, officer.name, password)
        with session() as db:
            act(db, actor=officer.name, action="account.code-begin", request_id=officer.request_id)
            address = second_step.begin(db, int(caller.account_id or 0))
    except BadInput as problem:
        return _page(request, status=422, errors={"password": f"{problem.sentence}。{problem.remedy}。"})
    return _enrolling(request, address)


@router.post("/me/code/confirm")
def confirm_code(
    request: Request, code: Annotated[str, Form(max_length=20)] = "", token: Token = ""
) -> Response:
    """Type a first code: from now on it is asked for; the recovery codes are shown once."""
    officer, caller = officer_of(request, token), identify(request)
    try:
        with session() as db:
            act(db, actor=officer.name, action="account.code-on", request_id=officer.request_id)
            codes = second_step.confirm(db, int(caller.account_id or 0), code)
    except BadInput as problem:
        return _page(request, status=422, errors={"password": f"{problem.sentence}。{problem.remedy}。"})
    return page(request, "system/recovery.html", codes=codes)


@router.post("/me/code/off")
def code_off(request: Request, password: Password = "", token: Token = "") -> Response:
    """Take the second step away, after the password."""
    officer, caller = officer_of(request, token), identify(request)
    try:
        _check_own(request, officer.name, password)
        with session() as db:
            act(db, actor=officer.name, action="account.code-off", request_id=officer.request_id)
            second_step.turn_off(db, int(caller.account_id or 0))
    except BadInput as problem:
        return _page(request, status=422, errors={"password": f"{problem.sentence}。{problem.remedy}。"})
    return done(HOME, "动态码已停用。")


def _page(request: Request, *, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    caller, token = identify(request), request.cookies.get(COOKIE, "")
    with session() as db:
        account = get_account(db, caller.name)
        logins = open_logins(db, account.id, token)
        division = _division(db, caller.division_code)
    roles = "、".join(ROLES[r] for r in account.roles)
    return page(
        request, "system/me.html", status=status, account=account, roles=roles, logins=logins, division=division,
        errors=errors or {},
    )  # fmt: skip


def _enrolling(request: Request, address: str) -> Response:
    secret = address.split("secret=")[1].split("&")[0]
    grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return page(request, "system/enrol.html", code=second_step.drawn(address), secret=grouped)


def _check_own(request: Request, name: str, password: str) -> None:
    """Ask for the password again before what an unlocked screen must not allow; guessing counts as at the login.

    Raises:
        BadInput: it is another one.
        TooOften: too many failures.
    """
    address = address_of(request)
    with session() as db:
        check_attempts(db, name, address)
        stored = db.scalar(
            text("SELECT password_hash FROM access.account WHERE name = :name"), {"name": name}
        )
    right = matches(password, stored)
    with session() as db:
        note_attempt(db, name, address, succeeded=right)
    if not right:
        raise BadInput("原密码不对", "请重新输入", code="wrong-password")


def _division(db: Session, code: str | None) -> str:
    if code is None:
        return "全区"
    name = db.scalar(text("SELECT name FROM register.division WHERE code = :code"), {"code": code})
    return f"{name or ''}（{code}）"
