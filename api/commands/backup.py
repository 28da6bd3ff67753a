"""Commands for the whole register in one file: backup, restore, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import Json, emit, tell

BackupFile = Annotated[Path, typer.Argument(help="备份文件")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (backup, restore, verify):
        app.command()(command)


def backup(
    file: BackupFile,
    keep: Annotated[
        int | None, typer.Option(help="同一目录里同名开头的备份只留最近几份，多出的删除", min=1)
    ] = None,
    as_json: Json = False,
) -> None:
    """把整个登记册和附件存进一个文件；办公不用停。文件名里的 {time} 换成当时的时间。"""
    from datetime import datetime

    from api.readiness import need_register
    from geo.store.backup import back_up, thin_out

    need_register(tell)
    pattern = file.name
    target = file.with_name(pattern.replace("{time}", datetime.now().strftime("%Y%m%d-%H%M%S")))
    made = back_up(target.absolute(), tell)
    removed = thin_out(file.absolute().parent, pattern, keep) if keep else []
    size = target.stat().st_size
    emit(
        {"file": target, "bytes": size, "rows": made.rows, "files": len(made.members) - 1, "removed": removed},
        as_json,
        [f"已备份到 {target}：{made.rows:,} 行，附件 {len(made.members) - 1:,} 个，{size / 2**20:.1f} MB。",
         *(f"已删除旧备份 {old}。" for old in removed)],
    )  # fmt: skip


def verify(file: BackupFile, as_json: Json = False) -> None:
    """核对备份文件：逐个字节重读，与清单比对；不动数据库。"""
    from geo.store.backup import check

    found = check(file)
    emit(
        {"file": file, "made_at": found.made_at, "revision": found.revision, "rows": found.rows, "counts": found.counts},
        as_json,
        [f"备份完好：{found.made_at:%Y年%m月%d日 %H:%M} 制作，{found.rows:,} 行，附件 {len(found.members) - 1:,} 个。"],
    )  # fmt: skip


def restore(
    file: BackupFile,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接恢复")] = False,
    as_json: Json = False,
) -> None:
    """用备份替换现在的登记册；文件损坏时拒绝，数据库保持原样。"""
    from geo.store.backup import check, put_back

    found = check(file)
    if not yes:
        asked = f"现在的登记册将换成 {found.made_at:%Y年%m月%d日 %H:%M} 的备份（{found.rows:,} 行），继续吗？"
        typer.confirm(asked, abort=True, err=True)
    put_back(file.absolute(), tell)
    emit(
        {"file": file, "rows": found.rows},
        as_json,
        [f"已恢复 {found.rows:,} 行。地址索引会在下次使用时更新。"],
    )
