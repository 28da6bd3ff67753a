"""Defects of plates and the orders that mend them (维修工单), each with its clock."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.plates import records
from gazetteer.plates.codes import ALPHABET
from gazetteer.plates.kinds import profile
from gazetteer.plates.orders import order
from geo.cases import clocks
from geo.cases.states import begin, current, move
from geo.problems import BadInput, NotFound

MACHINE: Final = "plate-repair"
CLOCK: Final = "repair"
CAUSES: Final = {
    "damaged": "破损", "missing": "不见了", "loose": "松动或掉落", "faded": "看不清", "wrong": "写错了",
    "code": "二维码扫不出",
}  # fmt: skip
"""What may be wrong with a plate, as people say it."""

_INSERT = text("""
    INSERT INTO register.plate_repair (code, plate, cause, note, reporter, origin, made_up)
    VALUES (:code, :plate, :cause, :note, :reporter, :origin, :made_up)
""")
_SELECT: Final = """
    SELECT o.code, o.plate, o.cause, o.note, o.reporter, o.replacement, o.reported_at, o.made_up, c.state,
           s.label AS state_label, k.due_on, k.stopped_on, a.standard_address, a.town
    FROM register.plate_repair o
    JOIN register."case" c ON c.machine = 'plate-repair' AND c.subject = o.code
    JOIN register.case_state s ON s.machine = 'plate-repair' AND s.state = c.state
    JOIN register.plate p ON p.code = o.plate
    JOIN register.address a ON a.code = p.address
    LEFT JOIN register.case_clock k ON k.machine = 'plate-repair' AND k.subject = o.code AND k.name = 'repair'
"""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair order; ``reporter`` is 公众 or an account's name; ``due_on`` the last day in time."""

    code: str
    plate: str
    cause: str
    note: str
    reporter: str
    replacement: str | None
    reported_at: datetime
    made_up: bool
    state: str
    state_label: str
    due_on: date | None
    stopped_on: date | None
    standard_address: str
    town: str | None

    @property
    def cause_words(self) -> str:
        """What is wrong, in Chinese."""
        return CAUSES[self.cause]


def report(
    db: Session, plate: str, cause: str, *, note: str = "", reporter: str, actor: str, origin: str = "",
    roles: Collection[str] = (),
) -> str:  # fmt: skip
    """Say that a plate is damaged or gone; gives the order's code, that of the open one where there is one.

    Args:
        db: the unit of work; the caller has named the act.
        plate: its code.
        cause: a key of :data:`CAUSES`.
        note: a few words.
        reporter: 公众, or the account's shown name.
        actor: what the audit calls the caller.
        origin: digest of the network address, for the public only.
        roles: of staff; whoever may, moves the plate to 损坏 or 缺失 at once. The public's word is checked first.

    Raises:
        BadInput: an unknown cause.
        NotFound: no such plate.
    """
    if cause not in CAUSES:
        raise BadInput("没有选择问题的种类。", f"请选择：{'、'.join(CAUSES.values())}。", code="plate.cause")
    known = records.get(db, plate)
    if roles:
        _mark(db, known.code, cause, actor=actor, roles=roles)
    open_one = _open_of(db, plate)
    if open_one is not None:
        return open_one
    code = "WX" + "".join(secrets.choice(ALPHABET) for _ in range(8))
    db.execute(_INSERT, {"code": code, "plate": plate, "cause": cause, "note": note, "reporter": reporter,
                         "origin": origin, "made_up": known.made_up})  # fmt: skip
    begin(db, MACHINE, code, "open", actor=actor, note=note or CAUSES[cause])
    rules = profile(known.town or "")
    clocks.start(db, MACHINE, code, CLOCK, label="修复", on=date.today(), days=rules.repair_days, basis="calendar",
                 source=rules.repair_source)  # fmt: skip
    return code


def take(
    db: Session, code: str, *, replace: bool, actor: str, roles: Collection[str], note: str = ""
) -> str | None:
    """Accept an order (派单): the plate counts as damaged from now on; with ``replace`` a new one is ordered.

    Gives the code of the new plate, None where the old one is mended on the spot.
    """
    known = get(db, code)
    _mark(db, known.plate, known.cause, actor=actor, roles=roles)
    move(db, MACHINE, code, "take", actor=actor, roles=roles, note=note)
    if not replace:
        return None
    address = records.get(db, known.plate).address
    reason = "补发" if known.cause == "missing" else "换发"
    made = order(db, address, records.get(db, known.plate).kind, reason, actor=actor, source=code)  # type: ignore[arg-type]
    db.execute(
        text("UPDATE register.plate_repair SET replacement = :made WHERE code = :code"),
        {"made": made, "code": code},
    )
    return made


def finish(db: Session, code: str, *, actor: str, roles: Collection[str], note: str = "") -> None:
    """Close an order (办结): a plate mended on the spot hangs again, the clock stops.

    Raises:
        Conflict: the order is closed already.
        NotAllowed: none of the roles may.
    """
    known = get(db, code)
    if current(db, "plate", known.plate) in {"damaged", "missing"} and known.replacement is None:
        move(db, "plate", known.plate, "mend", actor=actor, roles=roles, note=note or "修复")
    _close(db, code, "finish", actor=actor, roles=roles, note=note)


def refuse(db: Session, code: str, *, actor: str, roles: Collection[str], note: str = "") -> None:
    """Close an order as untrue (不属实); a plate that was marked as damaged hangs again."""
    known = get(db, code)
    if current(db, "plate", known.plate) in {"damaged", "missing"}:
        move(db, "plate", known.plate, "mend", actor=actor, roles=roles, note="查看后完好")
    _close(db, code, "refuse", actor=actor, roles=roles, note=note)


def close_replaced(db: Session, plate: str, *, actor: str, roles: Collection[str]) -> None:
    """Close what is open about a plate because its successor hangs now."""
    open_one = _open_of(db, plate)
    if open_one is not None:
        _close(db, open_one, "finish", actor=actor, roles=roles, note="新门牌已安装")


def get(db: Session, code: str) -> Repair:
    """One order.

    Raises:
        NotFound: no such order.
    """
    row = db.execute(text(f"{_SELECT} WHERE o.code = :code"), {"code": code}).mappings().one_or_none()
    if row is None:
        raise NotFound(f"没有工单 {code}。", "请核对工单号。")
    return Repair(**row)


def listed(
    db: Session, *, states: Sequence[str] = (), plate: str = "", town: str = "", limit: int = 200
) -> list[Repair]:
    """Orders, the most pressing first."""
    sql = (f"{_SELECT} WHERE (:plate = '' OR o.plate = :plate) AND (:town = '' OR a.town = :town) "
           "AND (cardinality(CAST(:states AS text[])) = 0 OR c.state = ANY (CAST(:states AS text[]))) "
           "ORDER BY k.stopped_on IS NOT NULL, k.due_on, o.code LIMIT :limit")  # fmt: skip
    values = {"states": list(states), "plate": plate, "town": town, "limit": limit}
    return [Repair(**row) for row in db.execute(text(sql), values).mappings()]


def _mark(db: Session, plate: str, cause: str, *, actor: str, roles: Collection[str]) -> None:
    """Move a plate that hangs to 损坏 or 缺失; one that does so already stays."""
    state = current(db, "plate", plate)
    lost = cause == "missing"
    if state == "hung" or (lost and state == "damaged"):
        move(db, "plate", plate, "lose" if lost else "damage", actor=actor, roles=roles, note=CAUSES[cause])


def _close(db: Session, code: str, step: str, *, actor: str, roles: Collection[str], note: str) -> None:
    move(db, MACHINE, code, step, actor=actor, roles=roles, note=note)
    clocks.stop(db, MACHINE, code, CLOCK, on=date.today())


def _open_of(db: Session, plate: str) -> str | None:
    found: str | None = db.scalar(
        text("SELECT o.code FROM register.plate_repair o JOIN register.\"case\" c ON c.machine = 'plate-repair' "
             "AND c.subject = o.code WHERE o.plate = :plate AND c.state IN ('open', 'working') "
             "ORDER BY o.reported_at LIMIT 1"),
        {"plate": plate},
    )  # fmt: skip
    return found
