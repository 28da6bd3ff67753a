"""Put a backup back: into a database of its own, which takes the old one's place only when it is whole."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql as pgsql
from sqlalchemy import create_engine
from sqlalchemy.engine import URL

from geo.problems import BadFile, Unavailable
from geo.settings import settings
from geo.store.backup.checking import check, opened
from geo.store.backup.making import counts
from geo.store.backup.manifest import DUMP, NAME, Manifest
from geo.store.backup.programs import run
from geo.store.engine import forget_engines, owner_engine, translated
from geo.store.migrate import migrate_connection
from geo.store.urls import owner_url


def put_back(source: Path, tell: Callable[[str], None] = lambda sentence: None) -> Manifest:
    """Restore the whole register from ``source``.

    Until the last step the database in use is not touched; a damaged file, a full disk or a crash leaves it as it was.
    A backup of an older version is brought up to this version's tables on the way.

    Raises:
        BadFile: the file is damaged, or what came out of it is not what it says.
        Unavailable: the database is away, or the role may not create databases.
    """
    tell("核对备份文件")
    manifest = check(source)
    owner_engine()  # starts the private cluster
    url = owner_url()
    fresh = url.set(database=f"diming_restore_{secrets.token_hex(4)}")
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".restore-") as folder, _database(url, fresh):
        tell("恢复数据库")
        _load(source, Path(folder), fresh, manifest, tell)
        tell("放回附件")
        _place_files(source)
        tell("换上恢复的数据库")
        forget_engines()
        _swap(url, fresh)
    return manifest


@contextmanager
def _database(url: URL, fresh: URL) -> Iterator[None]:
    """An empty database that is gone again when something goes wrong."""
    with translated(), _admin(url) as connection:
        connection.execute(pgsql.SQL("CREATE DATABASE {} TEMPLATE template0").format(_name(fresh)))
    try:
        yield
    finally:
        # After the swap nothing of this name is there.
        with translated(), _admin(url) as connection:
            connection.execute(pgsql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(fresh)))


def _load(source: Path, work: Path, fresh: URL, manifest: Manifest, tell: Callable[[str], None]) -> None:
    with opened(source) as (archive, _):
        archive.extract(DUMP, work, filter="data")
    run(
        "pg_restore",
        fresh,
        ["--exit-on-error", "--no-owner", "--no-privileges", "--jobs=2", str(work / DUMP)],
    )
    engine = create_engine(fresh.set(drivername="postgresql+psycopg"))
    try:
        with translated(), engine.begin() as connection:
            if counts(connection) != manifest.counts:
                raise BadFile("恢复出来的行数与备份清单不一致", "数据库保持原样；请换一份备份")
            migrate_connection(connection, tell)
    finally:
        engine.dispose()


def _place_files(source: Path) -> None:
    with opened(source) as (archive, _):
        for entry in archive:
            if entry.name not in {NAME, DUMP}:
                _place(archive.extractfile(entry), settings().home / entry.name)


def _place(content: Any, target: Path) -> None:
    if target.exists() and target.parent.parent.name == "files":
        return  # by its digest it is the same
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".part-{target.name}")
    part.write_bytes(content.read())
    part.chmod(0o600)
    part.replace(target)


def _swap(url: URL, fresh: URL) -> None:
    old = url.set(database=f"diming_before_{secrets.token_hex(4)}")
    rename = pgsql.SQL("ALTER DATABASE {} RENAME TO {}")
    with translated(), _admin(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY (%s)",
            [[url.database, fresh.database]],
        )
        with connection.transaction():
            connection.execute(rename.format(_name(url), _name(old)))
            connection.execute(rename.format(_name(fresh), _name(url)))
        connection.execute(pgsql.SQL("DROP DATABASE {} WITH (FORCE)").format(_name(old)))


def _admin(url: URL) -> psycopg.Connection[Any]:
    target = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    try:
        return psycopg.connect(str(target), autocommit=True, connect_timeout=60)
    except psycopg.OperationalError as error:
        raise Unavailable(
            "连不上数据库服务器", "恢复需要能新建数据库的角色：请检查 DIMING_OWNER_URL"
        ) from error


def _name(url: URL) -> pgsql.Identifier:
    return pgsql.Identifier(str(url.database))
