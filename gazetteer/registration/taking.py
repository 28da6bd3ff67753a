"""Take an application in (收件): findings first, then the case, its number held, its clock started."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import claims
from gazetteer.numbering.ground import Ground, load, rules_here
from gazetteer.numbering.rules import Rules, rules_of
from gazetteer.numbering.writing import divisions_at
from gazetteer.registration import looking, store
from gazetteer.registration.checks import form_findings, ground_findings
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import CLOCK, MACHINE, NEW_NUMBER, Application
from geo.cases import clocks, states
from geo.problems import BadInput, Finding

_ADDRESS = text("""
    SELECT county, town, comm, handle_kind, coalesce(road, natvil, estate) AS handle, handle_name, number, sub, bld, unit,
           room, made_up FROM register.address WHERE code = :code
""")


@dataclass(frozen=True, slots=True)
class Taken:
    """A case that was taken in: its code, the applicant's private code, the last day of its clock."""

    code: str
    private: str
    due: date | None


def findings(
    db: Session, given: Application, *, own: str = "", ground: Ground | None = None
) -> list[Finding]:
    """Everything to be said about an application: fields, the number against its road, doubles, doors at the same place.

    ``own`` is the case that is being corrected: it is no double of itself, and holds its own number. ``ground`` is the
    road as it was read already; without it, it is read.
    """
    ground = ground or ground_of(db, given)
    rules = ground.rules if ground else rules_here(db)
    found = list(form_findings(given, postcode_prefix=str(rules["postcode"])))
    if ground:
        held = _holds(db, given, own)
        found += [f for f in ground_findings(given, ground) if not (held and f.code == "registration.held")]
        found += _doubles(db, given, own)
    if given.address:
        _, live = looking.address_of(db, given.address)
        if not live and given.kind != "证明":
            found.append(
                Finding("registration.ended", "block", "address · 原地址", "这个地址已经注销", "选现行的地址")
            )
    return found


def ground_of(db: Session, given: Application) -> Ground | None:
    """The road, natural village or estate that an application wants a number on, with all that stands there."""
    return load(db, given.handle) if given.handle and given.kind in NEW_NUMBER else None


def _holds(db: Session, given: Application, own: str) -> bool:
    """Whether this very case holds the number already."""
    return bool(own) and bool(db.scalar(
        text("SELECT EXISTS (SELECT FROM register.number_claim WHERE registration = :own AND state = 'held' "
             "AND handle = :handle AND number = :number AND sub = :sub)"),
        {"own": own, "handle": given.handle, "number": given.number, "sub": given.sub},
    ))  # fmt: skip


def _doubles(db: Session, given: Application, own: str) -> list[Finding]:
    found = []
    told = {given.address}
    for known in looking.same(db, given.handle, given.number, given.sub, given.bld):
        if known.blocks and known.what == "registration" and known.code != own:
            found.append(Finding("registration.open", "block", "number · 门牌号", f"已有在办的登记{known.code}：{known.text}",
                                 "在那一件里继续办理"))  # fmt: skip
    if given.lon is not None and given.lat is not None:
        for known in looking.near(db, given.lon, given.lat):
            if known.code not in told:
                found.append(Finding("registration.near", "warn", "point · 位置", f"同一位置已有{known.text}",
                                     "是同一个门的，办变更或证明；不是的，写明理由"))  # fmt: skip
    return found


def refuse_blocked(found: list[Finding]) -> None:
    """Let nothing pass that a finding blocks.

    Raises:
        BadInput: one does; all are in ``findings``.
    """
    blocking = [f for f in found if f.severity == "block"]
    if blocking:
        raise BadInput(blocking[0].sentence().partition("· ")[2], "改正后再提交。", code=blocking[0].code,
                       findings=tuple(found))  # fmt: skip


def demand_reason(found: list[Finding], note: str) -> str:
    """Let no warning pass in silence: whoever approves in spite of one says why; gives what belongs into the history.

    Raises:
        BadInput: there are warnings and no reason; all are in ``findings``.
    """
    warned = [f for f in found if f.severity == "warn"]
    if warned and not note.strip():
        raise BadInput(f"有 {len(warned)} 项提示，没有写明理由。", "核对后改正；仍要办理的，在“说明”里写明理由。",
                       code="registration.reason", findings=tuple(found))  # fmt: skip
    return note.strip() if warned else ""


def take(
    db: Session, given: Application, clerk: Clerk, *, batch: int | None = None, on: date | None = None
) -> Taken:
    """Take an application in: at the counter it is accepted at once, from the public it is submitted.

    Raises:
        BadInput: a finding blocks it; all are in ``findings``.
        NotAllowed: it lies outside the clerk's district.
        Conflict: the number was taken meanwhile.
    """
    ground = ground_of(db, given)
    refuse_blocked(findings(db, given, ground=ground))
    where, made_up, rules = where_of(db, given, ground)
    clerk.check_district(where["comm"] or where["town"] or where["county"])
    private = store.private_code() if given.channel != "批量" else ""
    code = store.keep(
        db, given, where, rules=rules.version, private=private, made_up=made_up, batch=batch, on=on
    )
    hold(db, given, ground, code, clerk)
    accepted = given.channel != "网上"
    states.begin(db, MACHINE, code, "accepted" if accepted else "submitted", actor=clerk.shown,
                 note="窗口收件" if given.channel == "窗口" else given.channel)  # fmt: skip
    due = start_clock(db, code, rules, on or date.today()) if accepted else None
    return Taken(code, private, due)


def hold(db: Session, given: Application, ground: Ground | None, code: str, clerk: Clerk) -> None:
    """Hold the number of an application for its case; behind a door (幢、单元、室) nothing is held.

    Raises:
        Conflict: it is taken, held or kept back.
    """
    if ground and given.number and not given.bld:
        claims.claim(db, ground.code, given.number, given.sub, "held", actor=clerk.name, registration=code,
                     use_reserved=given.use_reserved, reason=given.note)  # fmt: skip


def start_clock(db: Session, code: str, rules: Rules, on: date) -> date:
    """Start the clock of the decision; gives its last day."""
    days = int(rules["working_days"])
    return clocks.start(db, MACHINE, code, CLOCK, label="办结", on=on, days=days, basis="working",
                        source=rules.basis("working_days"))  # fmt: skip


def where_of(db: Session, given: Application, ground: Ground | None) -> tuple[dict[str, Any], bool, Rules]:
    """Divisions and handle of an application as columns, whether they are made up, and the rules that hold there."""
    if ground is not None:
        county, town, comm = divisions_at(db, ground.division, given.lon, given.lat, ground.code)
        where = {"county": county, "town": town, "comm": comm, "handle_kind": ground.kind, "handle": ground.code,
                 "handle_name": ground.name}  # fmt: skip
        return where, ground.made_up, ground.rules
    row = db.execute(_ADDRESS, {"code": given.address}).one()
    where = {name: getattr(row, name) for name in ("county", "town", "comm", "handle_kind", "handle", "handle_name",
                                                   "number", "sub", "bld", "unit", "room")}  # fmt: skip
    return where, row.made_up, rules_of(row.county)


def suggested(db: Session, given: Application, *, ground: Ground | None = None) -> Application:
    """The application with the number that its place suggests, where none is given; ``ground`` as for :func:`findings`."""
    if given.number or given.bld or not given.handle or given.lon is None or given.lat is None:
        return given
    advice = (ground or load(db, given.handle)).suggest(given.lon, given.lat)
    return replace(
        given, number=str(advice.number), sub=str(advice.sub or ""), use_reserved=advice.from_reserve
    )
