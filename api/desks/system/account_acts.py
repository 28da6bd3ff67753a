"""What is done with accounts: add, close, open again, reset, unlock, grant; and organisations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import Officer, officer_of
from api.desks.system.accounts import HOME
from api.desks.system.granting import may_grant, need_grant
from api.pages.templates import page
from api.security import second_step
from api.security.accounts import (
    add_account,
    disable_account,
    enable_account,
    get_account,
    grant_roles,
    set_password,
)
from api.security.organisations import add_organisation
from api.security.passwords import random_password
from api.security.throttle import forget_attempts
from geo.problems import NotAllowed
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/system")
Short = Annotated[str, Form(max_length=64)]
Token = Annotated[str, Form(max_length=200)]
Roles = Annotated[list[str], Form(default_factory=list)]


@router.post("/accounts")
def add(
    request: Request, role: Roles, name: Short = "", shown: Short = "", division: Short = "",
    organisation: Short = "", token: Token = "",
) -> Response:  # fmt: skip
    """Make an account with a password that is shown once and has to be changed at the first login."""
    officer, password = officer_of(request, token), random_password()
    with session() as db:
        # With a security administrator the account comes without rights; he gives them.
        grants = may_grant(db, officer, name)
        given = list(role or []) if grants else ["analyst"]
        act(db, actor=officer.name, action="account.add", request_id=officer.request_id)
        add_account(db, name, password, given, display_name=shown.strip(), must_change=True)
        if grants:
            grant_roles(db, name.strip().lower(), given, division.strip(), organisation)
    note = "" if grants else "角色先按“统计分析”开通，请安全管理员设定角色和辖区。"
    return page(request, "system/password.html", account=name.strip().lower(), password=password, note=note)


@router.post("/accounts/{name}/password")
def reset(request: Request, name: str, token: Token = "") -> Response:
    """Give a new password, shown once; the second step goes too, since its telephone may be what was lost."""
    officer, password = officer_of(request, token), random_password()
    if officer.name == name:
        raise NotAllowed("自己的密码在“我的账号”里修改", "到“我的账号”", code="own-password")
    with session() as db:
        act(db, actor=officer.name, action="account.reset", request_id=officer.request_id)
        set_password(db, name, password, must_change=True)
        second_step.turn_off(db, get_account(db, name).id)
        forget_attempts(db, name)
    return page(request, "system/password.html", account=name, password=password, note="")


@router.post("/accounts/{name}/disable")
def disable(request: Request, name: str, token: Token = "") -> Response:
    """Close an account; it stays in the list, since its acts name it."""
    officer = officer_of(request, token)
    if officer.name == name:
        raise NotAllowed("不能停用自己的账号", "请另一位系统管理员办理", code="own-account")
    return _do(officer, name, "account.disable", disable_account, "账号已停用，它的登录已结束。")


@router.post("/accounts/{name}/enable")
def enable(request: Request, name: str, token: Token = "") -> Response:
    """Open an account again."""
    return _do(officer_of(request, token), name, "account.enable", enable_account, "账号已恢复。")


@router.post("/accounts/{name}/unlock")
def unlock(request: Request, name: str, token: Token = "") -> Response:
    """Forget the failures of an account: it was made sure who asks."""
    return _do(officer_of(request, token), name, "account.unlock", forget_attempts, "账号已解锁。")


@router.post("/accounts/{name}/grant")
def grant(
    request: Request,
    name: str,
    role: Roles,
    division: Short = "",
    organisation: Short = "",
    token: Token = "",
) -> Response:
    """Set what an account may do, and where."""
    officer = officer_of(request, token)
    with session() as db:
        need_grant(db, officer, name)
        act(db, actor=officer.name, action="account.grant", request_id=officer.request_id)
        grant_roles(db, name, list(role or []), division.strip(), organisation)
    return done(f"{HOME}/{name}", "角色和辖区已设定，该账号需要重新登录。")


@router.post("/organisations")
def add_one(request: Request, name: Short = "", division: Short = "", token: Token = "") -> Response:
    """Add an organisation."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="organisation.add", request_id=officer.request_id)
        add_organisation(db, name, division.strip())
    return done(HOME, "单位已增加。")


def _do(
    officer: Officer, name: str, action: str, work: Callable[[Session, str], None], said: str
) -> Response:
    with session() as db:
        act(db, actor=officer.name, action=action, request_id=officer.request_id)
        work(db, name)
    return done(f"{HOME}/{name}", said)
