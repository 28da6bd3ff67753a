"""Short words for the naming tests: a proposal of 黄岩, a register, one check's answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from gazetteer.naming.check import check
from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.model import CheckResult, NamedPlace, Proposal
from gazetteer.naming.profile import Profile, load_profile
from tests.grid import Grid

DAY = date(2026, 1, 1)
HUANGYAN = load_profile("331003", DAY)
SQUARE = Grid("""
    1 . 2 . 3
    . . . . .
    4 . 5 . 6
    . . . . .
    7 . 8 . 9
""")
"""Nine points 200 m apart, 1 in the north-west."""


def ask(name: str, category: str = "E", **more: Any) -> Proposal:
    """A proposal of the district on the tests' day."""
    return Proposal(name, category, more.pop("jurisdiction", "331003"), more.pop("day", DAY), **more)


def place(code: str, name: str, category: str = "E", division: str = "331003001", **more: Any) -> NamedPlace:
    """A registered name in the first township of the district."""
    return NamedPlace(code, name, category, division, **more)


def answer(
    code: str, proposal: Proposal, register: MemoryRegister | None = None, profile: Profile = HUANGYAN
) -> CheckResult:
    """What one check says."""
    results = check(proposal, register or MemoryRegister(), profile)
    return next(result for result in results if result.code == code)


def outcome(code: str, proposal: Proposal, register: MemoryRegister | None = None) -> str:
    """Passed, found …"""
    return answer(code, proposal, register).outcome


def grades(code: str, proposal: Proposal, register: MemoryRegister | None = None) -> list[str]:
    """Severities of the findings, in order."""
    return [found.severity for found in answer(code, proposal, register).findings]


def text(code: str, proposal: Proposal, register: MemoryRegister | None = None) -> str:
    """All sentences of the findings."""
    return "\n".join(found.sentence() for found in answer(code, proposal, register).findings)
