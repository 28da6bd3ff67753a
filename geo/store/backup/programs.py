"""Run PostgreSQL's own dump and restore against a database of ours."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import Final

from sqlalchemy.engine import URL

from geo.problems import Unavailable
from geo.store.binaries import find

_LAST: Final = 400


def run(program: str, url: URL, arguments: Sequence[str]) -> str:
    """Run ``pg_dump`` or ``pg_restore`` on a database and give what it printed.

    The password goes through the environment, where other users of the machine cannot read it.

    Raises:
        Unavailable: PostgreSQL's programs are missing, or the program failed; its last words are quoted.
    """
    command = [find().program(program), *arguments, "--dbname", _plain(url)]
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    done = subprocess.run(  # noqa: S603 - a program of the system's own packages
        command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        raise Unavailable(
            f"{program} 没有成功", f"程序说：{done.stderr.strip()[-_LAST:]}", code="dump-failed"
        )
    return done.stdout


def _plain(url: URL) -> str:
    text = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    return str(text)
