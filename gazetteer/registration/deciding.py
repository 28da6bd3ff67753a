"""Work on a case (办理): accept, send back, refuse, withdraw, approve; approving writes the register in the same transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import claims
from gazetteer.numbering.rules import rules_of
from gazetteer.numbering.writing import NewDoor, retire_doors, write_claimed
from gazetteer.plates import orders
from gazetteer.registration import papers_kept, store
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import CLOCK, MACHINE
from gazetteer.registration.store import Registration
from gazetteer.registration.taking import start_clock
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict

_POINT = text("""
    SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM register.address_point WHERE address = :code
    ORDER BY array_position(ARRAY['entrance', 'plate', 'building', 'parcel', 'unit'], kind) LIMIT 1
""")
_ALIAS = text("""
    WITH made AS (
      INSERT INTO register.alias (alias, kind, source_doc, valid_from, valid_to, made_up)
      SELECT :alias, :kind, :source, NULL, NULL, :made_up
      WHERE NOT EXISTS (SELECT FROM register.alias x JOIN register.alias_target t ON t.alias = x.id
                        WHERE x.alias = :alias AND t.address = :address AND x.valid_to IS NULL)
      RETURNING id)
    INSERT INTO register.alias_target (alias, address) SELECT id, :address FROM made
""")
_SUCCESSION = text("""
    INSERT INTO register.address_succession (predecessor, successor, on_day, reason)
    VALUES (:before, :after, :on_day, :reason)
    ON CONFLICT DO NOTHING
""")


def do(db: Session, code: str, act: str, clerk: Clerk, note: str = "", *, on: date | None = None) -> str:
    """Take one step with a case; gives the new state's key.

    Args:
        db: the unit of work; the caller has named the act.
        code: the case.
        act: accept, return, resubmit, approve, refuse, withdraw.
        clerk: who does it.
        note: why; asked for when a case is sent back or refused.
        on: the day it counts for; today.

    Raises:
        BadInput: the note is missing.
        Conflict: the case is in another state, or the number is gone.
        NotAllowed: the clerk's role or district does not allow it.
    """
    day = on or date.today()
    if act == "undo":
        raise BadInput(
            "单件登记不能撤销。", "办理变更或注销；批量导入的在编号批次里整批撤销。", code="registration.undo"
        )
    if act in ("return", "refuse") and not note.strip():
        raise BadInput("没有写理由。", "写明退回或不予办理的理由，申请人看得到。", code="registration.note")
    case = store.find(db, code)
    clerk.check_district(case.comm or case.town or case.county)
    state = states.move(db, MACHINE, code, act, actor=clerk.shown, roles=clerk.roles, note=note.strip())
    if act == "accept":
        start_clock(db, code, rules_of(case.county), day)
    elif act in ("return", "refuse", "withdraw", "approve"):
        clocks.stop(db, MACHINE, code, CLOCK, on=day)
    if act in ("refuse", "withdraw"):
        claims.release(db, registration=code)
        store.mark(db, code, case.version, decided_on=day, decided_by=clerk.shown)
    if act == "approve":
        result = _effect(db, case, clerk, day)
        store.mark(db, code, case.version, result=result, decided_on=day, decided_by=clerk.shown)
        papers_kept.issue(db, code, case.kind, actor=clerk.name, on=day)
    return state


def _effect(db: Session, case: Registration, clerk: Clerk, day: date) -> str | None:
    """What approving does to the register; gives the address that the case ends with."""
    if case.kind == "新编":
        made = _new_door(db, case, clerk, day)
        _order(db, made, case, clerk)
        return made
    before = case.address or ""
    if case.kind == "变更":
        made = _new_door(db, case, clerk, day)
        succeed(db, before, made, reason="门牌变更", on=day, made_up=case.made_up)
        _end(db, before, clerk, day)
        _order(db, made, case, clerk)
        return made
    if case.kind == "注销":
        _end(db, before, clerk, day)
        if case.successor:
            succeed(db, before, case.successor, reason="门牌注销", on=day, made_up=case.made_up)
        return before
    if case.kind == "证明":
        for alias in case.same_as:
            teach(
                db,
                alias,
                before,
                kind="同一不动产",
                source=f"地名证明 {case.code}",
                made_up=case.made_up,
            )
        return before
    _order(db, before, case, clerk)
    return before


def _new_door(db: Session, case: Registration, clerk: Clerk, day: date) -> str:
    lon, lat = case.lon, case.lat
    if lon is None and case.address:
        row = db.execute(_POINT, {"code": case.address}).one_or_none()
        lon, lat = (row.lon, row.lat) if row else (None, None)
    door = NewDoor(
        case.county, case.town, case.comm, case.handle_kind, case.handle or "", case.handle_name, case.number, case.sub,
        case.bld, case.unit, "", case.room, lon=lon, lat=lat, made_up=case.made_up,
    )  # fmt: skip
    return write_claimed(db, door, actor=clerk.name, on_day=day, registration=case.code, use_reserved=True,
                         source=f"门牌登记 {case.code}")  # fmt: skip


def succeed(db: Session, before: str, after: str, *, reason: str, on: date, made_up: bool) -> None:
    """Let an address take the place of another: the chain is kept, and the old wording leads to the new one.

    Raises:
        Conflict: the successor is not in force.
    """
    row = db.execute(
        text("SELECT standard_address, valid_to IS NULL AS live FROM register.address WHERE code = :c"),
        {"c": after},
    ).one_or_none()
    if row is None or not row.live:
        raise Conflict("承继的地址不是现行地址。", "选一个现行的地址。", code="successor")
    db.execute(_SUCCESSION, {"before": before, "after": after, "on_day": on, "reason": reason})
    old = db.execute(
        text("SELECT standard_address, register.county_text(county) AS above, coalesce(t.name, '') AS town, handle_name, "
             "register.number_text(number, sub) AS number FROM register.address a "
             "LEFT JOIN register.division t ON t.code = a.town WHERE a.code = :c"), {"c": before},
    ).one()  # fmt: skip
    teach(db, f"{old.handle_name}{old.number}", after, kind="旧门牌", source=reason, made_up=made_up)


def teach(db: Session, alias: str, address: str, *, kind: str, source: str, made_up: bool) -> None:
    """Let another wording lead to an address (别名); a second time changes nothing."""
    if alias.strip():
        db.execute(_ALIAS, {"alias": alias.strip()[:200], "kind": kind, "source": source, "made_up": made_up, "address": address})  # fmt: skip
        # The live overlay looks at doors: touching the door brings its new alias along.
        db.execute(text("UPDATE register.address SET version = version + 1 WHERE code = :c"), {"c": address})


def _end(db: Session, code: str, clerk: Clerk, day: date) -> None:
    retire_doors(db, [code], on_day=day)
    claims.release(db, address=code)
    orders.retire_of(db, code, actor=clerk.name, roles=clerk.roles, note="地址注销")


def _order(db: Session, address: str, case: Registration, clerk: Clerk) -> None:
    reason = case.kind if case.kind in ("新编", "变更", "换发", "补发") else "新编"
    if case.temporary:
        kind = "临时门牌"
    elif case.handle_kind == "road" and not case.bld:
        kind = case.plate_size
    else:
        kind = ""
    orders.order(db, address, kind, reason, actor=clerk.name, source=case.code)  # type: ignore[arg-type]
