"""Cemeteries with everything in force on a day: places by type, prices, land, approvals, villages served."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound

CATEGORIES: Final = (
    "经营性公墓", "城市公益性公墓", "乡镇公益性公墓", "村公益性公墓", "乡村公益性墓地", "集中埋葬点", "骨灰堂", "节地生态点",
)  # fmt: skip
LAND: Final = ("林地", "园地", "耕地", "建设用地", "其他")
CHANGES: Final = ("新建", "使用", "预留", "取消预留", "迁出", "封闭")


@dataclass(frozen=True, slots=True)
class Plots:
    """Places (穴位) of one type at the end of a day."""

    plot: str
    grave_area_m2: float | None
    total: int
    used: int
    reserved: int
    free: int


@dataclass(frozen=True, slots=True)
class PlotPrice:
    """A price in force, with the document it stands in."""

    plot: str
    price: Decimal
    priced_by: str
    document: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Land:
    """A land class with the time it was so; a change (园地 to 林地) is a new row."""

    land_class: str
    area_m2: float | None
    document: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Approval:
    """One paper: which office's, how far, its number and day."""

    kind: str
    stage: str
    number: str
    on_day: date | None


@dataclass(frozen=True, slots=True)
class Site:
    """A cemetery on a day."""

    code: str
    name: str
    category: str
    address: str
    division: str
    town: str
    town_name: str
    phone: str
    builder: str
    operator: str
    management_fee: str
    term_years: int | None
    green_rate: float | None
    parking: int | None
    fire_safety: str
    eco: bool
    upkeep: str
    lon: float | None
    lat: float | None
    area_wkt: str
    made_up: bool
    plots: tuple[Plots, ...]
    prices: tuple[PlotPrice, ...]
    land: tuple[Land, ...]
    approvals: tuple[Approval, ...]
    villages: tuple[str, ...]

    @property
    def total(self) -> int:
        """All places."""
        return sum(p.total for p in self.plots)

    @property
    def used(self) -> int:
        """Places in use."""
        return sum(p.used for p in self.plots)

    @property
    def reserved(self) -> int:
        """Places kept."""
        return sum(p.reserved for p in self.plots)

    @property
    def free(self) -> int:
        """Places that can be had."""
        return sum(p.free for p in self.plots)

    def land_on(self, day: date) -> Land | None:
        """The land class in force on a day."""
        return next(
            (x for x in self.land if x.valid_from <= day and (x.valid_to is None or day < x.valid_to)), None
        )

    def stage(self, kind: str) -> str:
        """How far one office's paper is: 未办 where there is none."""
        return next((a.stage for a in self.approvals if a.kind == kind), "未办")

    def statuses(self, day: date) -> dict[str, str]:
        """What an auditor asks of every site (土地、价格、维护): each one always says something."""
        land = self.land_on(day)
        priced = [p for p in self.prices if p.document]
        return {
            "land": f"{land.land_class}，林地手续{self.stage('林地')}" if land else "地类未登记",
            "price": "有定价文件" if priced else "有价格、无定价文件" if self.prices else "价格未登记",
            "upkeep": self.upkeep or "未核",
        }


_SITES = """
    SELECT f.code, f.name, c.category, coalesce(a.standard_address, f.address_text) AS address, coalesce(f.division, '') AS division,
      coalesce(left(f.division, 9) || '000', '') AS town, coalesce(t.name, '') AS town_name, f.phone, c.builder, c.operator,
      c.management_fee, c.term_years, c.green_rate, c.parking, c.fire_safety, c.eco, c.upkeep,
      ST_X(ST_PointOnSurface(coalesce(f.geom, c.area))) AS lon, ST_Y(ST_PointOnSurface(coalesce(f.geom, c.area))) AS lat,
      coalesce(ST_AsText(c.area, 6), '') AS area_wkt, c.made_up OR f.made_up AS made_up
    FROM register.cemetery c JOIN register.facility f ON f.code = c.facility
    LEFT JOIN register.address a ON a.code = f.address
    LEFT JOIN register.division t ON t.code = left(f.division, 9) || '000'
    WHERE register.is_in_force(f.valid_from, f.valid_to, :on_day) AND (:code = '' OR f.code = :code) ORDER BY f.division, f.code
"""
_PARTS: Final[dict[str, tuple[str, Any]]] = {
    "plots": ("SELECT facility, plot, grave_area_m2, total::int, used::int, reserved::int, free::int "
              "FROM register.cemetery_places(:on_day) WHERE (:code = '' OR facility = :code) ORDER BY facility, plot", Plots),
    "prices": ("SELECT facility, plot, price, priced_by, document, valid_from FROM register.cemetery_price "
               "WHERE register.is_in_force(valid_from, valid_to, :on_day) AND (:code = '' OR facility = :code) "
               "ORDER BY facility, plot", PlotPrice),
    "land": ("SELECT facility, land_class, area_m2, document, valid_from, valid_to FROM register.cemetery_land "
             "WHERE (:code = '' OR facility = :code) AND valid_from <= :on_day ORDER BY facility, valid_from DESC", Land),
    "approvals": ("SELECT facility, kind, stage, number, on_day FROM register.cemetery_approval "
                  "WHERE (:code = '' OR facility = :code) ORDER BY facility, id DESC", Approval),
}  # fmt: skip
_VILLAGES = """
    SELECT facility, division FROM register.cemetery_village
    WHERE register.is_in_force(valid_from, valid_to, :on_day) AND (:code = '' OR facility = :code) ORDER BY facility, division
"""


def sites(db: Session, on_day: date, *, code: str = "") -> list[Site]:
    """Every cemetery in force on a day, by place; with ``code`` only that one."""
    asked = {"on_day": on_day, "code": code}
    parts: dict[str, dict[str, list[Any]]] = {}
    for name, (sql, made) in _PARTS.items():
        held: dict[str, list[Any]] = defaultdict(list)
        for facility, *fields in db.execute(text(sql), asked):
            held[facility].append(made(*fields))
        parts[name] = held
    villages: dict[str, list[str]] = defaultdict(list)
    for row in db.execute(text(_VILLAGES), asked):
        villages[row.facility].append(row.division)

    def of(code: str) -> dict[str, Any]:
        return {name: tuple(part[code]) for name, part in parts.items()}

    return [
        Site(**row, villages=tuple(villages[row["code"]]), **of(row["code"]))
        for row in db.execute(text(_SITES), asked).mappings()
    ]


def site(db: Session, code: str, on_day: date) -> Site:
    """One cemetery.

    Raises:
        NotFound: there is none of this code.
    """
    found = sites(db, on_day, code=code) if code else []
    if not found:
        raise NotFound(f"没有编码为 {code} 的公墓。", "核对编码，或从清单中选择。")
    return found[0]
