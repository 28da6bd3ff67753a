"""Applications in the register: kept, found, listed; the applicant apart from the case."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.registration.model import Application, Person
from geo.problems import Conflict, NotFound

_INSERT = text("""
    INSERT INTO register.registration (kind, channel, address, county, town, comm, handle_kind, handle, handle_name, number,
      sub, bld, unit, room, temporary, plate_size, postcode, former, successor, same_as, materials, note, point, rules, batch,
      private_hash, applied_on, seconds, made_up)
    VALUES (:kind, :channel, :address, :county, :town, :comm, :handle_kind, :handle, :handle_name, :number, :sub, :bld,
      :unit, :room, :temporary, :plate_size, :postcode, :former, :successor, :same_as, :materials, :note,
      CASE WHEN CAST(:lon AS float8) IS NOT NULL
        THEN ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490) END,
      :rules, :batch, :private_hash, :applied_on, :seconds, :made_up)
    RETURNING code
""")
_PERSON = text("""
    INSERT INTO register.registration_person (registration, applicant_kind, applicant, id_number, phone, title_number)
    VALUES (:code, :kind, :name, :id_number, :phone, :title_number)
""")
_COLUMNS: Final = """
    g.code, g.kind, g.channel, g.address, g.result, g.county, g.town, g.comm, g.handle_kind, g.handle, g.handle_name,
    g.number, g.sub, g.bld, g.unit, g.room, g.temporary, g.plate_size, g.postcode, g.former, g.successor, g.same_as, g.materials,
    g.note, ST_X(g.point) AS lon, ST_Y(g.point) AS lat, g.rules, g.batch, g.private_hash, g.applied_on, g.decided_on,
    g.decided_by, g.seconds, g.made_up, g.version, c.state, s.label AS state_label,
    coalesce(r.standard_address, a.standard_address, '') AS standard_address, a.standard_address AS before
"""
_FROM: Final = """
    FROM register.registration g
    JOIN register."case" c ON c.machine = 'registration' AND c.subject = g.code
    JOIN register.case_state s ON s.machine = c.machine AND s.state = c.state
    LEFT JOIN register.address a ON a.code = g.address LEFT JOIN register.address r ON r.code = g.result
"""
_ONE = text(f"SELECT {_COLUMNS} {_FROM} WHERE g.code = :code")
_LIST = text(f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE (:kind = '' OR g.kind = :kind) AND (:state = '' OR c.state = :state)
      AND (:q = '' OR g.code = :q OR g.handle_name || g.number LIKE :like OR r.standard_address LIKE :like
           OR a.standard_address LIKE :like)
      AND (CAST(:since AS date) IS NULL OR g.applied_on >= :since) AND (CAST(:until AS date) IS NULL OR g.applied_on <= :until)
      AND (:decided = '' OR to_char(g.decided_on, 'YYYY') = :decided)
      AND (:town = '' OR coalesce(g.town, g.county) LIKE :town || '%')
      AND (:cursor = '' OR (g.applied_on, g.code) < (CAST(split_part(:cursor, '~', 1) AS date), split_part(:cursor, '~', 2)))
    ORDER BY g.applied_on DESC, g.code DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Registration:
    """One case as the desk sees it, without the applicant."""

    code: str
    kind: str
    channel: str
    address: str | None
    result: str | None
    county: str
    town: str | None
    comm: str | None
    handle_kind: str
    handle: str | None
    handle_name: str
    number: str
    sub: str
    bld: str
    unit: str
    room: str
    temporary: bool
    plate_size: str
    postcode: str
    former: str
    successor: str | None
    same_as: tuple[str, ...]
    materials: tuple[str, ...]
    note: str
    lon: float | None
    lat: float | None
    rules: str
    batch: int | None
    private_hash: str
    applied_on: date
    decided_on: date | None
    decided_by: str
    seconds: int | None
    made_up: bool
    version: int
    state: str
    state_label: str
    standard_address: str
    before: str | None

    @property
    def title(self) -> str:
        """What the case is about, short: 横街路118号."""
        if self.handle_name:
            from gazetteer.numbering.text import written

            number = written(self.number, self.sub) if self.number else f"{self.bld}幢" if self.bld else ""
            return f"{self.handle_name}{number}"
        return self.standard_address or self.code


def private_code() -> str:
    """Eight digits that the applicant alone gets (查询码)."""
    return f"{secrets.randbelow(10**8):08d}"


def _digest(code: str) -> str:
    # The code is short, so the digest is slow on purpose; whoever reads the table still cannot follow a case.
    return hashlib.pbkdf2_hmac("sha256", code.encode(), b"registration", 60_000).hex()


def keep(
    db: Session, given: Application, where: Mapping[str, Any], *, rules: str, private: str, made_up: bool,
    batch: int | None = None, on: date | None = None,
) -> str:  # fmt: skip
    """Store an application with its applicant; gives the case's code. ``where`` has divisions and the handle."""
    row = {
        "kind": given.kind, "channel": given.channel, "address": given.address or None, "number": given.number,
        "sub": given.sub, "bld": given.bld, "unit": given.unit, "room": given.room, "temporary": given.temporary,
        "plate_size": given.plate_size, "postcode": given.postcode, "former": given.former,
        "successor": given.successor or None, "same_as": list(given.same_as), "materials": list(given.materials), "note": given.note, "lon": given.lon,
        "lat": given.lat, "rules": rules, "batch": batch, "private_hash": _digest(private) if private else "",
        "applied_on": on or date.today(), "seconds": given.seconds, "made_up": made_up, **where,
    }  # fmt: skip
    code = str(db.execute(_INSERT, row).scalar_one())
    who = given.person
    db.execute(_PERSON, {"code": code, "kind": who.kind, "name": who.name.strip(), "id_number": who.id_number.strip(),
                         "phone": who.phone.strip(), "title_number": who.title_number.strip()})  # fmt: skip
    return code


def find(db: Session, code: str) -> Registration:
    """One case.

    Raises:
        NotFound: there is none.
    """
    row = db.execute(_ONE, {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为{code[:20]}的登记。", "核对编号。")
    return _made(dict(row._mapping))


def person_of(db: Session, code: str) -> Person:
    """The applicant of a case; only for the desk and for papers."""
    row = db.execute(
        text("SELECT applicant_kind, applicant, id_number, phone, title_number FROM register.registration_person "
             "WHERE registration = :code"), {"code": code},
    ).one()  # fmt: skip
    return Person(*row)


def follow(db: Session, code: str, private: str) -> Registration:
    """A case for its applicant, by number and private code; both wrong answers sound the same.

    Raises:
        NotFound: the number or the code is wrong.
    """
    row = db.execute(_ONE, {"code": code.strip().upper()}).one_or_none()
    known = row.private_hash if row is not None else ""
    if row is None or not known or not hmac.compare_digest(known, _digest(private.strip())):
        raise NotFound("编号或查询码不对。", "核对回执上的编号和八位查询码。", code="follow")
    return _made(dict(row._mapping))


def listed(db: Session, *, kind: str = "", state: str = "", q: str = "", since: date | None = None,
           until: date | None = None, decided: str = "", town: str = "", cursor: str = "",
           limit: int = 50) -> list[Registration]:  # fmt: skip
    """Cases, the newest first; ``cursor`` is :func:`cursor_of` the last one seen."""
    like = "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = db.execute(_LIST, {"kind": kind, "state": state, "q": q, "like": like, "since": since, "until": until,
                              "decided": decided, "town": town.rstrip("0"), "cursor": cursor,
                              "limit": limit})  # fmt: skip
    return [_made(dict(row._mapping)) for row in rows]


def cursor_of(one: Registration) -> str:
    """Where the next page goes on."""
    return f"{one.applied_on.isoformat()}~{one.code}"


def mark(db: Session, code: str, version: int, **changes: object) -> None:
    """Change fields of a case that has the version seen.

    Raises:
        Conflict: somebody changed it since.
    """
    sets = ", ".join(f"{name} = :{name}" for name in changes)
    done = db.execute(
        # Names come from this package's own calls, never from input.
        text(f"UPDATE register.registration SET {sets}, version = version + 1 WHERE code = :code AND version = :seen "  # noqa: S608
             "RETURNING code"),
        {**changes, "code": code, "seen": version},
    ).one_or_none()  # fmt: skip
    if done is None:
        raise Conflict("这件登记刚被别人处理过。", "刷新后看最新的状态。", code="version")


def _made(values: dict[str, Any]) -> Registration:
    values["same_as"], values["materials"] = tuple(values["same_as"]), tuple(values["materials"])
    return Registration(**values)
