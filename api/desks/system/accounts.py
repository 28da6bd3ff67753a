"""The accounts (账号) as the three administrators see them: the list with the organisations, one account."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from api.desks.lists import Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import reader_of
from api.desks.system.granting import may_grant
from api.pages.dates import moment
from api.pages.templates import page
from api.security.accounts import Account, get_account, list_accounts
from api.security.organisations import list_organisations
from api.security.roles import ROLES
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/system/accounts")
HOME: Final = "/desk/system/accounts"
COLUMNS = (
    Column("name", "用户名"), Column("shown", "姓名"), Column("roles", "角色"), Column("division", "辖区"),
    Column("organisation", "单位"), Column("code", "动态码"), Column("seen", "最近使用"), Column("state", "状态"),
)  # fmt: skip
FILTERS = (
    Filter("q", "用户名或姓名"), Filter("role", "角色", tuple(ROLES.items())),
    Filter("state", "状态", (("open", "在用"), ("locked", "锁定"), ("disabled", "停用"))),
)  # fmt: skip


@router.get("")
def listed(request: Request) -> Response:
    """Every account that the filters let through."""
    asked = asked_of(request, FILTERS, COLUMNS)
    with session() as db:
        accounts, organisations = list_accounts(db), list_organisations(db)
    wanted = asked.value("q").lower()
    found = [
        a for a in accounts
        if (not wanted or wanted in a.name or wanted in a.display_name.lower())
        and (not asked.value("role") or asked.value("role") in a.roles)
        and asked.value("state") in ("", _state(a))
    ]  # fmt: skip
    rows = [Row(a.name, f"{HOME}/{a.name}", _cells(a)) for a in found]
    listing = Listing(asked, COLUMNS, rows, total=len(rows), empty=("还没有账号", "", "", ""))
    return page(
        request, "system/accounts.html", listing=listing, organisations=organisations, roles=ROLES,
        may_add="administrator" in reader_of(request).roles, errors={},
    )  # fmt: skip


@router.get("/{name}")
def shown(request: Request, name: str) -> Response:
    """One account: what it may do and where, what was done with it."""
    caller = reader_of(request)
    with session() as db:
        account = get_account(db, name)
        organisations = list_organisations(db)
        history = db.execute(
            text("SELECT at, actor, action, new_values FROM audit.entry WHERE table_name = 'access.account' "
                 "AND key @> jsonb_build_object('id', CAST(:id AS bigint)) ORDER BY id DESC LIMIT 30"),
            {"id": account.id},
        ).all()  # fmt: skip
        grants = may_grant(db, caller, account.name)
    return page(
        request, "system/account.html", account=account, organisations=organisations, history=history, roles=ROLES,
        state=WORDS[_state(account)], grants=grants, administers="administrator" in caller.roles,
        own=account.name == caller.name,
    )  # fmt: skip


WORDS: Final = {"open": "在用", "locked": "锁定", "disabled": "停用"}


def _state(account: Account) -> str:
    return "disabled" if account.disabled_at else "locked" if account.locked else "open"


def _cells(account: Account) -> dict[str, object]:
    state = _state(account)
    return {
        "name": account.name, "shown": account.display_name,
        "roles": "、".join(ROLES[r] for r in account.roles), "division": account.division_code or "全区",
        "organisation": account.organisation, "code": "已启用" if account.second_step else "未启用",
        "seen": moment(account.seen_at) if account.seen_at else None,
        "state": Cell(WORDS[state], kind={"open": "sure", "locked": "check", "disabled": "none"}[state]),
    }  # fmt: skip
