"""The command ``demo``: everything from nothing to a served register, in one go; a second time in seconds."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.output import say, tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 8000,
    doors: Annotated[int, typer.Option(help="示例区的门牌数", min=100, max=4_000_000)] = 20_000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="做完就结束，不启动网页服务")] = False,
) -> None:
    """建库、载入示例区、规范化一份不规范地址清单，然后启动网页，直到按 Ctrl-C。"""
    from api.demo import cases, district, first_account, showing
    from api.readiness import bring_up, fresh_index
    from geo.settings import settings
    from geo.store.statistics import renew

    bring_up(tell)
    folder = settings().home / "sample"
    if not district.loaded():
        district.load(folder, doors)
        renew()
    cases.load(lambda words: say(f"装入{words}。"), folder)
    index = fresh_index(tell)
    if rows := cases.repairs(folder / "nonstandard.csv"):
        say(f"装入示例整改名单 1 份，{rows} 行。")
    first_account.ensure_administrator()
    first_account.ensure_officer()
    first_account.ensure_inspectors()
    first_account.ensure_sandbox_key()
    showing.show(index, folder / "nonstandard.csv")
    if not no_serve:
        _serve(host, port)


def _serve(host: str, port: int) -> None:
    from api.running import serve

    say(f"网页：http://{host}:{port}（示例数据；按 Ctrl-C 结束）")
    say(f"整改台：http://{host}:{port}/desk/repairs（用地名科账号登录）")
    serve(host, port, workers=1)
