"""Order plates for addresses (门牌申领): the door through which registration and repairs ask for a plate."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, Literal

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gazetteer.plates.codes import new_code
from gazetteer.plates.kinds import kind_for, profile
from geo.cases.states import begin, begin_all, move, move_all
from geo.problems import BadInput, Conflict, NotFound
from geo.store.acts import copy_rows

MACHINE: Final = "plate"
Reason = Literal["新编", "变更", "换发", "补发"]
REASONS: Final[tuple[Reason, ...]] = ("新编", "变更", "换发", "补发")

_ADDRESS = text("""
    SELECT code, county, handle_kind, number, bld, unit, room, made_up, valid_to FROM register.address
    WHERE code = :code
""")
# What hangs counts before what is still being made: that is the one a new plate takes the place of.
_PRESENT = text("""
    SELECT p.code, c.state FROM register.plate p
    JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
    WHERE p.address = :address AND c.state NOT IN ('retired', 'replaced')
    ORDER BY array_position(ARRAY['hung', 'damaged', 'missing', 'arrived', 'making', 'ordered'], c.state), p.code
""")
_INSERT = text("""
    INSERT INTO register.plate (code, address, kind, reason, replaces, source, made_up)
    VALUES (:code, :address, :kind, :reason, :replaces, :source, :made_up)
""")
_MANY = text("""
    SELECT a.code, a.county, a.handle_kind, a.number, a.bld, a.unit, a.room, a.made_up
    FROM unnest(CAST(:codes AS text[])) WITH ORDINALITY w(code, at) JOIN register.address a ON a.code = w.code
    WHERE a.valid_to IS NULL AND NOT EXISTS (
      SELECT FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
      WHERE p.address = a.code AND c.state NOT IN ('retired', 'replaced'))
    ORDER BY w.at
""")
_OF_ALL = text("""
    SELECT p.code FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
    WHERE p.address = ANY (:addresses) AND c.state NOT IN ('retired', 'replaced') ORDER BY p.code
""")
_WAITING = ("ordered", "making", "arrived")


def order(
    db: Session, address_code: str, kind: str, reason: Reason, *, actor: str, note: str = "", source: str = ""
) -> str:
    """Order a plate for an address and give its code; it waits in 待制作.

    Args:
        db: the unit of work; the caller has named the act.
        address_code: the registered address.
        kind: a kind of the profile (小门牌 …); empty for the usual one of such an address.
        reason: 新编, 变更, 换发 or 补发; all but the first take the place of the plate that is there.
        actor: the account's name.
        note: stands in the plate's history.
        source: the paper it comes from.

    Raises:
        NotFound: no such address.
        Conflict: the address is retired, has a plate already (新编), or a plate for it is under way.
        BadInput: the profile has no such kind, or the reason is unknown.
    """
    if reason not in REASONS:
        raise BadInput(
            f"没有“{reason}”这种事由。", f"可用的事由：{'、'.join(REASONS)}。", code="plate.reason"
        )
    address = _address(db, address_code)
    usual = kind_for(
        address.handle_kind, bld=address.bld, unit=address.unit, room=address.room, number=address.number
    )
    chosen = profile(address.county).kind(kind or usual).name
    replaces = _replaced(db, address_code, reason)
    code = new_code()
    db.execute(_INSERT, {"code": code, "address": address_code, "kind": chosen, "reason": reason,
                         "replaces": replaces, "source": source, "made_up": address.made_up})  # fmt: skip
    begin(db, MACHINE, code, "ordered", actor=actor, note=note or reason)
    return code


def order_all(db: Session, addresses: Collection[str], *, actor: str, note: str = "") -> list[str]:
    """Order the usual plate for every address in force that has none yet (新编), in a few statements; gives the codes.

    Addresses that have a plate, or one under way, are passed over: asking twice orders once.
    """
    rows = db.execute(_MANY, {"codes": list(addresses)}).all()
    made = [(new_code(), row.code, _usual(row), "新编", note, row.made_up) for row in rows]
    columns = ("code", "address", "kind", "reason", "source", "made_up")
    copy_rows(db, "register.plate", columns, made)
    codes = [plate[0] for plate in made]
    begin_all(db, MACHINE, codes, "ordered", actor=actor, note=note or "新编")
    return codes


def _usual(address: Row[Any]) -> str:
    """The kind that the profile has for such an address."""
    kind = kind_for(
        address.handle_kind, bld=address.bld, unit=address.unit, room=address.room, number=address.number
    )
    return profile(address.county).kind(kind).name


def retire_of(
    db: Session, address_code: str, *, actor: str, roles: Collection[str], note: str = ""
) -> list[str]:
    """Retire every plate of an address that is taken out of use (注销); gives their codes, none is no error.

    Raises:
        NotAllowed: none of the roles may retire plates.
    """
    codes = [row.code for row in db.execute(_PRESENT, {"address": address_code})]
    for code in codes:
        retire(db, code, actor=actor, roles=roles, note=note or "地址注销")
    return codes


def retire_all(
    db: Session, addresses: Collection[str], *, actor: str, roles: Collection[str], note: str = ""
) -> int:
    """Retire every plate of many addresses; gives how many, none is no error."""
    codes = list(db.scalars(_OF_ALL, {"addresses": list(addresses)}))
    move_all(db, MACHINE, codes, "retire", actor=actor, roles=roles, note=note or "地址注销")
    db.execute(
        text("UPDATE register.plate SET retired_at = now() WHERE code = ANY (:codes)"), {"codes": codes}
    )
    return len(codes)


def retire(db: Session, code: str, *, actor: str, roles: Collection[str], note: str = "") -> None:
    """Retire one plate (注销门牌); its row and its history stay, and a scan of it says so.

    Raises:
        NotFound: no such plate.
        Conflict: it is retired already.
        NotAllowed: none of the roles may.
    """
    move(db, MACHINE, code, "retire", actor=actor, roles=roles, note=note)
    db.execute(text("UPDATE register.plate SET retired_at = now() WHERE code = :code"), {"code": code})


def _address(db: Session, code: str) -> Row[tuple[object, ...]]:
    found = db.execute(_ADDRESS, {"code": code}).one_or_none()
    if found is None:
        raise NotFound(f"没有编码为 {code} 的地址。", "先登记地址，再申领门牌。", code="no-such-address")
    if found.valid_to is not None:
        raise Conflict(
            f"这个地址已于 {found.valid_to} 停用。", "停用的地址不能再做门牌。", code="plate.address"
        )
    return found


def _replaced(db: Session, address: str, reason: Reason) -> str | None:
    present = db.execute(_PRESENT, {"address": address}).all()
    waiting = [row for row in present if row.state in _WAITING]
    if waiting:
        raise Conflict(
            f"这个地址的门牌 {waiting[0].code} 正在制作或待安装。",
            "等它安装后再申领，或先注销它。",
            code="plate.under-way",
        )
    if present and reason == "新编":
        raise Conflict(
            f"这个地址已有门牌 {present[0].code}。", "换新请选“换发”，丢失请选“补发”。", code="plate.exists"
        )
    return str(present[0].code) if present else None
