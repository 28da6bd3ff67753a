"""Claims of numbers (号码占用): officers working at once never get the same number.

Whoever takes a number first takes the handle's lock, which ends with the transaction; then looks; then writes a claim.
The unique key ``uq_number_claim`` holds even against a program that forgets the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering.text import written
from gazetteer.numbering.under import under
from geo.problems import Conflict
from geo.store.constraints import explain

explain({"uq_number_claim": ("这个号码刚被别人占用或已预留", "换一个号码；刷新页面可以看到最新的建议")})

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('number:' || :handle, 0))")
_HIGHEST = text("""
    SELECT greatest(
      (SELECT max(main) FROM register.number_claim
       WHERE handle = :handle AND state <> 'released' AND main % :step = CAST(:rest AS integer)),
      (SELECT max(number_order) FROM register.address
       WHERE (road = :handle OR (natvil = :handle AND handle_kind = 'natvil')) AND valid_to IS NULL
         AND number_order % :step = CAST(:rest AS integer)))
""")
_STANDS = text(f"""
    SELECT a.code FROM register.address a
    WHERE {under("a", ":handle")} AND a.number = :number AND a.sub = :sub AND a.bld = '' AND a.valid_to IS NULL LIMIT 1
""")  # noqa: S608
_HELD = text("""
    SELECT id, state, registration FROM register.number_claim
    WHERE handle = :handle AND number = :number AND sub = :sub AND state <> 'released'
""")
_INSERT = text("""
    INSERT INTO register.number_claim (handle, number, sub, state, along_m, side, batch, registration, address, actor, reason)
    VALUES (:handle, :number, :sub, :state, :along_m, :side, :batch, :registration, :address, :actor, :reason)
    RETURNING id
""")

_RESERVE = text(f"""
    INSERT INTO register.number_claim (handle, number, state, along_m, side, batch, actor, reason)
    SELECT DISTINCT ON (k.number) :handle, k.number, 'reserved', k.along_m, k.side, CAST(:batch AS bigint), :actor, k.reason
    FROM unnest(CAST(:numbers AS text[]), CAST(:reasons AS text[]), CAST(:sides AS smallint[]),
                CAST(:alongs AS float8[])) AS k(number, reason, side, along_m)
    WHERE NOT EXISTS (
        SELECT FROM register.address a
        WHERE {under("a", ":handle")} AND a.number = k.number AND a.sub = '' AND a.bld = '' AND a.valid_to IS NULL)
      AND NOT EXISTS (
        SELECT FROM register.number_claim c
        WHERE c.handle = :handle AND c.number = k.number AND c.sub = '' AND c.state <> 'released')
    RETURNING id
""")  # noqa: S608


def lock(db: Session, handle: str) -> None:
    """Let nobody else number on this road or village until the transaction ends."""
    db.execute(_LOCK, {"handle": handle})


def hold_next(
    db: Session, handle: str, *, actor: str, parity: int | None = None, count: int = 1
) -> list[int]:
    """Hold the next numbers behind the last (连续取号) and give them.

    Args:
        db: the unit of work.
        handle: road or natural village.
        actor: who holds them.
        parity: 1 odd only, 0 even only, None every number.
        count: how many.
    """
    lock(db, handle)
    step = 1 if parity is None else 2
    highest = db.scalar(_HIGHEST, {"handle": handle, "step": step, "rest": parity or 0})
    first = (2 if parity == 0 else 1) if highest is None else int(highest) + step
    numbers = [first + step * at for at in range(count)]
    for number in numbers:
        _insert(db, handle, str(number), "", "held", actor)
    return numbers


def claim(
    db: Session, handle: str, number: str, sub: str, state: str, *, actor: str, registration: str | None = None,
    batch: int | None = None, along_m: float | None = None, side: int | None = None, reason: str = "",
    use_reserved: bool = False,
) -> int:  # fmt: skip
    """Claim one number, or turn this registration's held one or a reserved one into it; gives the claim's id.

    Raises:
        Conflict: a door bears the number, somebody holds it, or it is kept back and ``use_reserved`` is not said.
    """
    lock(db, handle)
    asked = {"handle": handle, "number": number, "sub": sub}
    shown = written(number, sub)
    if code := db.scalar(_STANDS, asked):
        raise Conflict(f"{shown}已经登记（{code}）。", "查已有的地址，不要重复登记。", code="number.taken")
    held = db.execute(_HELD, asked).one_or_none()
    if held is None:
        return _insert(db, handle, number, sub, state, actor, registration=registration, batch=batch,
                       along_m=along_m, side=side, reason=reason)  # fmt: skip
    own = registration is not None and held.registration == registration
    if not own and not (held.state == "reserved" and use_reserved):
        raise _refusal(shown, held.state)
    db.execute(
        text("UPDATE register.number_claim SET state = :state, registration = :registration, actor = :actor, "
             "reason = :reason WHERE id = :id"),
        {"state": state, "registration": registration, "actor": actor, "reason": reason, "id": held.id},
    )  # fmt: skip
    return int(held.id)


def _refusal(shown: str, state: str) -> Conflict:
    if state == "reserved":
        return Conflict(
            f"{shown}是预留号。", "确需启用的，勾选“启用预留号”并写明理由。", code="number.reserved"
        )
    return Conflict(f"{shown}正由别的登记占用。", "换一个号码，或等那件登记办结。", code="number.held")


def use(db: Session, claim_id: int, address: str) -> None:
    """The number now stands at an address."""
    db.execute(
        text("UPDATE register.number_claim SET state = 'used', address = :address WHERE id = :id"),
        {"address": address, "id": claim_id},
    )


def release(
    db: Session, *, registration: str | None = None, batch: int | None = None, address: str | None = None
) -> None:
    """Give numbers free again: of a registration that was refused, a batch that is undone, an address that ended."""
    db.execute(
        text("UPDATE register.number_claim SET state = 'released' WHERE state <> 'released' AND "
             "(registration = :registration OR batch = :batch OR address = :address)"),
        {"registration": registration, "batch": batch, "address": address},
    )  # fmt: skip


def release_all(db: Session, addresses: Sequence[str]) -> None:
    """Give the numbers of many ended addresses free again."""
    db.execute(
        text("UPDATE register.number_claim SET state = 'released' WHERE state <> 'released' AND address = ANY (:codes)"),
        {"codes": list(addresses)},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spare:
    """One number to keep back: why, and where on the road."""

    number: int
    reason: str
    side: int | None = None
    along_m: float | None = None


def reserve(db: Session, handle: str, numbers: Iterable[int], *, actor: str, reason: str) -> int:
    """Keep numbers back (预留号); those that are taken are passed over. Gives how many were kept."""
    return reserve_all(db, handle, [Spare(number, reason) for number in numbers], actor=actor)


def reserve_all(
    db: Session, handle: str, spares: Sequence[Spare], *, actor: str, batch: int | None = None
) -> int:
    """The same in one statement, each number with its own reason and place."""
    lock(db, handle)
    asked = {"handle": handle, "actor": actor, "batch": batch, "numbers": [str(s.number) for s in spares],
             "reasons": [s.reason for s in spares], "sides": [s.side for s in spares],
             "alongs": [s.along_m for s in spares]}  # fmt: skip
    return len(db.execute(_RESERVE, asked).all())


def _insert(db: Session, handle: str, number: str, sub: str, state: str, actor: str, **more: object) -> int:
    row = {"along_m": None, "side": None, "batch": None, "registration": None, "address": None, "reason": ""}
    given = {"handle": handle, "number": number, "sub": sub, "state": state, "actor": actor}
    return int(db.execute(_INSERT, {**row, **given, **more}).scalar_one())
