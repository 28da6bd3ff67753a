"""The teams of a round (联检人员): who walks for which side, with which account, and what that account sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.desks.boundary.parts import HOME
from api.desks.done import done
from api.desks.officer import Officer, officer_of
from api.pages.templates import page
from api.security.accounts import Account, add_account, get_account, has_role
from api.security.passwords import random_password
from boundary import access, register, rounds
from geo.problems import BadInput, NotAllowed, NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/rounds")
Token = Annotated[str, Form(max_length=200)]
Short = Annotated[str, Form(max_length=60)]
ROLE: Final = "inspector"


@dataclass(frozen=True, slots=True)
class Walker:
    """One of a team as the page shows him: the account in words, the names of the lines that it sees."""

    member: rounds.Member
    account: str
    sees: str


@dataclass(frozen=True, slots=True)
class _Seer:
    name: str
    roles: frozenset[str]
    division_code: str | None


def people(db: Session, code: str) -> list[Walker]:
    """The team of a round, by side."""
    return [_walker(db, member) for member in rounds.team(db, code)]


@router.post("/{code}/team")
def join(
    request: Request, code: str, division: Short, name: Short, duty: Short = "", account: Short = "",
    opened: Annotated[str, Form(max_length=2)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Put somebody on a side's team; with ``opened`` his account is made, which sees this round's line alone."""
    officer, account = officer_of(request, token), account.strip().lower()
    with session() as db:
        access.check_line(db, officer, rounds.find(db, code).line)
        act(db, actor=officer.name, action="round.team", request_id=officer.request_id)
        rounds.add_member(db, code, division=division, name=name, duty=duty, account=account)
        password = _open(db, officer, account, name.strip(), division) if opened else ""
        if account and not opened:
            _check(db, account, division)
    if password:
        return page(request, "boundary/account.html", account=account, password=password, who=name.strip(),
                    round=code, home=HOME)  # fmt: skip
    return done(f"{HOME}/rounds/{quote(code)}", f"已添加{name.strip()}。")


@router.post("/{code}/team/off")
def leave(request: Request, code: str, division: Short, name: Short, token: Token = "") -> Response:
    """Take somebody off the team: the account sees nothing of the line from now on."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_line(db, officer, rounds.find(db, code).line)
        act(db, actor=officer.name, action="round.team", request_id=officer.request_id)
        rounds.remove_member(db, code, division=division, name=name)
    return done(
        f"{HOME}/rounds/{quote(code)}",
        f"已移出{name}，其账号不再看到这条界线。手机里的数据请到“外业”停用设备后当面清除。",
    )


def _open(db: Session, officer: Officer, account: str, shown: str, division: str) -> str:
    """Make the account; gives its first password, which is shown once."""
    if has_role(db, "security"):
        raise NotAllowed(
            "账号由安全管理员开通", "请安全管理员开通外业检查账号，再在这里填写用户名", code="security-grants"
        )
    if not account:
        raise BadInput("没有写用户名", "开通账号要填用户名，用小写字母和数字")
    password = random_password()
    add_account(db, account, password, [ROLE], display_name=shown, division_code=division, must_change=True)
    return password


def _check(db: Session, account: str, division: str) -> None:
    """An account that exists must be an inspector's of that side, or the person would see nothing, or too much."""
    known = get_account(db, account)
    if known.disabled_at or ROLE not in known.roles:
        raise BadInput(f"“{account}”不是在用的外业检查账号", "换一个账号，或勾选“开通新账号”")
    if known.division_code != division:
        raise BadInput(f"“{account}”的辖区不是这一方", "请系统管理员核对账号的辖区，或另开通账号")


def _walker(db: Session, member: rounds.Member) -> Walker:
    if not member.account:
        return Walker(member, "—", "—")
    try:
        known = get_account(db, member.account)
    except NotFound:
        return Walker(member, f"{member.account}（没有这个账号）", "—")
    seer = _Seer(known.name, frozenset(known.roles), known.division_code)
    lines = [] if known.disabled_at else access.lines_for(db, seer)
    return Walker(
        member,
        f"{known.name}（{_state(known)}）",
        "、".join(one.name for one in register.lines(db, lines)) or "无",
    )


def _state(known: Account) -> str:
    if known.disabled_at:
        return "已停用"
    return "还没有改初始密码" if known.must_change else "在用"
