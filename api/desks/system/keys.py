"""Keys for programs (接口密钥): give out, with scopes and a quota; see their use; take back."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from api.security.keys import add_key, list_keys, revoke_key
from api.security.roles import SCOPES
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/system/keys")
HOME: Final = "/desk/system/keys"
Short = Annotated[str, Form(max_length=64)]
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def listed(request: Request) -> Response:
    """Every key with its use."""
    with session() as db:
        keys = list_keys(db)
    return page(request, "system/keys.html", keys=keys, scopes=SCOPES, errors={})


@router.post("")
def add(
    request: Request, name: Short = "", scope: Annotated[list[str] | None, Form()] = None, days: Short = "",
    per_day: Short = "", division: Short = "", token: Token = "",
) -> Response:  # fmt: skip
    """Give out a key; the page shows it this one time."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="key.add", request_id=officer.request_id)
        made = add_key(
            db, name, list(scope or []), days=_number(days, "有效天数"), per_day=_number(per_day, "每日次数"),
            division_code=division.strip() or None,
        )  # fmt: skip
    return page(request, "system/key.html", key_name=name.strip(), key=made)


@router.post("/revoke")
def revoke(request: Request, name: Short = "", token: Token = "") -> Response:
    """Take a key back."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="key.revoke", request_id=officer.request_id)
        revoke_key(db, name)
    return done(HOME, f"接口密钥“{name}”已停用。")


def _number(given: str, what: str) -> int | None:
    if not given.strip():
        return None
    if not given.strip().isdecimal() or not 0 < int(given) < 10_000_000:
        raise BadInput(f"{what}要写大于 0 的整数", "不限请留空")
    return int(given)
