"""Correct an application (补正): fields and materials change while the case is open, and what stood before is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import claims
from gazetteer.registration import store, taking
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import Application, Person
from geo.problems import Conflict

WORDS: Final[Mapping[str, str]] = {
    "address": "原地址", "handle": "道路、自然村或小区", "number": "门牌号", "sub": "附号", "bld": "幢", "unit": "单元",
    "room": "室", "lon": "经度", "lat": "纬度", "temporary": "临时门牌", "plate_size": "规格", "postcode": "邮政编码",
    "former": "曾用地址", "successor": "承继的地址", "same_as": "其他地址", "materials": "材料", "note": "说明",
}  # fmt: skip
PERSONAL: Final[Mapping[str, str]] = {
    "kind": "个人或单位", "name": "申请人", "id_number": "证件号", "phone": "电话", "title_number": "权属证件号",
}  # fmt: skip
OPEN: Final[Mapping[str, frozenset[str]]] = {
    "public": frozenset({"returned"}), "": frozenset({"submitted", "accepted", "returned"}),
}  # fmt: skip
_UPDATE = text("""
    UPDATE register.registration SET address = :address, county = :county, town = :town, comm = :comm,
      handle_kind = :handle_kind, handle = :handle, handle_name = :handle_name, number = :number, sub = :sub, bld = :bld,
      unit = :unit, room = :room, temporary = :temporary, plate_size = :plate_size, postcode = :postcode, former = :former,
      successor = :successor, same_as = :same_as, materials = :materials, note = :note, rules = :rules, made_up = :made_up,
      point = CASE WHEN CAST(:lon AS float8) IS NOT NULL
        THEN ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490) END,
      version = version + 1
    WHERE code = :code AND version = :seen RETURNING version
""")
_PERSON = text("""
    UPDATE register.registration_person SET applicant_kind = :kind, applicant = :name, id_number = :id_number,
      phone = :phone, title_number = :title_number
    WHERE registration = :code
""")
_KEEP = text("""
    INSERT INTO register.registration_version (registration, version, fields, person, changed, actor)
    VALUES (:code, :version, CAST(:fields AS jsonb), CAST(:person AS jsonb), :changed, :actor)
""")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: when, by whom, and each field as it was and as it became."""

    at: datetime
    actor: str
    changes: tuple[tuple[str, str, str], ...]


def application_of(db: Session, case: store.Registration) -> Application:
    """A case as the application that it is now, for a form to start from. Personal data is in it."""
    same = {name.name: getattr(case, name.name) for name in fields(Application) if hasattr(case, name.name)}
    same |= {"address": case.address or "", "handle": case.handle or "", "successor": case.successor or ""}
    return Application(**{**same, "person": store.person_of(db, case.code)})


def amend(db: Session, code: str, given: Application, clerk: Clerk, *, seen: int) -> tuple[str, ...]:
    """Write the corrected application and keep the one before; gives the words of the fields that changed.

    The kind stays: another kind is another case. Its number is given free and another one held where it changed.

    Args:
        db: the unit of work; the caller has named the act.
        code: the case.
        given: the whole application as it shall be.
        clerk: the officer, or :data:`PUBLIC` for the applicant, who may correct what was sent back.
        seen: the version that was in the form.

    Raises:
        BadInput: a finding blocks it.
        Conflict: the case is decided, or somebody changed it since.
        NotAllowed: it lies outside the clerk's district.
    """
    case = store.find(db, code)
    _check_open(case, clerk)
    before = application_of(db, case)
    wanted = replace(given, kind=case.kind, channel=case.channel, seconds=case.seconds)
    ground = taking.ground_of(db, wanted)
    taking.refuse_blocked(taking.findings(db, wanted, own=case.code, ground=ground))
    where, made_up, rules = taking.where_of(db, wanted, ground)
    for place in (case.comm or case.town or case.county, where["comm"] or where["town"] or where["county"]):
        clerk.check_district(place)
    changed = _changed(before, wanted)
    if not changed:
        return ()
    _write(db, case, wanted, {**where, "rules": rules.version, "made_up": made_up}, seen)
    _keep(db, case, before, changed, clerk)
    if (before.handle, before.number, before.sub, before.bld) != (
        wanted.handle,
        wanted.number,
        wanted.sub,
        wanted.bld,
    ):
        claims.release(db, registration=code)
        taking.hold(db, wanted, ground, code, clerk)
    return tuple({**WORDS, **PERSONAL}[name.removeprefix("person.")] for name in changed)


def corrections(db: Session, code: str) -> list[Correction]:
    """Every correction of a case, the oldest first, each field before and after; for the desk only."""
    case = store.find(db, code)
    rows = db.execute(
        text("SELECT fields, person, changed, actor, at FROM register.registration_version WHERE registration = :c "
             "ORDER BY version"), {"c": code},
    ).all()  # fmt: skip
    told = [{**row.fields, **{f"person.{k}": v for k, v in row.person.items()}} for row in rows]
    told.append(_told(application_of(db, case)))
    return [
        Correction(
            row.at, row.actor, tuple((_word(n), _shown(before[n]), _shown(after[n])) for n in row.changed)
        )
        for row, before, after in zip(rows, told, told[1:], strict=False)
    ]


def _check_open(case: store.Registration, clerk: Clerk) -> None:
    public = clerk.roles == frozenset({"public"})
    if case.state in OPEN["public" if public else ""]:
        return
    if public and case.state in OPEN[""]:
        raise Conflict(
            "这件登记正在办理，现在不能修改。", "需要修改的，请联系窗口退回补正。", code="amend.state"
        )
    raise Conflict(
        f"这件登记是“{case.state_label}”，不能再修改。", "需要改号的，另办变更。", code="amend.state"
    )


def _told(given: Application) -> dict[str, Any]:
    """An application flat: what may be corrected, the applicant's fields with ``person.`` before them."""
    person = asdict(given.person)
    return {name: getattr(given, name) for name in WORDS} | {f"person.{n}": person[n] for n in PERSONAL}


def _changed(before: Application, after: Application) -> list[str]:
    old, new = _told(before), _told(replace(after, person=_trimmed(after.person)))
    return [name for name in old if old[name] != new[name]]


def _trimmed(person: Person) -> Person:
    return Person(person.kind, *(part.strip() for part in (person.name, person.id_number, person.phone, person.title_number)))  # fmt: skip


def _write(
    db: Session, case: store.Registration, given: Application, where: Mapping[str, Any], seen: int
) -> None:
    row = {name: getattr(given, name) for name in WORDS} | {
        "address": given.address or None, "successor": given.successor or None, "same_as": list(given.same_as),
        "materials": list(given.materials), **where, "code": case.code, "seen": seen,
    }  # fmt: skip
    if db.execute(_UPDATE, row).one_or_none() is None:
        raise Conflict("这件登记刚被别人处理过。", "刷新后看最新的状态。", code="version")
    db.execute(_PERSON, {**asdict(_trimmed(given.person)), "code": case.code})


def _keep(
    db: Session, case: store.Registration, before: Application, changed: Sequence[str], clerk: Clerk
) -> None:
    told = _told(before)
    db.execute(_KEEP, {
        "code": case.code, "version": case.version, "changed": list(changed), "actor": clerk.shown,
        "fields": json.dumps({n: told[n] for n in WORDS}, ensure_ascii=False),
        "person": json.dumps({n: told[f"person.{n}"] for n in PERSONAL}, ensure_ascii=False),
    })  # fmt: skip


def _word(name: str) -> str:
    return PERSONAL[name.removeprefix("person.")] if name.startswith("person.") else WORDS[name]


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
