"""What numbering speaks of: numbers that stand, a suggestion with its reasons, a plan for a whole street."""

from __future__ import annotations

from dataclasses import dataclass, field

LEFT, RIGHT = 1, -1
SIDES = {LEFT: "左侧", RIGHT: "右侧"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A number that is taken or kept back on a road.

    Attributes:
        number: the main number.
        sub: 附号, 0 for none.
        along_m: its chainage; None where it has no point.
        side: LEFT or RIGHT of the way numbers run.
        reserved: 预留号, kept back for a door to come.
        code: the address that bears it, empty for a reserved one.
    """

    number: int
    sub: int = 0
    along_m: float | None = None
    side: int = LEFT
    reserved: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number for one door and why (编号建议)."""

    number: int
    sub: int
    along_m: float
    side: int
    reasons: tuple[str, ...]
    from_reserve: bool = False
    alternatives: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As the register writes it: 118 or 118-1."""
        return f"{self.number}-{self.sub}" if self.sub else str(self.number)


@dataclass(frozen=True, slots=True)
class Planned:
    """One door of a plan: which entrance of the input, its number, why."""

    entrance: int
    number: int
    sub: int
    along_m: float
    side: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Numbers kept back in a gap (预留号): of one side, between two chainages."""

    numbers: tuple[int, ...]
    side: int
    from_m: float
    to_m: float
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole street numbered in one stroke: doors in the order of entrances given, and what is kept back."""

    doors: tuple[Planned, ...]
    kept: tuple[Kept, ...]
    notes: tuple[str, ...] = field(default=())
