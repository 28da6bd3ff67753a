"""The seven-point self-check (七项自查): what was found, and its rectification as a case with a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.rules import rules
from geo.cases import clocks, states
from geo.problems import BadInput

MACHINE = "cemetery"
FOUND = ("符合", "存在问题", "不适用")
_LIST = text("""
    SELECT k.id, k.facility, f.name, coalesce(t.name, '') AS town_name, k.round, k.item, k.found, k.note, k.on_day, k.made_up,
      coalesce(c.state, '') AS state, coalesce(s.label, '') AS state_label
    FROM register.cemetery_check k JOIN register.facility f ON f.code = k.facility
    LEFT JOIN register.division t ON t.code = left(f.division, 9) || '000'
    LEFT JOIN register."case" c ON c.machine = 'cemetery' AND c.subject = 'K' || k.id
    LEFT JOIN register.case_state s ON s.machine = 'cemetery' AND s.state = c.state
    WHERE (:facility = '' OR k.facility = :facility) AND (:found = '' OR k.found = :found)
    ORDER BY k.round DESC, f.division, f.code, k.item
""")


@dataclass(frozen=True, slots=True)
class Check:
    """One site, one round, one of the seven points; ``state`` is of the rectification, empty while none has begun."""

    id: int
    facility: str
    name: str
    town_name: str
    round: str
    item: int
    found: str
    note: str
    on_day: date
    made_up: bool
    state: str
    state_label: str

    @property
    def label(self) -> str:
        """What the point is called."""
        return rules().cemeteries.checks[self.item - 1]

    @property
    def subject(self) -> str:
        """The subject of its case."""
        return f"K{self.id}"


def checks(db: Session, *, facility: str = "", found: str = "") -> list[Check]:
    """Checks, the newest round first."""
    return [Check(*row) for row in db.execute(_LIST, {"facility": facility, "found": found})]


def record(
    db: Session,
    facility: str,
    item: int,
    found: str,
    *,
    round_name: str,
    on_day: date,
    actor: str,
    note: str = "",
) -> str:
    """Write down what was found at one point; a problem opens its rectification with a clock. Gives the case's subject.

    Raises:
        BadInput: unknown point or finding, or a problem without a note.
    """
    rule = rules().cemeteries
    if not 1 <= item <= len(rule.checks) or found not in FOUND or not round_name.strip():
        raise BadInput("自查结果没有登记：项目、结论或批次不对。", "从列表中选择。", code="cemetery.check")
    if found == "存在问题" and not note.strip():
        raise BadInput("存在问题时要写明是什么问题。", "写一句说明。", code="cemetery.check-note")
    number = db.scalar(
        text("INSERT INTO register.cemetery_check (facility, round, item, found, note, on_day, made_up) "
             "SELECT :facility, :round, :item, :found, :note, :day, made_up FROM register.cemetery WHERE facility = :facility "
             "ON CONFLICT (facility, round, item) DO UPDATE SET found = excluded.found, note = excluded.note, "
             "on_day = excluded.on_day, updated_at = now() RETURNING id"),
        {"facility": facility, "round": round_name.strip(), "item": item, "found": found, "note": note, "day": on_day},
    )  # fmt: skip
    subject = f"K{number}"
    if found == "存在问题":
        open_case(db, subject, on_day=on_day, actor=actor, note=note)
    return subject


def open_case(db: Session, subject: str, *, on_day: date, actor: str, note: str = "") -> None:
    """Begin the rectification of a problem, unless it has begun."""
    begun = db.scalar(
        text('SELECT EXISTS (SELECT FROM register."case" WHERE machine = :machine AND subject = :subject)'),
        {"machine": MACHINE, "subject": subject},
    )
    if begun:
        return
    states.begin(db, MACHINE, subject, "found", actor=actor, note=note)
    clocks.start(
        db, MACHINE, subject, "rectify", label="整改", on=on_day, days=rules().cemeteries.rectify_days, basis="calendar",
        source="整改期限为本地设置",
    )  # fmt: skip
