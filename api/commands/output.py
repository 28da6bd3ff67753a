"""What every command shares: the ``--json`` option, sentences on stderr, tables, progress on a terminal only."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from geo.problems import Problem

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取")]


def say(sentence: str) -> None:
    """One sentence for the person, on stderr, so that stdout stays data."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201


def tell(sentence: str) -> None:
    """Name a step that is beginning, for the person who waits."""
    say(f"{sentence}…")


def emit(data: Any, as_json: bool, lines: Iterable[str]) -> None:
    """The result of a command on stdout: ``data`` as JSON, or ``lines`` for a person."""
    if as_json:
        print(json.dumps(data, ensure_ascii=False, default=str))  # noqa: T201
        return
    for line in lines:
        print(line)  # noqa: T201


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout that keeps full-width characters in line."""
    from rich.console import Console
    from rich.table import Table

    # Into a pipe a table is as wide as it needs to be; on a terminal it folds.
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    shown = Table(title=title, title_justify="left")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(shown)


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """A bar with rate and time left on a terminal, nothing elsewhere; told the step, how many done, of how many."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True
    ) as bar:
        task = bar.add_task("")

        def tell(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total or None)

        yield tell


@contextmanager
def progress(text: str, total: int = 0) -> Iterator[Callable[[int], None]]:
    """The bar of a single step; the yielded function is told how many more are done."""
    done = 0
    with steps() as tell:
        tell(text, 0, total)

        def advance(count: int) -> None:
            nonlocal done
            done += count
            tell(text, done, total)

        yield advance


def tell_problem(problem: Problem, as_json: bool) -> None:
    """A Problem on stderr: what happened, what to do, then its findings."""
    if as_json:
        say(json.dumps({
            "code": problem.code, "detail": problem.sentence, "remedy": problem.remedy,
            "findings": [f.sentence() for f in problem.findings],
        }, ensure_ascii=False))  # fmt: skip
        return
    say(_ended(problem.sentence) + _ended(problem.remedy))
    for finding in problem.findings[:20]:
        say(f"  {finding.sentence()}")
    if len(problem.findings) > 20:
        say(f"  ……还有 {len(problem.findings) - 20} 条")


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in "。!?!?" else f"{sentence}。"
