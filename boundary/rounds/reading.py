"""Read rounds (联检), their tasks and their teams."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound

MACHINE: Final = "boundary_round"
"""The machine of a round in the table of cases; its subject is the round's code."""
REGULAR: Final = "五年联检"
"""The reason of a round that counts in the five years; all others are extra ones (条例第十二条)."""
_SELECT = """
    SELECT r.code, r.line, l.name AS line_name, r.number, r.year, r.lead, a.name AS lead_name, r.partner,
           b.name AS partner_name, r.reason, r.report_number, r.made_up, c.state, s.label AS state_label,
           (SELECT count(*) FROM register.boundary_task t WHERE t.round = r.code AND t.retired_at IS NULL) AS tasks,
           (SELECT count(*) FROM register.boundary_inspection i
            WHERE i.round = r.code AND i.withdrawn_at IS NULL) AS recorded
    FROM register.boundary_round r
    JOIN register.boundary_line l ON l.code = r.line
    JOIN register.division a ON a.code = r.lead JOIN register.division b ON b.code = r.partner
    JOIN register."case" c ON c.machine = 'boundary_round' AND c.subject = r.code
    JOIN register.case_state s ON s.machine = c.machine AND s.state = c.state
"""
_ONE = text(f"{_SELECT} WHERE r.code = :code")
_LISTED = text(f"{_SELECT} WHERE r.line = ANY (:lines) ORDER BY r.year DESC, r.code")
_TASKS = text("""
    SELECT t.round, t.marker, m.number, m.name, t.place, t.planned_on, m.faces,
           (SELECT count(*) FROM register.boundary_marker_line x WHERE x.marker = t.marker) AS lines,
           i.id, i.state, i.version
    FROM register.boundary_task t JOIN register.boundary_marker m ON m.code = t.marker
    LEFT JOIN register.boundary_inspection i ON i.round = t.round AND i.marker = t.marker
      AND i.withdrawn_at IS NULL
    WHERE t.round = :round AND t.retired_at IS NULL ORDER BY t.place, t.marker
""")
_TEAM = text("""
    SELECT t.division, d.name AS division_name, t.name, t.duty, t.account
    FROM register.boundary_team t JOIN register.division d ON d.code = t.division
    WHERE t.round = :round AND t.retired_at IS NULL ORDER BY t.division, t.name
""")


@dataclass(frozen=True, slots=True)
class Round:
    """One line in one round (一轮联检). ``tasks`` markers are to be walked, ``recorded`` have a record."""

    code: str
    line: str
    line_name: str
    number: int
    year: int
    lead: str
    lead_name: str
    partner: str
    partner_name: str
    reason: str
    report_number: str
    made_up: bool
    state: str
    state_label: str
    tasks: int
    recorded: int

    @property
    def extra(self) -> bool:
        """Whether it is walked outside the five years (补充联检), because of a disaster, a river or a road."""
        return self.reason != REGULAR

    @property
    def turn(self) -> str:
        """第 6 轮, or 补充联检（河流改道）."""
        again = f"第 {self.number} 次" if self.extra and self.number > 1 else ""
        return f"{again}补充联检（{self.reason}）" if self.extra else f"第 {self.number} 轮"

    @property
    def title(self) -> str:
        """黄临线 2026 年第 6 轮联检."""
        return f"{self.line_name} {self.year} 年{self.turn}" + ("" if self.extra else "联检")

    @property
    def formal(self) -> str:
        """As papers call it: 第6轮联合检查, 2026年补充联合检查."""
        return f"{self.year}年补充联合检查" if self.extra else f"第{self.number}轮联合检查"


@dataclass(frozen=True, slots=True)
class Task:
    """A marker of a round in the order of the walk; ``state`` is what was found, empty until then."""

    round: str
    marker: str
    number: str
    name: str
    place: int
    planned_on: date | None
    faces: int | None
    lines: int
    inspection: object
    state: str | None
    version: int | None

    @property
    def shown(self) -> str:
        """What people call it."""
        return self.number or self.name or self.marker

    @property
    def tri_point(self) -> bool:
        """Whether it is a tri-point (三交点), walked for its other lines too."""
        return self.lines > 1


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who walks for a side; ``account`` is the login, empty for a guest."""

    division: str
    division_name: str
    name: str
    duty: str
    account: str


def find(db: Session, code: str) -> Round:
    """One round.

    Raises:
        NotFound: no round has this code.
    """
    row = db.execute(_ONE, {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为“{code}”的联检", "请核对编号")
    return Round(*row)


def listed(db: Session, lines: Collection[str]) -> list[Round]:
    """The rounds of some lines, the newest first."""
    return [Round(*row) for row in db.execute(_LISTED, {"lines": list(lines)})]


def todo(db: Session, code: str) -> list[Task]:
    """The tasks of a round in the order of the walk."""
    return [Task(*row) for row in db.execute(_TASKS, {"round": code})]


def team(db: Session, code: str) -> list[Member]:
    """Who walks, by side."""
    return [Member(*row) for row in db.execute(_TEAM, {"round": code})]
