"""Move a round along its chain: 计划 → 内业检查 → 外业 → 汇总 → 会签 → 备案 → 归档, each step with what it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import Tolerances
from boundary.rounds.checking import completeness, office_check
from boundary.rounds.planning import CLOCK
from boundary.rounds.reading import MACHINE, find, team, todo
from geo.cases import clocks, states
from geo.problems import Conflict

_FILED = text("""
    UPDATE register.boundary_line SET next_due = :due, version = version + 1
    WHERE code = :line AND next_due IS DISTINCT FROM :due
""")
_MARKERS = text("""
    UPDATE register.boundary_marker m SET state = i.state, version = m.version + 1
    FROM register.boundary_inspection i
    WHERE i.round = :round AND i.marker = m.code AND i.withdrawn_at IS NULL AND m.state IS DISTINCT FROM i.state
""")


def move(
    db: Session, code: str, step: str, *, actor: str, roles: Collection[str], on: date, tolerances: Tolerances,
    note: str = "",
) -> str:  # fmt: skip
    """Take one step with a round and give its new state; inside an act.

    ``check`` notes the findings of the office check; ``start`` needs a team of every side; ``sum`` a record of every
    marker; ``sign`` complete records; ``file`` sets the line's next year and the markers' states.

    Raises:
        NotFound, NotAllowed, Conflict: as ``geo.cases.states.move``; Conflict also for what is missing, with findings.
    """
    guard = _GUARDS.get(step)
    said = guard(db, code, on, tolerances) if guard else ""
    state = states.move(
        db, MACHINE, code, step, actor=actor, roles=roles, note="；".join(filter(None, (said, note)))
    )
    if step == "file":
        _take_over(db, code, tolerances)
        clocks.stop(db, MACHINE, code, CLOCK, on=on)
    return state


def _checked(db: Session, code: str, on: date, tolerances: Tolerances) -> str:
    known = find(db, code)
    if not todo(db, code):
        raise Conflict("这轮联检没有界桩", "先登记界线的界桩，再列入任务", code="round.empty")
    findings = office_check(db, known.line, on=on, tolerances=tolerances)
    return f"内业检查 {len(findings)} 条提示" if findings else "内业检查没有发现问题"


def _started(db: Session, code: str, on: date, tolerances: Tolerances) -> str:
    known = find(db, code)
    named = {member.division for member in team(db, code)}
    missing = [
        name
        for side, name in ((known.lead, known.lead_name), (known.partner, known.partner_name))
        if side not in named
    ]
    if missing:
        raise Conflict(
            f"还没有{'、'.join(missing)}的联检人员", "在本轮联检里添加各方人员", code="round.no-team"
        )
    return ""


def _summed(db: Session, code: str, on: date, tolerances: Tolerances) -> str:
    missing = [task.shown for task in todo(db, code) if task.state is None]
    if missing:
        raise Conflict(
            f"还有 {len(missing)} 颗界桩没有记录：{'、'.join(missing[:8])}",
            "完成外业并同步后再汇总",
            code="round.incomplete",
        )
    return ""


def _signed(db: Session, code: str, on: date, tolerances: Tolerances) -> str:
    errors = [f for f in completeness(db, code, tolerances) if f.severity == "block"]
    if errors:
        raise Conflict(
            f"记录还不完整，共 {len(errors)} 处，例如{errors[0].sentence()}", "按完整性清单补齐后再会签",
            code="round.incomplete", findings=tuple(errors),
        )  # fmt: skip
    return ""


def _take_over(db: Session, code: str, tolerances: Tolerances) -> None:
    known = find(db, code)
    if not known.extra:
        db.execute(_FILED, {"due": known.year + tolerances.cycle_years, "line": known.line})
    db.execute(_MARKERS, {"round": code})


_GUARDS: dict[str, Callable[[Session, str, date, Tolerances], str]] = {
    "check": _checked,
    "start": _started,
    "sum": _summed,
    "sign": _signed,
}
