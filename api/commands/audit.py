"""Commands for the audit: audit seal|verify|export|check|archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import Json, emit, tell

audit = typer.Typer(help="审计：封存、核对、导出。", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(audit, name="audit")


@audit.command("seal")
def seal(as_json: Json = False) -> None:
    """封存还没有封存的审计记录；任务进程每分钟自动做一次。"""
    from api.readiness import need_register
    from api.security.sealing import anchors
    from api.security.sealing import seal as seal_now

    need_register(tell)
    found = seal_now()
    emit({"sealed": found, "file": anchors()}, as_json, [f"已封存 {found:,} 条；封条文件在 {anchors()}。"])


@audit.command("verify")
def verify(as_json: Json = False) -> None:
    """重新计算审计链，核对封条文件；有记录被删除或改动时退出码为 1。"""
    from dataclasses import asdict

    from api.readiness import need_register
    from api.security.sealing import verify as verify_now
    from geo.store.engine import session

    need_register(tell)
    with session(timeout_s=0) as db:
        checked = verify_now(db)
    said = [f.sentence() for f in checked.findings] or ["审计链完整。"]
    emit(asdict(checked), as_json, [
        f"{checked.blocks:,} 段，{checked.entries:,} 条已封存，{checked.unsealed:,} 条待封存。", *said
    ])  # fmt: skip
    if checked.findings:
        raise typer.Exit(1)


@audit.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="导出到这个文件")],
    since: Annotated[str, typer.Option(help="从哪一天，2026-01-31")] = "",
    until: Annotated[str, typer.Option(help="到哪一天")] = "",
    actor: Annotated[str, typer.Option(help="账号")] = "",
    as_json: Json = False,
) -> None:
    """导出审计记录，末行是 Ed25519 签名。"""
    from datetime import date

    from api.readiness import need_register
    from api.security.audit import Search, exported
    from geo.problems import BadInput
    from geo.store.engine import session

    need_register(tell)
    try:
        _ = [date.fromisoformat(day) for day in (since, until) if day]
    except ValueError as error:
        raise BadInput("日期要写成 2026-01-31 的样子", "改正后重试") from error
    with session(timeout_s=0) as db:
        content = exported(db, Search(actor=actor, since=since, until=until), by="system")
    file.write_bytes(content)
    emit({"file": file, "bytes": len(content)}, as_json, [f"已导出到 {file}。"])


@audit.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="审计导出文件")],
    key: Annotated[str, typer.Option(help="公钥；不给时用本机的")] = "",
    as_json: Json = False,
) -> None:
    """核对导出文件的签名；不动数据库。"""
    from api.security.audit import check_export
    from api.security.vault import public_key
    from geo.problems import BadFile

    if not file.is_file():
        raise BadFile(f"没有文件 {file}", "请核对路径")
    entries = check_export(file.read_bytes(), key or public_key())
    emit({"file": file, "entries": entries}, as_json, [f"签名正确，{entries:,} 条记录没有被改动。"])


@audit.command("archive")
def archive(
    file: Annotated[Path, typer.Argument(help="归档到这个新文件")],
    as_json: Json = False,
) -> None:
    """把超过保留年限（DIMING_AUDIT_KEEP_YEARS）的审计记录写进有签名的文件，再从数据库移出；审计链不断。"""
    from dataclasses import asdict

    from api.readiness import need_register
    from api.security.archiving import archive as archive_now
    from geo.settings import settings

    need_register(tell)
    done = archive_now(file)
    years = settings().audit_keep_years
    if not done.blocks:
        emit(asdict(done), as_json, [f"没有超过 {years} 年的审计记录，数据库没有动。"])
        return
    rest = ["还有到期的，请换一个文件名再执行一次。"] if done.more else []
    emit({**asdict(done), "file": file}, as_json, [
        f"已把 {done.blocks:,} 段 {done.entries:,} 条（到 {done.until}）归档到 {file}，并从数据库移出。请另存一份。", *rest
    ])  # fmt: skip
