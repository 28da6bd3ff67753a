"""The frame of the checks: a decorator that lists them, and one run that stops nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from geo.problems import Problem

State = Literal["ok", "warn", "fail", "skip"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found: a state, what was seen, and the hint when something is to be done."""

    state: State
    seen: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check; ``needs`` names the check that must be right before this one means anything."""

    name: str
    title: str
    needs: str | None
    look: Callable[[], Outcome]


checks: list[Check] = []


def check(*, needs: str | None = None) -> Callable[[Callable[[], Outcome]], Callable[[], Outcome]]:
    """List a function as a check; the first line of its docstring is the title that is shown."""

    def keep(look: Callable[[], Outcome]) -> Callable[[], Outcome]:
        title = (look.__doc__ or look.__name__).strip().splitlines()[0].rstrip("。")
        checks.append(Check(look.__name__, title, needs, look))
        return look

    return keep


def ok(seen: str = "") -> Outcome:
    """All right."""
    return Outcome("ok", seen)


def warn(seen: str, hint: str) -> Outcome:
    """It works, but something is not as it should be."""
    return Outcome("warn", seen, hint)


def fail(seen: str, hint: str) -> Outcome:
    """It does not work."""
    return Outcome("fail", seen, hint)


def run() -> Iterator[tuple[Check, Outcome]]:
    """Run every check in order; what another check's failure makes meaningless is skipped and says so."""
    broken: set[str] = set()
    for one in checks:
        outcome = _look(one) if one.needs not in broken else Outcome("skip", "前面的问题解决后再查")
        if outcome.state in ("fail", "skip"):
            broken.add(one.name)
        yield one, outcome


def _look(one: Check) -> Outcome:
    try:
        return one.look()
    except Problem as problem:
        return fail(problem.sentence, problem.remedy)
    except Exception as error:  # a check that breaks must not hide the others
        return fail(f"检查本身出错（{type(error).__name__}）", "请用 diming -v status 查看，并告诉维护人员")
