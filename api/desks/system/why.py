"""Why may somebody do something (权限查询): the table of rights and the division, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from api.pages.templates import page
from api.rights import RIGHTS
from api.rights.reach import Answer, may
from api.security.accounts import Account, get_account, list_accounts
from api.security.roles import KINDS, PUBLIC, ROLES, SYSTEM
from geo.problems import NotFound
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/system")
_WORDS = {**ROLES, PUBLIC: "公众", SYSTEM: "系统"}


@dataclass(frozen=True, slots=True)
class _Asks:
    roles: frozenset[str]
    division_code: str | None


@router.get("/why")
def shown(request: Request, account: str = "", act: str = "", division: str = "") -> Response:
    """Ask for an account, an operation and a division; below, the whole table for the operation."""
    with session() as db:
        accounts = list_accounts(db)
        asked = _account(accounts, account)
        answer = _answer(get_account(db, asked.name), act, division) if asked and act else None
    method, _, route = act.partition(" ")
    table = (
        [(word, kind in RIGHTS.get((method, route), frozenset())) for kind, word in _named()] if act else []
    )
    operations = sorted(f"{m} {r}" for m, r in RIGHTS)
    return page(
        request, "system/why.html", accounts=accounts, operations=operations, answer=answer, table=table,
        given={"account": account, "act": act, "division": division},
    )  # fmt: skip


def _answer(account: Account, act: str, division: str) -> Answer:
    if account.disabled_at:
        return Answer(False, ("账号已停用。",))
    method, _, route = act.partition(" ")
    asks = _Asks(frozenset({PUBLIC, *account.roles}), account.division_code)
    return may(asks, (method, route), division or None)


def _account(accounts: list[Account], name: str) -> Account | None:
    if not name:
        return None
    for one in accounts:
        if one.name == name:
            return one
    raise NotFound(f"没有账号“{name}”", "从清单里选一个")


def _named() -> list[tuple[str, str]]:
    return [(kind, _WORDS[kind]) for kind in KINDS]
