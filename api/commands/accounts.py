"""Commands for accounts and API keys: user add|list|disable, key add|list|revoke."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.output import Json, emit, say, table, tell

user = typer.Typer(help="账号：增加、列出、停用。", no_args_is_help=True, rich_markup_mode=None)
key = typer.Typer(help="接口密钥：发放、列出、停用。", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the two groups."""
    app.add_typer(user, name="user")
    app.add_typer(key, name="key")


@user.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="用户名，小写字母开头")],
    role: Annotated[list[str], typer.Option("--role", help="角色，可以给几个：officer reviewer township …")],
    shown: Annotated[str, typer.Option("--name", help="姓名")] = "",
    division: Annotated[str | None, typer.Option(help="镇街经办人所属区划的 12 位代码")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码")] = False,
    as_json: Json = False,
) -> None:
    """增加账号；不给密码时生成一个，只显示这一次。"""
    import sys

    from api.readiness import need_register
    from api.security.accounts import add_account
    from api.security.passwords import random_password
    from geo.store.engine import act, session

    need_register(tell)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else random_password()
    with session() as db:
        act(db, actor="system", action="account.add")
        add_account(db, name, password, role, display_name=shown, division_code=division)
    shown_password = None if password_stdin else password
    emit({"name": name, "password": shown_password}, as_json, [f"已增加账号 {name}。"])
    if shown_password and not as_json:
        say(f"密码（只显示这一次）：{shown_password}")


@user.command("list")
def user_list(as_json: Json = False) -> None:
    """列出账号。"""
    from dataclasses import asdict

    from api.security.accounts import list_accounts
    from api.security.roles import ROLES
    from geo.store.engine import session

    with session() as db:
        accounts = list_accounts(db)
    if as_json:
        emit([asdict(a) for a in accounts], True, ())
        return
    table("账号", ("用户名", "姓名", "角色", "区划", "状态"), (
        (a.name, a.display_name, "、".join(ROLES[r] for r in a.roles), a.division_code,
         "停用" if a.disabled_at else "在用")
        for a in accounts
    ))  # fmt: skip


@user.command("disable")
def user_disable(name: Annotated[str, typer.Argument(help="用户名")], as_json: Json = False) -> None:
    """停用账号，并结束它的登录。"""
    from api.readiness import need_register
    from api.security.accounts import disable_account
    from geo.store.engine import act, session

    need_register(tell)
    with session() as db:
        act(db, actor="system", action="account.disable")
        disable_account(db, name)
    emit({"name": name, "disabled": True}, as_json, [f"账号 {name} 已停用。"])


@key.command("add")
def key_add(
    name: Annotated[str, typer.Argument(help="用途，例如：智慧社区平台")],
    scope: Annotated[list[str], typer.Option("--scope", help="权限，可以给几个：read batch write feed")],
    days: Annotated[int | None, typer.Option(help="有效天数；不给则一直有效", min=1)] = None,
    as_json: Json = False,
) -> None:
    """发放接口密钥；密钥只显示这一次。"""
    from api.readiness import need_register
    from api.security.keys import add_key
    from geo.store.engine import act, session

    need_register(tell)
    with session() as db:
        act(db, actor="system", action="key.add")
        made = add_key(db, name, scope, days=days)
    emit({"name": name, "key": made}, as_json, [made])
    if not as_json:
        say("这就是密钥，只显示这一次。请求时放在 Authorization: Bearer 之后。")


@key.command("list")
def key_list(as_json: Json = False) -> None:
    """列出接口密钥（不含密钥本身）。"""
    from dataclasses import asdict

    from api.security.keys import list_keys
    from geo.store.engine import session

    with session() as db:
        keys = list_keys(db)
    if as_json:
        emit([asdict(k) for k in keys], True, ())
        return
    table("接口密钥", ("用途", "权限", "发放", "到期", "停用"), (
        (k.name, "、".join(k.scopes), f"{k.created_at:%Y-%m-%d}", k.expires_at and f"{k.expires_at:%Y-%m-%d}",
         k.revoked_at and f"{k.revoked_at:%Y-%m-%d}")
        for k in keys
    ))  # fmt: skip


@key.command("revoke")
def key_revoke(name: Annotated[str, typer.Argument(help="用途")], as_json: Json = False) -> None:
    """停用接口密钥。"""
    from api.readiness import need_register
    from api.security.keys import revoke_key
    from geo.store.engine import act, session

    need_register(tell)
    with session() as db:
        act(db, actor="system", action="key.revoke")
        revoke_key(db, name)
    emit({"name": name, "revoked": True}, as_json, [f"接口密钥“{name}”已停用。"])
