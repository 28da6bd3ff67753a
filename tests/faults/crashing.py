"""A whole installation that can be killed: a private cluster with its safeguards on, a web server, a job worker."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import text

from api.security.keys import add_key
from geo.problems import Unavailable
from geo.settings import ROOT, settings
from geo.store.cluster import Cluster
from geo.store.engine import act, forget_engines, session
from geo.store.migrate import migrate
from tests.ports import free_port
from tests.small_register import CITY, WEST, build

PARTS = ("server", "worker", "database")
_HIDDEN = ("DIMING_DATABASE_URL", "DIMING_OWNER_URL", "DIMING_TEST_RUN")


class Installation:
    """The three parts, each started, killed and looked at."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.cluster = Cluster(home)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.key = ""
        self._processes: dict[str, int] = {}
        self._mother: subprocess.Popen[str] | None = None

    def start(self, part: str) -> None:
        """Start a part the way a service manager does after it has died."""
        if part == "database":
            self._start_database()
            return
        mother = self._ready()
        assert mother.stdin is not None and mother.stdout is not None
        mother.stdin.write(json.dumps([part.split("-")[0], str(self.home / f"{part}.log"), self.port]) + "\n")
        mother.stdin.flush()
        self._processes[part] = int(mother.stdout.readline())

    def _ready(self) -> subprocess.Popen[str]:
        """The process that has the program loaded and forks a part when asked."""
        if self._mother is None:
            self._mother = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.preloaded"], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )  # fmt: skip
        return self._mother

    def _start_database(self) -> None:
        """Again and again, as a service manager does: a killed server's last children hold its memory for a moment."""
        ended = time.monotonic() + 240
        while True:
            try:
                self.cluster.start()
            except Unavailable:
                if time.monotonic() > ended:
                    raise
                time.sleep(0.2)
            else:
                return

    def kill(self, part: str) -> None:
        """``kill -9``, as when the machine's power fails for this part alone."""
        if part == "database":
            with contextlib.suppress(ProcessLookupError):
                os.kill(
                    int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL
                )
            time.sleep(0.2)
            return
        self._end(part, signal.SIGKILL)

    def _end(self, part: str, how: signal.Signals) -> None:
        """Send the signal and wait until the process is gone."""
        pid, ended = self._processes.pop(part), time.monotonic() + 120
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
            while time.monotonic() < ended:
                os.kill(pid, 0)
                time.sleep(0.01)
            raise AssertionError(f"{part} does not end")

    def restart(self, part: str) -> None:
        """Stop a part as a service manager does, which lets it end what it has in hand, and start it again."""
        self._end(part, signal.SIGTERM)
        self.start(part)

    def wait(self) -> None:
        """Until the server answers and reaches the database."""
        ended = time.monotonic() + 240
        while time.monotonic() < ended:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/v1/divisions", timeout=60).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError((self.home / "server.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """End everything."""
        for part in list(self._processes):
            self._end(part, signal.SIGKILL)
        if self._mother is not None:
            self._mother.communicate()
        self.cluster.stop()


@contextmanager
def installation() -> Iterator[Installation]:
    """A fresh installation with one county, a small address index and a key for writing."""
    with tempfile.TemporaryDirectory(prefix="dm-crash-") as folder:
        Path(folder).chmod(0o755)
        before = {name: os.environ.pop(name, None) for name in (*_HIDDEN, "DIMING_HOME")}
        os.environ["DIMING_HOME"] = f"{folder}/home"
        Path(folder, "home").mkdir()
        settings.cache_clear()
        forget_engines()
        made = Installation(Path(folder, "home"))
        try:
            made.start("database")
            migrate()
            _fill(made)
            yield made
        finally:
            made.stop()
            forget_engines()
            os.environ.pop("DIMING_HOME")
            os.environ.update({name: value for name, value in before.items() if value is not None})
            settings.cache_clear()


def _fill(made: Installation) -> None:
    settings().index_path.parent.mkdir(parents=True)
    build(settings().index_path)
    with session() as db:
        act(db, actor="system", action="key.add")
        for code, name, level, parent in ((CITY, "台州市", 2, None), (WEST, "黄岩区", 3, CITY)):
            db.execute(
                text("INSERT INTO register.division (code, name, level, parent) VALUES (:c, :n, :l, :p)"),
                {"c": code, "n": name, "l": level, "p": parent},
            )
        made.key = add_key(db, "写入", ["write", "batch"])
