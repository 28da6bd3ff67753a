"""The private PostGIS cluster (私有数据库): made on first use, a unix socket, no port open to the network.

``DIMING_DATABASE_URL`` replaces all of it; then nothing here is called.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql as pgsql

from geo.problems import Unavailable
from geo.settings import settings
from geo.store.binaries import Binaries, find
from geo.store.system_user import SystemUser, database_user
from geo.store.tuning import archiving, configuration, identities

OWNER = "diming_owner"
APP = "diming_app"
DATABASE = "diming"
# A socket's path is limited to 107 bytes by the kernel; "/.s.PGSQL.5432" takes 14 of them.
LONGEST_SOCKET_FOLDER = 90
PATIENCE_S = 300
"""After a failure of power the server reads its log again before it answers."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is to be said of a cluster: is it made, does it run, where, as whom."""

    made: bool
    running: bool
    folder: Path
    socket: Path
    user: str
    major: int | None
    pid: int | None


@dataclass(frozen=True)
class Cluster:
    """One private PostgreSQL under a home folder.

    Attributes:
        home: the project's data folder; the cluster's own lies in it, or in ``/var/lib/diming`` when
            root's home is out of reach of the unprivileged user that runs the database.
        options: PostgreSQL settings that replace the usual ones (the tests turn fsync off).
        archive: the folder that finished segments of the log are copied to, None for no copies.
    """

    home: Path
    options: Mapping[str, str] = field(default_factory=dict)
    archive: Path | None = None

    @property
    def user(self) -> SystemUser:
        """The system user the database runs as."""
        return database_user()

    @property
    def root(self) -> Path:
        """The folder that holds the cluster's data, its log and, if the path is short, its socket."""
        wanted = self.home.resolve()
        if self.user.reaches(wanted):
            return wanted / "postgres"
        return Path("/var/lib/diming") / _short(wanted) / "postgres"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.root / "server.log"

    @property
    def socket(self) -> Path:
        """The folder of the unix socket, 0700 and short enough for the kernel."""
        inside = self.root / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path(tempfile.gettempdir()) / f"diming-{self.user.uid}-{_short(inside)}"

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The libpq URL of one of its databases for one of its roles."""
        host = str(self.socket).replace("/", "%2F")
        return f"postgresql://{role}@/{database}?host={host}"

    def status(self) -> Status:
        """Made, running, where: read from the data folder and by connecting."""
        version = self.data / "PG_VERSION"
        major = int(version.read_text()) if version.exists() else None
        running = major is not None and self._answers()
        pid = _first_line(self.data / "postmaster.pid") if running else None
        return Status(
            major is not None,
            running,
            self.root,
            self.socket,
            self.user.name,
            major,
            int(pid) if pid else None,
        )

    def start(self) -> Status:
        """Make the cluster if it is not there, start it if it does not run; safe from several processes at once.

        Raises:
            Unavailable: PostGIS is not installed, or the server did not come up; the log's last lines are quoted.
        """
        if not self._answers():
            with self._alone():
                if not self._answers():
                    self._bring_up()
        return self.status()

    def stop(self) -> bool:
        """Stop the server, letting running transactions roll back. False when it was not running."""
        if not self.status().running:
            return False
        with self._alone():
            self._control(self._binaries(), "stop", "-m", "fast")
        return True

    def connect(
        self, role: str = OWNER, database: str = "postgres"
    ) -> psycopg.Connection[tuple[object, ...]]:
        """A plain autocommit connection, for roles and databases."""
        # A server that is not there refuses at once; one that is only slow must not be started a second time.
        return psycopg.connect(self.url(role, database), autocommit=True, connect_timeout=60)

    def _bring_up(self) -> None:
        binaries = self._binaries()
        for folder in (self.root, self.socket):
            self.user.own(folder)
        self._check_socket()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries)
        self._configure()
        self._control(binaries, "start", "-l", str(self.log))
        with self.connect() as connection:
            self._ensure_roles(connection)

    def _binaries(self) -> Binaries:
        version = self.data / "PG_VERSION"
        return find(int(version.read_text()) if version.exists() else None)

    def _initialise(self, binaries: Binaries) -> None:
        # C.UTF-8, not C: with lc_ctype=C pg_trgm sees no Chinese character at all.
        done = self.user.run([
            binaries.program("initdb"), "-D", str(self.data), "-U", OWNER, "--locale=C.UTF-8", "-E", "UTF8",
            "--auth-local=peer", "--auth-host=reject", "--data-checksums",
        ])  # fmt: skip
        if done.returncode != 0:
            raise Unavailable("建立私有数据库失败", _last_lines(done.stderr))
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'diming.conf'\n")

    def _configure(self) -> None:
        roles = (OWNER, APP)
        users = sorted({self.user.name, *(["root"] if self.user.dropped else [])})
        for name, text in {
            "diming.conf": configuration(self.socket, self._options()),
            "pg_hba.conf": "local all all peer map=diming\nlocal replication all peer map=diming\n",
            "pg_ident.conf": identities(users, roles),
        }.items():
            (self.data / name).write_text(text, encoding="utf-8")
            if self.user.dropped:
                os.chown(self.data / name, self.user.uid, self.user.gid)

    def _options(self) -> dict[str, str]:
        if self.archive is None:
            return dict(self.options)
        self.user.own(self.archive)
        return archiving(self.archive) | dict(self.options)

    def _control(self, binaries: Binaries, action: str, *arguments: str) -> None:
        waited = ["-w", "-t", str(PATIENCE_S), "-s"]
        done = self.user.run(
            [binaries.program("pg_ctl"), "-D", str(self.data), *waited, *arguments, action],
            timeout_s=PATIENCE_S + 30,
        )
        if done.returncode != 0:
            raise Unavailable(
                f"私有数据库没有{'启动' if action == 'start' else '停下'}",
                f"日志在 {self.log}：{_last_lines(self.log.read_text(errors='replace') if self.log.exists() else '')}",
            )

    def _ensure_roles(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            connection.execute(pgsql.SQL("CREATE ROLE {} LOGIN").format(pgsql.Identifier(APP)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(pgsql.SQL("CREATE DATABASE {}").format(pgsql.Identifier(DATABASE)))

    def _answers(self) -> bool:
        if not (self.socket / ".s.PGSQL.5432").exists():
            return False
        try:
            with self.connect():
                return True
        except psycopg.OperationalError:
            return False

    def _check_socket(self) -> None:
        # In a shared temporary folder somebody else may have made a folder of this name first.
        owner = self.socket.stat().st_uid
        if owner != self.user.uid:
            raise Unavailable(
                f"套接字目录 {self.socket} 属于另一个用户", "请删除它，或者用 DIMING_HOME 换一个短一些的目录"
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "cluster.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def private() -> Cluster:
    """The private cluster of this installation, under ``DIMING_HOME``; it archives its log where the setting says so."""
    archive = settings().wal_archive
    return Cluster(settings().home, archive=archive.resolve() if archive else None)


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _first_line(file: Path) -> str:
    return file.read_text().split("\n", 1)[0] if file.exists() else ""


def _last_lines(text: str, count: int = 5) -> str:
    return " / ".join(line for line in text.strip().splitlines()[-count:])
