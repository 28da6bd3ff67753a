"""``diming diagnose``: look for the ten kinds of numbering fault in the whole register."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import say


def register(app: typer.Typer) -> None:
    """Name the command."""
    app.command("diagnose")(diagnose)


def diagnose(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="把结果写成 CSV。")] = None,
    town: Annotated[str, typer.Option("--town", help="只查一个镇街（12 位代码）。")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="给程序读的结果。")] = False,
) -> None:
    """编号诊断：跳号 重号 错边 乱号 号段外 一门多牌 有门无牌 偏离 旧路名 自制牌，结果记入登记库。"""
    from gazetteer.diagnosis import store
    from gazetteer.diagnosis.kinds import KINDS
    from geo.store.engine import bulk_act, session

    with (
        session(timeout_s=0) as db,
        bulk_act(db, actor="system", action="diagnosis.run", detail={"town": town}),
    ):
        done = store.run(db, actor="system", town=town)
        rows = store.findings(db, town=town, limit=10_000_000) if output else []
    if output:
        _write(output, [row for row in rows if row["state"] in ("open", "confirmed")])
    if as_json:
        typer.echo(json.dumps({"run": done.id, "doors": done.doors, "roads": done.handles, "seconds": round(done.seconds, 3),
                               "rules": done.rules, "counts": done.counts, "skipped": done.skipped}, ensure_ascii=False))  # fmt: skip
        return
    say(f"查了{done.doors}个门、{done.handles}条道路和自然村，用时{done.seconds:.1f}秒，规则{done.rules}。")
    for kind, count in done.counts.items():
        say(f"  {kind} {KINDS[kind]}：{count}")
    if done.skipped:
        say("还没有门牌安装记录，有门无牌（D7）没有查。")


def _write(output: Path, rows: list[dict[str, object]]) -> None:
    heads = {
        "kind": "种类",
        "handle_name": "道路",
        "town_name": "镇街",
        "numbers": "号码",
        "evidence": "情况",
        "remedy": "处理建议",
    }
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads.values())
        # A cell that begins like a formula is text in a spreadsheet too.
        writer.writerows([_plain(str(row[name] or "")) for name in heads] for row in rows)


def _plain(cell: str) -> str:
    return "'" + cell if cell[:1] in "=+-@" else cell
