"""Commands for the private cluster and the server: up, down, status, migrate, serve."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.output import Json, emit, tell


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (up, down, status, migrate, serve):
        app.command()(command)


def up(as_json: Json = False) -> None:
    """启动私有数据库（没有就先建立）。"""
    from geo.store.cluster import private
    from geo.store.urls import is_private

    if not is_private():
        emit({"private": False}, as_json, ["已用 DIMING_DATABASE_URL 指定数据库，不需要启动私有数据库。"])
        return
    running = private().start()
    emit(
        {
            "private": True,
            "running": True,
            "folder": running.folder,
            "socket": running.socket,
            "pid": running.pid,
        },
        as_json,
        [f"私有数据库已启动（PostgreSQL {running.major}，用户 {running.user}），数据在 {running.folder}。"],
    )


def down(as_json: Json = False) -> None:
    """停止私有数据库。"""
    from geo.store.cluster import private
    from geo.store.urls import is_private

    stopped = is_private() and private().stop()
    emit({"stopped": stopped}, as_json, ["私有数据库已停止。" if stopped else "私有数据库没有在运行。"])


def status(as_json: Json = False) -> None:
    """显示数据库、数据表和任务的状态。"""
    from api.running import describe

    shown = describe()
    emit(shown, as_json, [f"{key}：{value}" for key, value in shown.items()])


def migrate(as_json: Json = False) -> None:
    """把数据库更新到本版本：数据表、SQL 函数和视图、任务队列、角色权限、全国区划。"""
    from api.readiness import bring_up

    bring_up(tell)
    emit({"migrated": True}, as_json, ["数据库已是最新。"])


def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="服务进程数", min=1, max=64)] = 1,
) -> None:
    """启动网页和接口服务，直到按 Ctrl-C。"""
    from api.running import serve as run

    run(host, port, workers)
