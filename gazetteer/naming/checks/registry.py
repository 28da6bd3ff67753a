"""The list of checks: each a small function that takes a case and gives findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gazetteer.naming.case import Case
from gazetteer.naming.model import NamingFinding

Findings = list[NamingFinding]
CheckFunction = Callable[[Case], Findings]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: code, Chinese title, and what it does."""

    code: str
    title: str
    run: CheckFunction


_CHECKS: dict[str, Check] = {}


def check(code: str, title: str) -> Callable[[CheckFunction], CheckFunction]:
    """Enter a function in the list under its code (N01 … N23)."""

    def enter(function: CheckFunction) -> CheckFunction:
        if code in _CHECKS:
            raise ValueError(f"{code} is taken by {_CHECKS[code].run.__name__}")
        _CHECKS[code] = Check(code, title, function)
        return function

    return enter


def entered() -> tuple[Check, ...]:
    """All checks entered so far, in order of code."""
    return tuple(_CHECKS[code] for code in sorted(_CHECKS))
