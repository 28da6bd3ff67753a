"""Office acts on roads and addresses: rename, register, retire - each one unit of work with its traces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoalchemy2 import WKTElement
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.matching.numbers import main_number
from gazetteer.register.models import Address, AddressPoint, Alias, AliasTarget, Road
from gazetteer.register.models.mixins import SRID
from gazetteer.register.rows import written
from geo.problems import BadInput, Conflict, NotFound

_NAMES = """
    SELECT register.county_text(c.code) AS county, t.name AS town, v.name AS comm FROM register.division c
    LEFT JOIN register.division t ON t.code = :town LEFT JOIN register.division v ON v.code = :comm
    WHERE c.code = :county
"""
# Doors keep their codes; only what is derived from the road's name is made anew.
_REDERIVE = text("""
    UPDATE register.address a SET
      handle_name = CASE WHEN a.handle_kind = 'road' THEN CAST(:name AS text) ELSE a.handle_name END,
      valid_from = greatest(a.valid_from, CAST(:on_day AS date)), version = a.version + 1,
      standard_address = register.display_address(
        register.county_text(c.code), t.name, v.name, a.handle_kind, :name, a.number, a.sub, a.estate_name, a.bld, a.unit, a.floor, a.room)
    FROM register.address b
    JOIN register.division c ON c.code = b.county
    LEFT JOIN register.division t ON t.code = b.town
    LEFT JOIN register.division v ON v.code = b.comm
    WHERE b.code = a.code AND a.road = :road AND a.handle_kind = 'road' AND a.valid_to IS NULL
""")


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a renaming did: the road as it is now, the alias that keeps the old name, how many doors follow."""

    road: Road
    alias: Alias
    addresses: int


def rename_road(
    session: Session, code: str, name: str, *, version: int, on_day: date, source_doc: str = ""
) -> Renamed:
    """Give a road a new name from a day on (路更名); the old name stays as a dated alias, every door follows.

    The road's and the doors' codes stay. What was before ``on_day`` stands in the history tables.

    Args:
        session: the unit of work; the caller has named the act.
        code: the road's code.
        name: the new standard name.
        version: the version the decision was made on.
        on_day: first day of the new name.
        source_doc: the approval (批文).

    Raises:
        NotFound: no such road.
        Conflict: somebody changed the road since, or another road in the division has the name.
        BadInput: the name is empty or the same, or the day lies before the road's own beginning.
    """
    road = _current_road(session, code, version)
    before, since = road.name, road.valid_from
    if not name.strip() or name == before:
        raise BadInput("新路名是空的，或与现名相同。", "填写新的路名。", code="road.name")
    if since and on_day <= since:
        raise BadInput(f"更名日期 {on_day} 不晚于现名的启用日期 {since}。", "改正日期。", code="road.date")
    _unique(session, road, name)
    road.name, road.valid_from = name, on_day
    alias = Alias(alias=before, kind="路更名", source_doc=source_doc, valid_from=since, valid_to=on_day)
    alias.targets.append(AliasTarget(road=code))
    session.add(alias)
    session.flush()
    followed = session.execute(_REDERIVE, {"name": name, "road": code, "on_day": on_day})
    session.expire_all()
    return Renamed(road, alias, written(followed))


def add_address(
    session: Session,
    *,
    road: str,
    number: str,
    county: str,
    lon: float,
    lat: float,
    town: str | None = None,
    comm: str | None = None,
    sub: str = "",
    name: str = "",
    on_day: date | None = None,
    made_up: bool = False,
) -> Address:
    """Register a door on a road (门牌新编) with its entrance point, CGCS2000 degrees.

    Raises:
        NotFound: no such road or division in force.
        Conflict: the door is registered already.
    """  # fmt: skip
    handle = session.get(Road, road)
    if handle is None or handle.valid_to is not None:
        raise NotFound(f"没有编码为 {road} 的道路。", "核对道路编码。")
    names = session.execute(text(_NAMES), {"county": county, "town": town, "comm": comm}).one_or_none()
    if names is None:
        raise NotFound(f"没有代码为 {county} 的区划。", "核对区划代码。")
    address = Address(
        county=county, town=town, comm=comm, road=road, handle_kind="road", handle_name=handle.name, number=number,
        number_order=main_number(number) or None, sub=sub, name=name, valid_from=on_day, made_up=made_up,
        standard_address=_display(session, names.county, names.town, handle.name, number, sub),
    )  # fmt: skip
    session.add(address)
    session.flush()
    point = WKTElement(f"POINT({lon!r} {lat!r})", srid=SRID)
    session.add(AddressPoint(address=address.code, kind="entrance", geom=point, made_up=made_up))
    session.flush()
    session.refresh(address)
    return address


def retire_address(session: Session, code: str, *, version: int, on_day: date) -> Address:
    """End a door (门牌注销) on a day; nothing is deleted, ``as_of`` an earlier day still finds it.

    Raises:
        NotFound: no such address.
        Conflict: somebody changed it since, or it has ended already.
        BadInput: the day lies before its beginning.
    """
    address = session.get(Address, code, with_for_update=True)
    if address is None:
        raise NotFound(f"没有编码为 {code} 的地址。", "核对地址编码。")
    _same_version("地址", address.version, version)
    if address.valid_to is not None:
        raise Conflict(f"这个地址已于 {address.valid_to} 注销。", "不必再次注销。")
    if address.valid_from and on_day < address.valid_from:
        raise BadInput(f"注销日期 {on_day} 早于启用日期 {address.valid_from}。", "改正日期。")
    address.valid_to = on_day
    session.flush()
    return address


def _current_road(session: Session, code: str, version: int) -> Road:
    road = session.get(Road, code, with_for_update=True)
    if road is None:
        raise NotFound(f"没有编码为 {code} 的道路。", "核对道路编码。")
    _same_version("道路", road.version, version)
    if road.valid_to is not None:
        raise Conflict(f"这条道路已于 {road.valid_to} 停用。", "停用的道路不能更名。")
    return road


def _same_version(what: str, now: int, expected: int) -> None:
    if now != expected:
        raise Conflict(
            f"这条{what}记录已被别人修改（现为第 {now} 版，您看到的是第 {expected} 版）。", "刷新后重新办理。",
            code="version",
        )  # fmt: skip


def _unique(session: Session, road: Road, name: str) -> None:
    same = session.scalar(
        text("SELECT code FROM register.road WHERE name = :name AND valid_to IS NULL AND code <> :code "
             "AND state = '现行' AND left(division, 6) = left(:division, 6) LIMIT 1"),
        {"name": name, "code": road.code, "division": road.division},
    )  # fmt: skip
    if same:
        raise Conflict(
            f"同一区县里已有名为“{name}”的道路（{same}）。", "换一个不重名的名称。", code="road.duplicate"
        )


def _display(session: Session, county: str, town: str | None, road: str, number: str, sub: str) -> str:
    shown = session.scalar(
        text("SELECT register.display_address(:county, :town, '', 'road', :road, :number, :sub, '', '', '', '', '')"),
        {"county": county, "town": town or "", "road": road, "number": number, "sub": sub},
    )  # fmt: skip
    return str(shown)
