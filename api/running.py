"""The server as processes: the web workers and the job worker, and what is to be said of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

from sqlalchemy import text

from geo.problems import Problem, Unavailable
from geo.settings import ROOT
from geo.store.cluster import private
from geo.store.urls import app_url, is_private


def serve(host: str, port: int, workers: int) -> None:
    """Serve the web and the API and do the background work, until Ctrl-C.

    Raises:
        Unavailable: the database is not there or the port is taken.
    """
    import uvicorn

    from api.commands.output import tell
    from api.readiness import fresh_index

    fresh_index(tell)
    _check_port(host, port)
    # A service manager says TERM; without this the process would die before it ends its job worker.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    background = _start_worker()
    try:
        uvicorn.run(
            "api.app:create_app", factory=True, host=host, port=port, workers=workers, log_level="warning", access_log=False,
            server_header=False, timeout_graceful_shutdown=10,
        )  # fmt: skip
    except KeyboardInterrupt:
        pass
    finally:
        background.terminate()
        background.wait(timeout=20)


def describe() -> dict[str, Any]:
    """The state of the cluster, the schema and the jobs, in words a person understands."""
    shown: dict[str, Any] = {"数据库": app_url().render_as_string(hide_password=True)}
    if is_private():
        state = private().status()
        shown |= {
            "私有数据库": "运行中" if state.running else "未启动" if state.made else "尚未建立",
            "数据目录": str(state.folder),
            "系统用户": state.user,
        }
        if not state.running:
            return shown
    return shown | _inside()


def _inside() -> dict[str, Any]:
    from geo.store.engine import owner_engine, session
    from geo.store.migrate import up_to_date

    try:
        with owner_engine().connect() as connection:
            if not connection.scalar(text("SELECT to_regclass('public.diming_meta')")):
                return {"数据表": "尚未建立，请执行 diming migrate"}
            current = up_to_date(connection)
        with session() as db:
            waiting, failed, workers = db.execute(
                text("SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'failed'), "
                     "(SELECT count(*) FROM jobs.procrastinate_workers "
                     " WHERE last_heartbeat > now() - interval '1 minute') FROM jobs.procrastinate_jobs")
            ).one()  # fmt: skip
    except Problem as problem:
        return {"数据表": problem.sentence}
    return {
        "数据表": "最新" if current else "需要更新，请执行 diming migrate",
        "任务": f"等待 {waiting}，失败 {failed}",
        "任务进程": workers,
    }


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "api.worker", str(os.getpid())], cwd=ROOT, stdin=subprocess.DEVNULL
    )


def _check_port(host: str, port: int) -> None:
    import socket

    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise Unavailable(
            f"端口 {port} 不能使用，它被别的程序占着，或者没有权限",
            "关闭占用它的程序，或者用 --port 换一个端口",
        ) from error
