"""Handle an event: 发现 → 通报 → 会同核实 → 处理 → 备案 → 归档, each step with what it needs from the other side."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import witness_doubt
from boundary.events.reading import MACHINE, BoundaryEvent, Party, find, parties
from boundary.events.words import CONSTRUCTION, PARTS, REPAIRS, TOLD
from boundary.parties import sides_of_line, sides_of_marker
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict, NotAllowed

_PARTY = text("""
    INSERT INTO register.event_party (event, division, part, person, document, on_day)
    VALUES (:event, :division, :part, :person, :document, :on)
    ON CONFLICT ON CONSTRAINT pk_event_party DO UPDATE SET person = excluded.person, document = excluded.document,
      on_day = excluded.on_day
""")


def sides_of(db: Session, event: BoundaryEvent) -> dict[str, str]:
    """Code → name of the sides that an event concerns: a tri-point's three, else the line's two."""
    return sides_of_marker(db, event.marker) if event.marker else sides_of_line(db, event.line)


def take_part(
    db: Session, code: str, *, division: str, part: str, on: date, person: str = "", document: str = ""
) -> None:
    """Note how a side took part: 通报 核实 见证 同意; inside an act.

    Raises:
        NotAllowed: the division is no side of this line.
        BadInput: no such part, a witness without a name, a consent without its document, or the finder told of what it
            found itself.
    """
    event = find(db, code)
    sides = sides_of(db, event)
    if division not in sides:
        raise NotAllowed(f"{division} 不是{event.line_name}的相邻一方", "请选择相邻的县（市、区）")
    if part not in PARTS:
        raise BadInput(f"“{part[:20]}”不是参与方式", f"可用：{'、'.join(PARTS)}")
    if part == TOLD and division == event.found_side:
        others = "、".join(name for side, name in sides.items() if side != division)
        raise BadInput(f"{event.found_side_name}是发现方，通报要发给对方", f"单位请选择{others}")
    if part in ("核实", "见证") and not person.strip():
        raise BadInput(f"{part}没有写到场人员", "请填写到场人员姓名")
    if part == "同意" and not document.strip():
        raise BadInput("同意没有写文件名称和文号", "请填写同意文件")
    db.execute(_PARTY, {"event": code, "division": division, "part": part, "person": person.strip()[:60],
                        "document": document.strip()[:200], "on": on})  # fmt: skip


def move(
    db: Session, code: str, step: str, *, actor: str, roles: Collection[str], on: date, note: str = "",
    responsible: str = "",
) -> str:  # fmt: skip
    """Take one step with an event and give its new state; inside an act.

    ``handle`` takes ``note`` as what was done and ``responsible`` as the side that did it: a repair is refused unless all
    other sides witnessed it (B7), construction unless every side consented (B6).

    Raises:
        NotFound, NotAllowed, Conflict: as ``geo.cases.states.move``; Conflict also for what the other side still owes.
    """
    event = find(db, code)
    guard = _GUARDS.get(step)
    if guard:
        guard(sides_of(db, event), parties(db, code), event, responsible)
    state = states.move(db, MACHINE, code, step, actor=actor, roles=roles, note=note)
    if step == "tell":
        clocks.stop(db, MACHINE, code, "tell", on=on)
    if step == "handle":
        db.execute(
            text("UPDATE register.boundary_event SET handling = :note, handled_on = :on, responsible = :side, "
                 "act_id = audit.current_act(), updated_at = now() WHERE code = :code"),
            {"note": note, "on": on, "side": responsible or None, "code": code},
        )  # fmt: skip
    return state


def _told(sides: dict[str, str], took_part: list[Party], event: BoundaryEvent, responsible: str) -> None:
    told = {p.division for p in took_part if p.part == TOLD}
    # Who found it tells each of the others; where nobody knows who did, one that was told is enough.
    others = {side: name for side, name in sides.items() if side != event.found_side}
    missing = [name for side, name in others.items() if side not in told] if event.found_side else []
    if missing or not told:
        whom = "、".join(missing) or "对方"
        raise Conflict(f"还没有登记通报{whom}", "在“各方参与”里登记通报的单位和日期", code="event.not-told")


def _verified(sides: dict[str, str], took_part: list[Party], event: BoundaryEvent, responsible: str) -> None:
    missing = _without(sides, took_part, "核实")
    if missing:
        raise Conflict(
            f"{'、'.join(missing)}还没有到场核实", "登记各方到场核实的人员", code="event.not-verified"
        )


def _handled(sides: dict[str, str], took_part: list[Party], event: BoundaryEvent, responsible: str) -> None:
    if event.kind in REPAIRS:
        if responsible not in sides:
            raise BadInput("没有写由哪一方负责修复", "请选择负责修复的一方")
        witnesses = {p.division for p in took_part if p.part == "见证"}
        if said := witness_doubt(responsible, witnesses, sides):
            raise Conflict(said, "对方到场见证并登记后，修复才有效（条例第六条）", code="B7")
    if event.kind == CONSTRUCTION and (missing := _without(sides, took_part, "同意")):
        raise Conflict(
            f"跨界建设还没有{'、'.join(missing)}的同意文件",
            "登记各方同意的文件后再办理（条例第十条）",
            code="B6",
        )


def _without(sides: dict[str, str], took_part: list[Party], part: str) -> list[str]:
    there = {p.division for p in took_part if p.part == part}
    return [name for code, name in sides.items() if code not in there]


_GUARDS: dict[str, Callable[[dict[str, str], list[Party], BoundaryEvent, str], None]] = {
    "tell": _told,
    "verify": _verified,
    "handle": _handled,
}
