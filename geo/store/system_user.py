"""Run PostgreSQL's programs as somebody who is not root: PostgreSQL refuses root, and rightly."""

from __future__ import annotations

import grp
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo import OFFICE_ZONE
from geo.problems import Unavailable


@dataclass(frozen=True, slots=True)
class SystemUser:
    """The operating-system user that owns the private cluster (数据库进程的系统用户)."""

    name: str
    uid: int
    gid: int
    dropped: bool
    """True when this process is root and has to step down for the database's programs."""

    def run(self, command: Sequence[str], *, timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, output captured; the exit code is the caller's to judge."""
        # The folder of a checkout may be closed to this user, so the program starts in "/".
        if self.dropped:
            return subprocess.run(  # noqa: S603 - programs of the system's own packages
                command, capture_output=True, text=True, timeout=timeout_s, cwd="/", stdin=subprocess.DEVNULL,
                env=_environment(), check=False, user=self.uid, group=self.gid, extra_groups=[],
            )  # fmt: skip
        return subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=timeout_s, cwd="/", stdin=subprocess.DEVNULL,
            env=_environment(), check=False,
        )  # fmt: skip

    def own(self, folder: Path) -> None:
        """Make a folder that only this user (and root) can enter."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.dropped:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def reaches(self, folder: Path) -> bool:
        """Whether this user can walk to a folder: every folder above it lets him pass."""
        nearest = folder
        while not nearest.exists():
            nearest = nearest.parent
        return not self.dropped or self.run(["test", "-x", str(nearest)]).returncode == 0


@lru_cache(maxsize=1)
def database_user() -> SystemUser:
    """Who runs the private cluster: this user, or an unprivileged system user when this one is root.

    Raises:
        Unavailable: root, and neither ``postgres`` nor ``nobody`` exists.
    """
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
        return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid, dropped=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(name, entry.pw_uid, grp.getgrgid(entry.pw_gid).gr_gid, dropped=True)
    raise Unavailable("没有可以运行数据库的普通系统用户", "请执行 useradd --system postgres 后重试")


def _environment() -> dict[str, str]:
    # PG* variables of the person's shell must not leak into the private cluster's programs.
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": OFFICE_ZONE}
