"""The command ``doctor``: look at everything and say what to do."""

from __future__ import annotations

from dataclasses import asdict

import typer

from api.commands.output import Json, emit

MARKS = {"ok": "✔", "warn": "!", "fail": "✘", "skip": "-"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(as_json: Json = False) -> None:
    """检查程序、数据库和数据，说明该怎么办；有不能工作的项时退出码为 1。"""
    # Importing a module of checks lists them; the order here is the order on the screen.
    from api.doctor import machine, database, content, frame  # noqa: F401, I001

    found = list(frame.run())
    if as_json:
        emit([{"check": c.name, "title": c.title, **asdict(o)} for c, o in found], True, ())
    else:
        for one, outcome in found:
            emit(None, False, [f"{MARKS[outcome.state]} {one.title}：{outcome.seen}"])
            if outcome.hint:
                emit(None, False, [f"    → {outcome.hint}。"])
    if any(outcome.state == "fail" for _, outcome in found):
        raise typer.Exit(1)
