"""Make a backup: one snapshot of the database and every attachment it names, in one file."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from geo.problems import BadInput, Unavailable
from geo.settings import settings
from geo.store.backup.manifest import DUMP, NAME, Manifest, Member, packed_folders
from geo.store.backup.programs import run
from geo.store.engine import owner_engine, translated
from geo.store.urls import owner_url

SCHEMAS = ("register", "access", "audit", "jobs")


def back_up(target: Path, tell: Callable[[str], None] = lambda sentence: None) -> Manifest:
    """Write the whole register into ``target``; the file appears only when it is whole.

    Work goes on meanwhile: the dump and the counts are one snapshot. The file is readable by its owner alone.

    Raises:
        BadInput: the file exists, or its folder does not.
        Unavailable: the database is away, or the disk is full.
    """
    if target.exists():
        raise BadInput(f"文件 {target} 已经存在", "换一个文件名，备份不会覆盖旧文件")
    if not target.parent.is_dir():
        raise BadInput(f"没有目录 {target.parent}", "先建立目录，或者换一个位置")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            return _write(target, Path(folder), tell)
    except OSError as error:
        raise Unavailable("备份没有写完：磁盘不能写入", "请检查剩余空间后重试") from error


def _write(target: Path, work: Path, tell: Callable[[str], None]) -> Manifest:
    dump = work / DUMP
    tell("导出数据库")
    with translated(), owner_engine().connect() as connection:
        manifest = _describe(connection)
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        run(
            "pg_dump",
            owner_url(),
            ["--format=custom", "--compress=6", f"--snapshot={snapshot}", f"--file={dump}"],
        )
    tell("打包附件")
    sources = [(dump, DUMP), *_attached()]
    manifest.members = [_member(path, name) for path, name in sources]
    part = work / "whole"
    with tarfile.open(part, "w") as archive:
        _add_text(archive, NAME, manifest.model_dump_json(indent=1))
        for path, name in sources:
            archive.add(path, name, recursive=False)
    part.chmod(0o600)
    part.replace(target)
    return manifest


def _describe(connection: Connection) -> Manifest:
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    return Manifest(
        made_at=datetime.now().astimezone(),
        revision=str(connection.scalar(text("SELECT version_num FROM public.alembic_version"))),
        postgres=int(str(connection.scalar(text("SHOW server_version_num")))) // 10_000,
        counts=counts(connection),
        members=[],
    )


def counts(connection: Connection) -> dict[str, int]:
    """Rows of every table of the register, exactly."""
    tables = connection.scalars(
        text("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
             "WHERE schemaname = ANY (:schemas) ORDER BY 1"),
        {"schemas": list(SCHEMAS)},
    ).all()  # fmt: skip
    return {name: int(connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0) for name in tables}  # noqa: S608


def _attached() -> Iterator[tuple[Path, str]]:
    for folder, name in packed_folders(settings()):
        for path in sorted(Path(folder).rglob("*")):
            # A part that is being written belongs to no committed row yet.
            if path.is_file() and not path.name.startswith(".part-"):
                yield path, f"{name}/{path.relative_to(folder)}"


def _member(path: Path, name: str) -> Member:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Member(path=name, size=path.stat().st_size, sha256=digest)


def _add_text(archive: tarfile.TarFile, name: str, content: str) -> None:
    data = content.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))
