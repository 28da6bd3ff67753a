"""Write doors into the register, under a road, a natural village or an estate, each with its point and its claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import claims
from gazetteer.numbering.estate import Flat
from geo.problems import BadInput, Conflict
from geo.store.constraints import explain

explain({"uq_address_natural_key": ("这个地址已经登记", "查已有的地址，不要重复登记")})

_INSERT = text("""
    INSERT INTO register.address (county, town, comm, road, natvil, estate, handle_kind, handle_name, number,
      number_order, sub, estate_name, bld, unit, floor, room, name, valid_from, made_up, source, standard_address,
      auxiliary_address)
    SELECT c.code, t.code, v.code, CASE WHEN :kind = 'road' THEN :handle END, CASE WHEN :kind = 'natvil' THEN :handle END,
      CASE WHEN :kind = 'estate' THEN :handle END, :kind, CAST(:handle_name AS text), :number,
      CAST(:main AS integer), :sub, :estate_name, :bld, :unit, :floor, :room, :name, CAST(:on_day AS date), :made_up,
      :source,
      register.display_address(register.county_text(c.code), t.name, v.name, :kind, :handle_name, :number, :sub,
        :estate_name, :bld, :unit, :floor, :room),
      register.auxiliary_address(register.county_text(c.code), t.name, :kind, :estate_name, :bld, :unit, :floor, :room)
    FROM register.division c LEFT JOIN register.division t ON t.code = :town
    LEFT JOIN register.division v ON v.code = :comm WHERE c.code = :county
    RETURNING code
""")
_INSIDE = text("""
    INSERT INTO register.address (county, town, comm, estate, handle_kind, handle_name, number_order, bld, unit, floor, room,
      valid_from, made_up, source, standard_address, auxiliary_address)
    SELECT c.code, t.code, v.code, :handle, 'estate', CAST(:handle_name AS text),
      CAST(left(regexp_replace(f.bld, '[^0-9]', '', 'g'), 9) AS integer), f.bld, f.unit, f.floor, f.room,
      CAST(:on_day AS date), :made_up, :source,
      register.display_address(register.county_text(c.code), t.name, v.name, 'estate', :handle_name, '', '', '',
        f.bld, f.unit, f.floor, f.room),
      register.auxiliary_address(register.county_text(c.code), t.name, 'estate', '', f.bld, f.unit, f.floor, f.room)
    FROM unnest(CAST(:blds AS text[]), CAST(:units AS text[]), CAST(:floors AS text[]), CAST(:rooms AS text[]))
      WITH ORDINALITY AS f(bld, unit, floor, room, at)
    JOIN register.division c ON c.code = :county LEFT JOIN register.division t ON t.code = :town
    LEFT JOIN register.division v ON v.code = :comm
    ORDER BY f.at RETURNING code
""")
_POINTS = text("""
    INSERT INTO register.address_point (address, kind, geom, made_up)
    SELECT unnest(CAST(:codes AS text[])), :kind, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), :made_up
""")
_POINT = text("""
    INSERT INTO register.address_point (address, kind, geom, made_up)
    VALUES (:address, :kind, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), :made_up)
""")
_DIVISIONS = text("""
    SELECT (SELECT code FROM register.division WHERE code = rpad(left(:near, 6), 12, '0')) AS county,
           (SELECT code FROM register.division WHERE code = rpad(left(:near, 9), 12, '0') AND level = 4) AS town,
           (SELECT code FROM register.division WHERE code = :near AND level = 5) AS comm
""")
_AROUND = text("""
    SELECT a.county, a.town, a.comm FROM register.address_point p JOIN register.address a ON a.code = p.address
    WHERE a.valid_to IS NULL AND ST_DWithin(p.geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), 0.02)
      AND (CAST(:handle AS text) IS NULL OR a.road = :handle OR a.natvil = :handle OR a.estate = :handle)
    ORDER BY p.geom <-> ST_SetSRID(ST_MakePoint(:lon, :lat), 4490) LIMIT 1
""")
_COVERED = text("""
    SELECT code, level FROM register.division
    WHERE level >= 3 AND valid_to IS NULL AND boundary IS NOT NULL
      AND ST_Covers(boundary, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490)) ORDER BY level DESC LIMIT 1
""")


@dataclass(frozen=True, slots=True)
class NewDoor:
    """A door to be written; divisions as codes, coordinates CGCS2000 degrees."""

    county: str
    town: str | None
    comm: str | None
    kind: str
    handle: str
    handle_name: str
    number: str
    sub: str = ""
    bld: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    name: str = ""
    lon: float | None = None
    lat: float | None = None
    point_kind: str = "entrance"
    made_up: bool = False


def write_door(db: Session, door: NewDoor, *, on_day: date, source: str = "") -> str:
    """Write one door and its point; gives the address code. The caller has claimed the number.

    Raises:
        Conflict: the address stands already.
        BadInput: the division is not registered.
    """
    digits = "".join(c for c in (door.number or door.bld) if c.isdigit())
    main = int((door.number and _leading(door.number)) or digits[:9] or 0) or None
    code = db.execute(_INSERT, {
        "county": door.county, "town": door.town, "comm": door.comm, "kind": door.kind, "handle": door.handle,
        "handle_name": door.handle_name, "number": door.number, "main": main, "sub": door.sub,
        "estate_name": "", "bld": door.bld, "unit": door.unit, "floor": door.floor, "room": door.room,
        "name": door.name, "on_day": on_day, "made_up": door.made_up, "source": source,
    }).scalar_one_or_none()  # fmt: skip
    if code is None:
        raise BadInput(f"没有代码为{door.county}的区划。", "核对区划代码。", code="division")
    if door.lon is not None and door.lat is not None:
        db.execute(_POINT, {"address": code, "kind": door.point_kind, "lon": door.lon, "lat": door.lat,
                            "made_up": door.made_up})  # fmt: skip
    return str(code)


def write_inside(
    db: Session, estate: NewDoor, inside: Sequence[Flat], *, on_day: date, source: str
) -> list[str]:
    """Write every address of an estate in two statements, however many; gives their codes in the same order.

    Args:
        db: the unit of work; the caller has locked the estate.
        estate: where it lies; its own number and building are not looked at.
        inside: building, unit, floor and room of each address.
        on_day: first day.
        source: stands at each row.

    Raises:
        Conflict: one of them stands already.
    """
    codes = list(db.scalars(_INSIDE, {
        "county": estate.county, "town": estate.town, "comm": estate.comm, "handle": estate.handle,
        "handle_name": estate.handle_name, "on_day": on_day, "made_up": estate.made_up, "source": source,
        "blds": [f.bld for f in inside], "units": [f.unit for f in inside], "floors": [f.floor for f in inside],
        "rooms": [f.room for f in inside],
    }))  # fmt: skip
    if codes and estate.lon is not None and estate.lat is not None:
        db.execute(_POINTS, {"codes": codes, "kind": estate.point_kind, "lon": estate.lon, "lat": estate.lat,
                             "made_up": estate.made_up})  # fmt: skip
    return codes


def _leading(number: str) -> int:
    digits = ""
    for char in number:
        if not char.isdigit():
            break
        digits += char
    return int(digits[:9] or 0)


def divisions_at(
    db: Session, division: str, lon: float | None, lat: float | None, handle: str | None = None
) -> tuple[str, str | None, str | None]:
    """County, township and village of a place: by drawn boundaries, else those of the nearest door of the same handle,
    else those of the handle itself.

    Raises:
        BadInput: the division is not registered.
    """
    own = db.execute(_DIVISIONS, {"near": division}).one()
    if lon is not None and lat is not None:
        covered = db.execute(_COVERED, {"lon": lon, "lat": lat}).one_or_none()
        if covered is not None and covered.level >= 4:
            own = db.execute(_DIVISIONS, {"near": covered.code}).one()
        if own.comm is None:
            near = db.execute(_AROUND, {"lon": lon, "lat": lat, "handle": handle}).one_or_none()
            if near is not None and (own.town is None or near.town == own.town):
                return near.county, near.town, near.comm
    if own.county is None:
        raise BadInput(f"区划{division}没有登记。", "先装入行政区划。", code="division")
    return own.county, own.town, own.comm


def write_claimed(
    db: Session, door: NewDoor, *, actor: str, on_day: date, registration: str | None = None, batch: int | None = None,
    use_reserved: bool = False, reason: str = "", source: str = "",
) -> str:  # fmt: skip
    """Claim the number and write the door in one go; behind a door (幢、单元、室) nothing is claimed.

    Raises:
        Conflict: the number is taken, held or kept back.
    """
    claimed = None
    if door.number and not door.bld:
        claimed = claims.claim(db, door.handle, door.number, door.sub, "used", actor=actor, registration=registration,
                               batch=batch, use_reserved=use_reserved, reason=reason)  # fmt: skip
    code = write_door(db, door, on_day=on_day, source=source)
    if claimed is not None:
        claims.use(db, claimed, code)
    return code


def retire_doors(db: Session, codes: Sequence[str], *, on_day: date) -> int:
    """End doors on a day; gives how many ended."""
    done = db.execute(
        text("UPDATE register.address SET valid_to = greatest(valid_from, CAST(:on_day AS date)), version = version + 1 "
             "WHERE code = ANY(:codes) AND valid_to IS NULL RETURNING code"),
        {"codes": list(codes), "on_day": on_day},
    ).all()  # fmt: skip
    if len(done) != len(codes):
        raise Conflict("有的地址已经注销。", "刷新后重新办理。", code="address.ended")
    return len(done)
